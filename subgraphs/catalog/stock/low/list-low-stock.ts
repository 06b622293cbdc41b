import { ClientError } from '@waybill/kernel/errors.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { AskedPage } from '@waybill/kernel/graphql/asked-page.js';
import {
  type Connection,
  connectionOf,
  pageRequest,
  toConnection,
} from '@waybill/kernel/graphql/connection.js';
import { isUuid } from '@waybill/kernel/ids.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Args, Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { CatalogContext } from '../../products/context.js';
import {
  ProductVariant,
  toVariant,
  VARIANT_COLUMNS,
  type VariantRow,
} from '../../variants/variant.js';
import { AVAILABLE } from '../levels/available.js';
import { THRESHOLD } from './watch-stock.js';

@Access('STAFF')
@ObjectType({
  description: 'A variant of which little is left. Staff only.',
  simpleResolvers: true,
})
export class LowStock {
  @Field(() => ProductVariant, { description: 'The variant.' })
  variant: ProductVariant;

  @Field(() => Int, { description: 'How many can be ordered now.' })
  available: number;

  @Field(() => Int, { description: 'Below how many it counts as low.' })
  threshold: number;

  @Field(() => GraphQLDateTimeISO, { description: 'Since when.' })
  since: Date;
}

const LowStockConnection = connectionOf('LowStock', () => LowStock);

interface LowRow extends VariantRow {
  eventId: string;
  available: number;
  threshold: number;
  since: string;
}

@Resolver()
export class ListLowStockResolver {
  @Access('STAFF')
  @Query(() => LowStockConnection, {
    description: 'Variants of which little is left, those that fell last come first. Staff only.',
  })
  async lowStock(
    @Args(() => AskedPage) { first, after }: AskedPage,
    @Ctx() { db, lowStockThreshold }: CatalogContext,
  ): Promise<Connection<LowStock>> {
    const page = pageRequest(first, after);
    // What orders gave back may have brought one above its threshold; the next order that takes some notes that down.
    const rows = await db.query<LowRow>(
      'low.list',
      `select low_stock.id as "eventId", since, ${THRESHOLD} as threshold, now.available, ${VARIANT_COLUMNS}
       from low_stock join variants on variants.id = variant_id,
         lateral (select ${AVAILABLE} as available) as now
       where recovered_at is null and ($2::uuid is null or low_stock.id < $2)
         and now.available < ${THRESHOLD} and ${THRESHOLD} > 0
       order by low_stock.id desc limit $3`,
      [lowStockThreshold, idOf(page.after), page.limit],
    );
    return toConnection(rows, page, ({ eventId }) => eventId, toLowStock);
  }
}

function toLowStock({ available, threshold, since, ...row }: LowRow): LowStock {
  return { variant: toVariant(row), available, threshold, since: new Date(since) };
}

function idOf(after: string | undefined): string | null {
  if (after === undefined) return null;
  if (isUuid(after)) return after;
  throw new ClientError('BAD_USER_INPUT', 'after is not a cursor of this list.');
}
