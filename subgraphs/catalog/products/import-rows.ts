import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import type { Attributes } from '../attributes/attribute-schema.js';
import type { VariantOption } from '../variants/option.js';
import { CatalogErrorCode } from './errors.js';
import type { ImportedProductInput } from './import-input.js';
import { InputReader, MAX_DESCRIPTION, MAX_SKU, MAX_TITLE } from './input.js';
import type { PlanProblem } from './plan-import.js';

export type ImportErrors = UserError<CatalogErrorCode>[];

export interface ImportPrice {
  amount: number;
  validFrom: Date;
}

/** One row of an import, read and found good. What is undefined stays as it is. */
export interface ImportRow {
  /** Where it stands in the input, for messages. */
  index: number;
  sku: string;
  /** Null where the row names no product. */
  handle: string | null;
  title?: string | undefined;
  description?: string | null | undefined;
  /** Titles from the top. */
  category?: string | null | undefined;
  attributes?: Attributes | undefined;
  options?: VariantOption[] | undefined;
  active?: boolean | undefined;
  /** In the storefront of the import. */
  published?: boolean | 'where it has never been' | undefined;
  /** Minor units. */
  amount?: number | undefined;
  /** At the main location. */
  onHand?: number | undefined;
  /** Earlier prices, and prices to come. */
  prices?: ImportPrice[];
}

/** Reads every row on its own; a bad one is reported and the others go on. */
export function readRows(
  products: ImportedProductInput[],
  currency: string,
): {
  rows: ImportRow[];
  errors: ImportErrors;
} {
  const rows = new Map<string, ImportRow>();
  const errors: ImportErrors = [];
  products.forEach((product, index) => {
    const read = new InputReader(rowPath(index));
    const row = readRow(read, product, index, currency);
    if (rows.has(row.sku))
      errors.push(
        rowError(row, 'sku', CatalogErrorCode.DUPLICATE_SKU, 'stands in an earlier row as well'),
      );
    else if (read.errors.length > 0) errors.push(...read.errors);
    else if ((product.currency ?? currency) !== currency) {
      errors.push(
        rowError(
          row,
          'currency',
          CatalogErrorCode.CURRENCY_FIXED,
          'cannot be sold in this currency here',
        ),
      );
    } else rows.set(row.sku, row);
  });
  return { rows: [...rows.values()], errors };
}

function readRow(
  read: InputReader,
  product: ImportedProductInput,
  index: number,
  currency: string,
): ImportRow {
  const sku = read.text('sku', product.sku, MAX_SKU);
  const prices = (product.priceHistory ?? []).map(({ amount, validFrom }, i) => ({
    validFrom,
    amount: read.price(['priceHistory', String(i), 'amount'], amount, currency),
  }));
  return {
    index,
    sku,
    handle: product.handle == null ? null : read.handle('handle', product.handle),
    title: read.text('title', product.title, MAX_TITLE),
    description:
      read.optionalLines('description', product.description, MAX_DESCRIPTION) ?? undefined,
    options: product.options == null ? undefined : read.options('options', product.options),
    attributes: product.attributes ?? undefined,
    category:
      product.category === undefined ? undefined : read.categoryPath('category', product.category),
    published: 'where it has never been',
    amount: read.price('price', product.price, currency),
    onHand: product.onHand == null ? undefined : read.stock('onHand', product.onHand),
    prices: lastPerInstant(prices),
  };
}

function lastPerInstant(prices: ImportPrice[]): ImportPrice[] {
  return [...new Map(prices.map((price) => [price.validFrom.getTime(), price])).values()];
}

function rowError(row: ImportRow, field: string, code: CatalogErrorCode, what: string) {
  return toUserError({ row, field: [field], code, message: `${row.sku} ${what}.` });
}

/** A problem as it is told to who sent the rows. */
export const toUserError = ({ row, field, code, message }: PlanProblem) =>
  userError(code as CatalogErrorCode, message, [...rowPath(row.index), ...field]);

const rowPath = (index: number) => ['products', String(index)];
