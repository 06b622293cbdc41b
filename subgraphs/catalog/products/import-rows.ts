import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import type { Attributes } from '../attributes/attribute-schema.js';
import type { VariantOption } from '../variants/option.js';
import { CatalogErrorCode } from './errors.js';
import { handleOfSku } from './handle.js';
import type { ImportedProductInput } from './import-input.js';
import { InputReader, MAX_DESCRIPTION, MAX_SKU, MAX_TITLE, MAX_VARIANTS } from './input.js';

export type ImportErrors = UserError<CatalogErrorCode>[];

export interface ImportPrice {
  amount: number;
  validFrom: Date;
}

/** One row of an import, read and found good. */
export interface ImportRow {
  /** Where it stands in the input, for messages. */
  index: number;
  sku: string;
  /** Null where the row names no product. */
  handle: string | null;
  title: string;
  /** Null: as it is. */
  description: string | null;
  category: string | null;
  /** Null: as they are. */
  attributes: Attributes | null;
  /** Null: as they are. */
  options: VariantOption[] | null;
  /** Minor units. */
  amount: number;
  onHand: number | null;
  /** Earlier prices, and prices to come. */
  prices: ImportPrice[];
}

/** What the catalog already has of a SKU. */
export interface KnownVariant {
  sku: string;
  handle: string;
  attributes: Attributes;
  options: VariantOption[];
  onHand: number;
  reserved: number;
}

/** A variant as it will be written. */
export interface PlannedRow extends ImportRow {
  handle: string;
  options: VariantOption[];
  onHand: number;
  isNew: boolean;
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
    if (rows.has(row.sku)) errors.push(rowError(row, 'sku', CatalogErrorCode.DUPLICATE_SKU));
    else if (read.errors.length > 0) errors.push(...read.errors);
    else if ((product.currency ?? currency) !== currency) {
      errors.push(rowError(row, 'currency', CatalogErrorCode.CURRENCY_FIXED));
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
    description: read.optionalLines('description', product.description, MAX_DESCRIPTION),
    options: product.options == null ? null : read.options('options', product.options),
    attributes: product.attributes ?? null,
    category: read.categoryPath('category', product.category),
    amount: read.price('price', product.price, currency),
    onHand: product.onHand == null ? null : read.stock('onHand', product.onHand),
    prices: lastPerInstant(prices),
  };
}

function lastPerInstant(prices: ImportPrice[]): ImportPrice[] {
  return [...new Map(prices.map((price) => [price.validFrom.getTime(), price])).values()];
}

/**
 * Holds rows against what the catalog has: the product of a variant stays, reserved units are there, and no two
 * variants of a product have the same options. `siblings` are all variants of the products that rows belong to.
 */
export function planRows(
  rows: ImportRow[],
  known: ReadonlyMap<string, KnownVariant>,
  siblings: readonly Sibling[] = [],
): { planned: PlannedRow[]; errors: ImportErrors } {
  const planned: PlannedRow[] = [];
  const errors: ImportErrors = [];
  const others = new OtherVariants(siblings);
  for (const row of rows) {
    const before = known.get(row.sku);
    const after = afterRow(row, before);
    const wrong = problem(row, before, after) ?? others.problem(after);
    if (wrong) errors.push(rowError(row, ...wrong));
    else {
      others.put(after);
      planned.push(after);
    }
  }
  return { planned, errors };
}

export type Sibling = Pick<KnownVariant, 'sku' | 'handle' | 'options'>;
type Problem = [field: string, code: keyof typeof MESSAGES];

function afterRow(row: ImportRow, before: KnownVariant | undefined): PlannedRow {
  return {
    ...row,
    handle: before?.handle ?? row.handle ?? handleOfSku(row.sku),
    options: row.options ?? before?.options ?? [],
    onHand: row.onHand ?? before?.onHand ?? 0,
    isNew: !before,
  };
}

function problem(
  row: ImportRow,
  before: KnownVariant | undefined,
  { onHand }: PlannedRow,
): Problem | undefined {
  if (!before) return undefined;
  if (row.handle !== null && row.handle !== before.handle) {
    return ['handle', CatalogErrorCode.PRODUCT_FIXED];
  }
  if (onHand < before.reserved) return ['onHand', CatalogErrorCode.STOCK_BELOW_RESERVED];
  return undefined;
}

/** The variants of each product, as they are so far. */
class OtherVariants {
  readonly #byHandle = new Map<string, Map<string, string>>();

  constructor(siblings: readonly Sibling[]) {
    for (const each of siblings) this.put(each);
  }

  put({ sku, handle, options }: Sibling): void {
    const ofProduct = this.#byHandle.get(handle) ?? new Map<string, string>();
    this.#byHandle.set(handle, ofProduct.set(sku, JSON.stringify(options)));
  }

  problem({ sku, handle, options }: Sibling): Problem | undefined {
    const ofProduct = this.#byHandle.get(handle) ?? new Map<string, string>();
    if (ofProduct.size >= MAX_VARIANTS && !ofProduct.has(sku)) {
      return ['handle', CatalogErrorCode.INVALID_VARIANTS];
    }
    const wanted = JSON.stringify(options);
    for (const [other, theirs] of ofProduct) {
      if (other !== sku && theirs === wanted) return ['options', CatalogErrorCode.OPTIONS_TAKEN];
    }
    return undefined;
  }
}

const MESSAGES = {
  [CatalogErrorCode.DUPLICATE_SKU]: 'stands in an earlier row as well',
  [CatalogErrorCode.CURRENCY_FIXED]: 'cannot be sold in this currency here',
  [CatalogErrorCode.SKU_TAKEN]: 'was just added to another product',
  [CatalogErrorCode.PRODUCT_FIXED]: 'belongs to another product',
  [CatalogErrorCode.OPTIONS_TAKEN]: 'has the options of another variant of its product',
  [CatalogErrorCode.INVALID_VARIANTS]: 'is one variant too many',
  [CatalogErrorCode.STOCK_BELOW_RESERVED]: 'has more units reserved than that',
};

/** Rows for SKUs that somebody else has just added to another product. */
export function notAdded(planned: PlannedRow[], added: ReadonlySet<string>): ImportErrors {
  return planned
    .filter(({ isNew, sku }) => isNew && !added.has(sku))
    .map((row) => rowError(row, 'sku', CatalogErrorCode.SKU_TAKEN));
}

function rowError(row: { index: number; sku: string }, field: string, code: keyof typeof MESSAGES) {
  return userError(code, `${row.sku} ${MESSAGES[code]}.`, [...rowPath(row.index), field]);
}

export function rowPath(index: number): string[] {
  return ['products', String(index)];
}
