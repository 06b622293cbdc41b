import type { Database } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { CatalogContext } from '../../products/context.js';
import { storable } from '../../storable.js';
import { StockErrorCode as Code, once, type StockError, StockUserError } from '../errors.js';
import { StockReader } from '../levels/stock-input.js';
import { BackorderPolicy } from './policy.js';

@InputType({ description: 'Whether more of one SKU can be ordered than is there.' })
class BackorderPolicyInput {
  @Field(() => String, { description: 'Stock keeping unit.' })
  sku: string;

  @Field(() => BackorderPolicy, { description: 'Whether.' })
  policy: BackorderPolicy;

  @Field(() => Int, {
    nullable: true,
    description: 'How many units orders may wait for at once; null: as many as they like.',
  })
  limit?: number | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When units are expected; a preorder needs it.',
  })
  expectedAt?: Date | null;
}

@InputType({ description: 'Of which SKUs more can be ordered than is there.' })
class SetBackorderPoliciesInput {
  @Field(() => [BackorderPolicyInput], { description: 'The SKUs, at most 10,000.' })
  lines: BackorderPolicyInput[];

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'How many were set, or why none was.', simpleResolvers: true })
class SetBackorderPoliciesPayload {
  @Field(() => Int, { description: 'How many SKUs have their policy now.' })
  count: number;

  @Field(() => [StockUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: StockError[];
}

interface Policy {
  sku: string;
  policy: BackorderPolicy;
  limit: number | null;
  expectedAt: Date | null;
  field: string[];
}

interface SetPolicies {
  count: number;
  errors: StockError[];
}

@Resolver()
export class SetBackorderPoliciesResolver {
  @Access('STAFF')
  @Mutation(() => SetBackorderPoliciesPayload, {
    description: 'Says of which SKUs more can be ordered than is there. Staff only.',
  })
  async setBackorderPolicies(
    @Arg('input', () => SetBackorderPoliciesInput, { description: 'Which, and how many.' })
    input: SetBackorderPoliciesInput,
    @Ctx() context: CatalogContext,
  ): Promise<SetBackorderPoliciesPayload> {
    const read = new StockReader();
    const policies = read.lines(input.lines, (line, path) => readPolicy(read, line, path));
    if (read.errors.length > 0) return { count: 0, userErrors: read.errors };
    const asked = { mutation: 'setBackorderPolicies', input, nothing: { count: 0 } };
    const { count, errors } = await once<SetPolicies>(context, asked, (db) =>
      setPolicies(db, policies),
    );
    return { count, userErrors: errors };
  }
}

function readPolicy(
  read: StockReader,
  { sku, policy, limit, expectedAt }: BackorderPolicyInput,
  path: string[],
): Policy {
  if (policy === BackorderPolicy.PREORDER && !expectedAt) read.unexpected([...path, 'expectedAt']);
  return {
    sku: storable(sku),
    policy,
    limit: limit == null ? null : read.units(limit, 1, [...path, 'limit']),
    expectedAt: expectedAt ?? null,
    field: [...path, 'sku'],
  };
}

/** All or none; of a SKU that is named twice the last counts. */
function setPolicies(db: Database, policies: Policy[]): Promise<SetPolicies> {
  return db.transaction(async (query) => {
    const rows = await query<{ id: string; sku: string }>(
      'backorders.find-variants',
      'select id, sku from variants where sku = any($1::text[]) order by id for no key update',
      [policies.map(({ sku }) => sku)],
    );
    const known = new Map(rows.map(({ id, sku }) => [sku, id]));
    const errors = policies
      .filter(({ sku }) => !known.has(sku))
      .map(({ sku, field }) => userError(Code.NOT_FOUND, `There is no SKU ${sku}.`, field));
    if (errors.length > 0) return { count: 0, errors };
    const last = [...new Map(policies.map((each) => [each.sku, each])).values()];
    await query(
      'backorders.set',
      `update variants set backorder_policy = policy, backorder_limit = most, expected_at = expected
       from unnest($1::uuid[], $2::text[], $3::integer[], $4::timestamptz[])
         as wanted (variant_id, policy, most, expected) where id = variant_id`,
      [
        last.map(({ sku }) => known.get(sku)),
        last.map(({ policy }) => policy),
        last.map(({ limit }) => limit),
        last.map(({ expectedAt }) => expectedAt?.toISOString() ?? null),
      ],
    );
    return { count: last.length, errors };
  });
}
