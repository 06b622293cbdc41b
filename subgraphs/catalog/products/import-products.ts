import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { watchSkus } from '../stock/low/watch-stock.js';
import { type Seller, sellerIn, unknownStorefront } from '../storefronts/seller.js';
import type { CatalogContext } from './context.js';
import { CatalogErrorCode } from './errors.js';
import { ImportProductsInput, ImportProductsPayload, MAX_IMPORT } from './import-input.js';
import { type ImportRow, readRows, toUserError } from './import-rows.js';
import { once } from './once.js';
import type { PlannedVariant, PlanProblem } from './plan-import.js';
import { planRows, writeRows } from './plan-rows.js';
import { refreshProducts } from './refresh-products.js';
import { JustAdded } from './write-import.js';

/** Thousands of variants in one transaction of few statements. The same import again changes nothing. */
@Resolver()
export class ImportProductsResolver {
  @Access('STAFF')
  @Mutation(() => ImportProductsPayload, {
    description:
      'Adds or changes variants by SKU, and their products; bad rows are reported and left out. Staff only.',
  })
  async importProducts(
    @Arg('input', () => ImportProductsInput, { description: 'The products.' })
    input: ImportProductsInput,
    @Ctx() context: CatalogContext,
  ): Promise<ImportProductsPayload> {
    if (input.products.length > MAX_IMPORT) return tooMany();
    const seller = await sellerIn(context, input.storefront);
    if (!seller)
      return { ...NOTHING, userErrors: [unknownStorefront(CatalogErrorCode.UNKNOWN_STOREFRONT)] };
    const { rows, errors: bad } = readRows(input.products, seller.storefront.currency);
    if (rows.length === 0) return { ...NOTHING, userErrors: bad };
    const asked = { mutation: 'importProducts', input, nothing: NOTHING };
    const { errors, ...counts } = await once<Imported>(context, asked, (db) =>
      db.transaction((query) => importRows(query, rows, seller, context.lowStockThreshold)),
    );
    return { ...counts, userErrors: [...bad, ...errors] };
  }
}

const NOTHING = { created: 0, updated: 0 };

/** Of the errors only those that the database has found: the others follow from the request. */
interface Imported {
  created: number;
  updated: number;
  errors: UserError<CatalogErrorCode>[];
}

async function importRows(
  query: Query,
  rows: ImportRow[],
  seller: Seller,
  threshold: number,
): Promise<Imported> {
  const setting = { storefrontId: seller.storefront.id, strict: false, lock: true };
  const { plan, left } = await planned(query, async () => {
    const plan = await planRows(query, rows, setting);
    return { plan, left: await writeRows(query, plan, seller) };
  });
  await forget(query, left);
  const changed = plan.variants.filter(({ before }) => before);
  await watchSkus(
    query,
    changed.map(({ sku }) => sku),
    threshold,
  );
  const created = plan.variants.length - changed.length - left.length;
  const errors = [...plan.problems, ...left.map(skuTaken)].map(toUserError);
  return { created, updated: changed.length, errors };
}

/** Where somebody else has just added the same products, all that was locked is let go, and they are known now. */
async function planned<Result>(query: Query, work: () => Promise<Result>): Promise<Result> {
  await query('import.begin', 'savepoint import');
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof JustAdded)) throw error;
    await query('import.again', 'rollback to savepoint import');
    return planned(query, work);
  }
}

const skuTaken = ({ row, sku }: PlannedVariant): PlanProblem => ({
  row,
  field: ['sku'],
  code: CatalogErrorCode.SKU_TAKEN,
  message: `${sku} was just added to another product.`,
});

/** New products say of themselves what variants they have without those; one that has none is none. */
async function forget(query: Query, left: readonly PlannedVariant[]): Promise<void> {
  const products = left.filter(({ product }) => !product.before).map(({ product }) => product.id);
  if (products.length === 0) return;
  await query(
    'import.removeEmpty',
    `delete from products where id = any($1::uuid[])
       and not exists (select from variants where product_id = products.id)`,
    [products],
  );
  await refreshProducts(query, products);
}

function tooMany(): ImportProductsPayload {
  const message = `At most ${MAX_IMPORT} rows can be imported in one call.`;
  const error = userError(CatalogErrorCode.TOO_MANY_PRODUCTS, message, ['products']);
  return { ...NOTHING, userErrors: [error] };
}
