import { toDecimal } from '@waybill/kernel/money.js';
import type { Attributes } from '../attributes/attribute-schema.js';
import type { ImportRow } from '../products/import-rows.js';
import { MAX_DESCRIPTION, MAX_SKU, MAX_TITLE } from '../products/input.js';
import type { ProductState, VariantState } from '../products/plan-import.js';
import type { VariantOption } from '../variants/option.js';
import type { Line } from './findings.js';
import type { LineReader } from './line-reader.js';
import { BulkProblemCode as Code } from './problem-code.js';

/** Columns of a file of products; those that are absent leave everything as it is. */
export const PRODUCT_COLUMNS = [
  'sku',
  'handle',
  'title',
  'description',
  'category',
  'attributes',
  'published',
  'options',
  'active',
  'price',
  'on_hand',
] as const;

/** Reads a line; an empty cell takes away what can be taken away. */
export function readProduct(
  read: LineReader,
  { cells, number }: Line,
  index: number,
  currency: string,
): ImportRow & { line: number } {
  const [handle, title, price] = [read.cell('handle'), read.cell('title'), read.cell('price')];
  const onHand = read.cell('on_hand');
  return {
    index,
    line: number,
    sku: read.input.text('sku', read.needed('sku'), MAX_SKU),
    handle: handle == null ? null : read.input.handle('handle', handle),
    title: title == null ? undefined : read.input.text('title', title, MAX_TITLE),
    description: orNothing(read.cell('description'), (text) =>
      read.input.optionalLines('description', text, MAX_DESCRIPTION),
    ),
    category: orNothing(read.cell('category'), (text) => read.input.categoryPath('category', text)),
    attributes: attributesIn(read, cells.attributes),
    options: optionsIn(read, cells.options),
    published: yesOrNo(read, 'published'),
    active: yesOrNo(read, 'active'),
    amount: price == null ? undefined : read.input.price('price', price, currency),
    onHand:
      onHand == null ? undefined : read.input.stock('on_hand', read.wholeNumber('on_hand', onHand)),
  };
}

/** Undefined for no such column, null for an empty cell. */
const orNothing = <Value>(text: string | null | undefined, value: (text: string) => Value) =>
  text == null ? text : value(text);

function yesOrNo(read: LineReader, column: string): boolean | undefined {
  const text = read.cell(column);
  return text == null ? undefined : read.choice(column, text, ['TRUE', 'FALSE']) === 'TRUE';
}

function attributesIn(read: LineReader, cell: unknown): Attributes | undefined {
  if (cell === undefined) return undefined;
  if (cell === null || cell === '') return {};
  const value = typeof cell === 'string' ? json(cell) : cell;
  if (isObject(value)) return value;
  return read.wrong('attributes', Code.INVALID_VALUE, 'is no JSON object');
}

/** `size=M|colour=blue`, or an object of names and values. */
function optionsIn(read: LineReader, cell: unknown): VariantOption[] | undefined {
  if (cell === undefined) return undefined;
  const pairs = typeof cell === 'string' ? pairsIn(cell) : Object.entries(cell ?? {});
  if (pairs.some(([, value]) => typeof value !== 'string')) {
    return read.wrong('options', Code.INVALID_VALUE, 'is nothing like size=M|colour=blue');
  }
  const options = pairs.map(([name, value]) => ({ name, value: String(value) }));
  return read.input.options('options', options);
}

function pairsIn(text: string): Array<[string, string | undefined]> {
  if (text.trim() === '') return [];
  const value = text.trim().startsWith('{') ? json(text) : undefined;
  if (isObject(value)) return Object.entries(value) as Array<[string, string]>;
  return text.split('|').map((pair) => {
    const [name = '', ...rest] = pair.split('=');
    return [name, rest.length > 0 ? rest.join('=') : undefined];
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What would stand in the cells of a product; nothing is null. */
export const productCells = (product: ProductState) => ({
  title: product.title,
  description: product.description,
  category: product.category,
  attributes: Object.keys(product.attributes).length > 0 ? inOrder(product.attributes) : null,
  published: String(product.published),
});

/** The same of a variant. */
export const variantCells = (variant: VariantState, currency: string) => ({
  options: optionsText(variant.options) || null,
  active: String(variant.active),
  price: variant.amount === null ? null : toDecimal(variant.amount, currency),
  on_hand: String(variant.onHand),
});

/** As PostgreSQL has no order of names in JSON, ours is that of the alphabet. */
const inOrder = (attributes: Attributes) =>
  JSON.stringify(attributes, (_, value) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).toSorted(byName)) : value,
  );

const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);

function optionsText(options: readonly VariantOption[]): string {
  const isPlain = options.every(({ name, value }) => !/[=|{]/.test(name) && !value.includes('|'));
  if (isPlain) return options.map(({ name, value }) => `${name}=${value}`).join('|');
  return JSON.stringify(Object.fromEntries(options.map(({ name, value }) => [name, value])));
}
