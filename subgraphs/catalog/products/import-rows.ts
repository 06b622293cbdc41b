import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { CatalogErrorCode } from './errors.js';
import type { ImportedProductInput } from './import-input.js';
import { InputReader, MAX_SKU, MAX_TITLE } from './input.js';

export type ImportErrors = UserError<CatalogErrorCode>[];

export interface ImportPrice {
  sku: string;
  priceMinor: number;
  /** Null for now, by the clock of the database. */
  validFrom: Date | null;
}

/** One product of an import, read and found good. */
export interface ImportRow {
  /** Where it stands in the input, for messages. */
  index: number;
  sku: string;
  title: string;
  category: string | null;
  priceMinor: number;
  currency: string;
  onHand: number | null;
  prices: ImportPrice[];
}

/** What the catalog already has of a SKU. */
export interface KnownProduct {
  sku: string;
  priceMinor: number;
  currency: string;
  onHand: number;
  reserved: number;
}

/** A product as it will be written. */
export interface PlannedRow extends ImportRow {
  onHand: number;
  isNew: boolean;
}

/** Reads every row on its own; a bad one is reported and the others go on. */
export function readRows(products: ImportedProductInput[]): {
  rows: ImportRow[];
  errors: ImportErrors;
} {
  const rows = new Map<string, ImportRow>();
  const errors: ImportErrors = [];
  products.forEach((product, index) => {
    const read = new InputReader(rowPath(index));
    const row = readRow(read, product, index);
    if (rows.has(row.sku)) errors.push(rowError(row, 'sku', CatalogErrorCode.DUPLICATE_SKU));
    else if (read.errors.length > 0) errors.push(...read.errors);
    else rows.set(row.sku, row);
  });
  return { rows: [...rows.values()], errors };
}

function readRow(read: InputReader, product: ImportedProductInput, index: number): ImportRow {
  const sku = read.text('sku', product.sku, MAX_SKU);
  const currency = read.currency('currency', product.currency);
  const prices = (product.priceHistory ?? []).map(({ amount, validFrom }, i) => ({
    sku,
    validFrom,
    priceMinor: read.price(['priceHistory', String(i), 'amount'], amount, currency),
  }));
  return {
    index,
    sku,
    title: read.text('title', product.title, MAX_TITLE),
    category: read.optionalText('category', product.category, MAX_TITLE),
    priceMinor: read.price('price', product.price, currency),
    currency,
    onHand: product.onHand == null ? null : read.stock('onHand', product.onHand),
    prices: lastPerInstant(prices),
  };
}

function lastPerInstant(prices: ImportPrice[]): ImportPrice[] {
  return [...new Map(prices.map((price) => [price.validFrom?.getTime(), price])).values()];
}

/** Holds rows against what the catalog has: a currency stays, and reserved units are there. */
export function planRows(
  rows: ImportRow[],
  known: Map<string, KnownProduct>,
): { planned: PlannedRow[]; errors: ImportErrors } {
  const planned: PlannedRow[] = [];
  const errors: ImportErrors = [];
  for (const row of rows) {
    const before = known.get(row.sku);
    const onHand = row.onHand ?? before?.onHand ?? 0;
    if (before && before.currency !== row.currency) {
      errors.push(rowError(row, 'currency', CatalogErrorCode.CURRENCY_FIXED));
    } else if (before && onHand < before.reserved) {
      errors.push(rowError(row, 'onHand', CatalogErrorCode.STOCK_BELOW_RESERVED));
    } else planned.push({ ...row, onHand, isNew: !before, prices: pricesOf(row, before) });
  }
  return { planned, errors };
}

/** A new price that comes without a history is valid from now on. */
function pricesOf(row: ImportRow, before: KnownProduct | undefined): ImportPrice[] {
  if (row.prices.length > 0 || row.priceMinor === before?.priceMinor) return row.prices;
  return [{ sku: row.sku, priceMinor: row.priceMinor, validFrom: null }];
}

const MESSAGES = {
  [CatalogErrorCode.DUPLICATE_SKU]: 'stands in an earlier row as well',
  [CatalogErrorCode.CURRENCY_FIXED]: 'is sold in another currency',
  [CatalogErrorCode.STOCK_BELOW_RESERVED]: 'has more units reserved than that',
};

function rowError(row: { index: number; sku: string }, field: string, code: keyof typeof MESSAGES) {
  return userError(code, `${row.sku} ${MESSAGES[code]}.`, [...rowPath(row.index), field]);
}

function rowPath(index: number): string[] {
  return ['products', String(index)];
}
