import type { Database, Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { CatalogContext } from '../../products/context.js';
import { storable } from '../../storable.js';
import { StockErrorCode as Code, once, type StockError, StockUserError } from '../errors.js';
import { StockReader } from '../levels/stock-input.js';
import { watchStock } from './watch-stock.js';

@InputType({ description: 'From when on one SKU is low.' })
class LowStockThresholdInput {
  @Field(() => String, { description: 'Stock keeping unit.' })
  sku: string;

  @Field(() => Int, {
    nullable: true,
    description: 'It is low below so many units; 0: never; null: as it is for all others.',
  })
  threshold?: number | null;
}

@InputType({ description: 'From when on SKUs are low.' })
class SetLowStockThresholdsInput {
  @Field(() => [LowStockThresholdInput], { description: 'The SKUs, at most 10,000.' })
  lines: LowStockThresholdInput[];

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'How many were set, or why none was.', simpleResolvers: true })
class SetLowStockThresholdsPayload {
  @Field(() => Int, { description: 'How many SKUs have their threshold now.' })
  count: number;

  @Field(() => [StockUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: StockError[];
}

interface Threshold {
  sku: string;
  threshold: number | null;
  field: string[];
}

interface SetThresholds {
  count: number;
  errors: StockError[];
}

@Resolver()
export class SetLowStockThresholdsResolver {
  @Access('STAFF')
  @Mutation(() => SetLowStockThresholdsPayload, {
    description: 'Says below how many units SKUs are low. Staff only.',
  })
  async setLowStockThresholds(
    @Arg('input', () => SetLowStockThresholdsInput, { description: 'Which, and below how many.' })
    input: SetLowStockThresholdsInput,
    @Ctx() context: CatalogContext,
  ): Promise<SetLowStockThresholdsPayload> {
    const read = new StockReader();
    const thresholds = read.lines(input.lines, ({ sku, threshold }, path): Threshold => {
      const units = threshold == null ? null : read.units(threshold, 0, [...path, 'threshold']);
      return { sku: storable(sku), threshold: units, field: [...path, 'sku'] };
    });
    if (read.errors.length > 0) return { count: 0, userErrors: read.errors };
    const asked = { mutation: 'setLowStockThresholds', input, nothing: { count: 0 } };
    const { count, errors } = await once<SetThresholds>(context, asked, (db) =>
      setThresholds(db, thresholds, context.lowStockThreshold),
    );
    return { count, userErrors: errors };
  }
}

/** All or none; of a SKU that is named twice the last counts. */
function setThresholds(
  db: Database,
  thresholds: Threshold[],
  fallback: number,
): Promise<SetThresholds> {
  return db.transaction(async (query) => {
    const known = await variantsOf(query, thresholds);
    const errors = thresholds
      .filter(({ sku }) => !known.has(sku))
      .map(({ sku, field }) => userError(Code.NOT_FOUND, `There is no SKU ${sku}.`, field));
    if (errors.length > 0) return { count: 0, errors };
    const last = new Map(thresholds.map(({ sku, threshold }) => [known.get(sku) ?? '', threshold]));
    const ids = [...last.keys()];
    await query(
      'low.set',
      `update variants set low_stock_threshold = threshold
       from unnest($1::uuid[], $2::integer[]) as wanted (variant_id, threshold) where id = variant_id`,
      [ids, [...last.values()]],
    );
    await watchStock(query, ids, fallback);
    return { count: ids.length, errors };
  });
}

async function variantsOf(query: Query, thresholds: Threshold[]): Promise<Map<string, string>> {
  const rows = await query<{ id: string; sku: string }>(
    'low.variants',
    'select id, sku from variants where sku = any($1::text[]) order by id for no key update',
    [thresholds.map(({ sku }) => sku)],
  );
  return new Map(rows.map(({ id, sku }) => [sku, id]));
}
