import { isUniqueViolation, type Query } from '@waybill/kernel/database.js';
import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { CatalogErrorCode } from './errors.js';

/** What a change would have taken, and where it was asked for. */
export interface Wanted {
  handle?: string | undefined;
  /** Each with the path to it in the input. */
  skus?: ReadonlyArray<{ sku: string; field: string[] }>;
  /** The path to options of a variant. */
  options?: string[];
}

/**
 * What `work` answers; where it failed because a SKU, a handle or the options of a variant were there already, `refused`
 * with an error for each. Nothing of `work` is left then.
 */
export async function orTaken<Answer>(
  query: Query,
  wanted: Wanted,
  work: () => Promise<Answer>,
  refused: (errors: UserError<CatalogErrorCode>[]) => Answer,
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (!isUniqueViolation(error as { code?: unknown })) throw error;
    const errors = await whatIsTaken(query, wanted);
    if (errors.length === 0) throw error;
    return refused(errors);
  }
}

async function whatIsTaken(query: Query, { handle, skus = [], options }: Wanted) {
  const rows = await query<{ sku: string }>(
    'variants.taken',
    'select sku from variants where sku = any($1::text[])',
    [skus.map(({ sku }) => sku)],
  );
  const taken = new Set(rows.map(({ sku }) => sku));
  const bySku = skus
    .filter(({ sku }) => taken.has(sku))
    .map(({ sku, field }) => userError(CatalogErrorCode.SKU_TAKEN, `${sku} is taken.`, field));
  if (bySku.length > 0) return bySku;
  if (handle !== undefined && (await hasHandle(query, handle))) {
    return [userError(CatalogErrorCode.HANDLE_TAKEN, `The handle ${handle} is taken.`, ['handle'])];
  }
  if (!options) return [];
  const message = 'Another variant of the product has the same options.';
  return [userError(CatalogErrorCode.OPTIONS_TAKEN, message, options)];
}

async function hasHandle(query: Query, handle: string): Promise<boolean> {
  const rows = await query('products.hasHandle', 'select 1 from products where handle = $1', [
    handle,
  ]);
  return rows.length > 0;
}
