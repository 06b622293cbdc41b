import type { Database } from '@waybill/kernel/database.js';
import type { Commands } from '@waybill/schema/commands.js';

type DescribeVariant = Commands['catalog']['describeVariant'];

/** Tells other contexts where goods stand in the shop. */
export async function describeVariant(
  { query }: Pick<Database, 'query'>,
  inputs: Array<DescribeVariant['input']>,
): Promise<Array<DescribeVariant['output']>> {
  const rows = await query<{ id: string; categories: string[] }>(
    'variants.describe',
    `select variants.id, category_path as categories
     from variants join products on products.id = product_id where variants.id = any($1::uuid[])`,
    [inputs.map(({ variantId }) => variantId)],
  );
  const byId = new Map(rows.map(({ id, categories }) => [id, categories]));
  return inputs.map(({ variantId }) => ({ categories: byId.get(variantId) ?? [] }));
}
