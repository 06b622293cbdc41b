import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { watchSkus } from '../stock/low/watch-stock.js';
import { type Seller, sellerIn, unknownStorefront } from '../storefronts/seller.js';
import type { CatalogContext } from './context.js';
import { CatalogErrorCode } from './errors.js';
import { ImportProductsInput, ImportProductsPayload, MAX_IMPORT } from './import-input.js';
import { type ImportRow, readRows } from './import-rows.js';
import { once } from './once.js';
import { writeImport } from './write-import.js';

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
  const { written, errors } = await writeImport(query, rows, seller);
  const changed = written.filter((row) => !row.isNew);
  const skus = changed.map(({ sku }) => sku);
  await watchSkus(query, skus, threshold);
  const created = written.filter((row) => row.isNew).length;
  return { created, updated: written.length - created, errors };
}

function tooMany(): ImportProductsPayload {
  const message = `At most ${MAX_IMPORT} rows can be imported in one call.`;
  const error = userError(CatalogErrorCode.TOO_MANY_PRODUCTS, message, ['products']);
  return { ...NOTHING, userErrors: [error] };
}
