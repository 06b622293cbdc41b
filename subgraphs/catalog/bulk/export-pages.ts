import type { Query } from '@waybill/kernel/database.js';
import { toDecimal } from '@waybill/kernel/money.js';
import { LATEST_FIRST, priceInForce } from '../prices/price-row.js';
import { CATEGORY } from '../products/known-products.js';
import type { ProductState, VariantState } from '../products/plan-import.js';
import { type BulkFormat, BulkKindName } from './import-row.js';
import { productCells, variantCells } from './product-cells.js';

/** What an export is about. */
export interface ExportRow {
  kind: BulkKindName;
  format: BulkFormat;
  storefrontId: string;
  currency: string;
  /** Code of the only location; null for all. */
  location: string | null;
}

/** Cells by column, as values of JSON. */
export type Cells = Record<string, unknown>;

/** One page of lines, and where the next begins. */
interface Page {
  lines: Cells[];
  last: Place | undefined;
}

/** The key of a row: two bare ids. */
type Place = [string, string];

interface Exporting {
  columns: readonly string[];
  page(query: Query, after: Place, row: ExportRow): Promise<Page>;
}

const PAGE = 2000;
const START: Place = [
  '00000000-0000-0000-0000-000000000000',
  '00000000-0000-0000-0000-000000000000',
];

/** All lines of an export, page by page: nothing is held longer than it takes to send a page. */
export async function* exportedLines(query: Query, row: ExportRow): AsyncGenerator<Cells[]> {
  const { page } = EXPORTS[row.kind];
  for (let after: Place | undefined = START; after; ) {
    const { lines, last }: Page = await page(query, after, row);
    if (lines.length > 0) yield lines;
    after = last;
  }
}

/** Neither price nor stock: a file is older than what it says, and nobody who mends a title means to count. */
const products: Exporting = {
  columns: [
    ...['sku', 'handle', 'title', 'description', 'category'],
    ...['attributes', 'published', 'options', 'active'],
  ],

  async page(query, [productId, id], { storefrontId, currency }) {
    const rows = await query<ProductState & VariantState & Key & { handle: string }>(
      'bulk.exportProducts',
      `select product_id as a, variants.id as b, sku, handle, products.title, description, attributes,
         ${CATEGORY} as category, published_in @> array[$3::uuid] as published, options, variants.active
       from variants join products on products.id = product_id
       where (product_id, variants.id) > ($1, $2) order by product_id, variants.id limit $4`,
      [productId, id, storefrontId, PAGE],
    );
    return pageOf(rows, (row) => {
      const { price: _, on_hand: __, ...cells } = variantCells({ ...row, amount: null }, currency);
      return { sku: row.sku, handle: row.handle, ...productCells(row), ...cells };
    });
  },
};

const prices: Exporting = {
  columns: ['sku', 'price', 'valid_from'],

  async page(query, [id], { storefrontId, currency }) {
    const variants = await query<Key>(
      'bulk.exportVariants',
      'select id as a, id as b, sku from variants where id > $1 order by id limit $2',
      [id, PAGE],
    );
    const rows = await query<Key & { amount: number; validFrom: string | null }>(
      'bulk.exportPrices',
      `select variants.id as a, variants.id as b, sku, price.amount, price."validFrom"
       from variants cross join lateral (
         select amount, null::timestamptz as "validFrom"
         from ${priceInForce('variants.id', '$2', 'amount::float8')} as today
         union all
         (select distinct on (valid_from) amount::float8, valid_from from prices
          where variant_id = variants.id and storefront_id = $2 and withdrawn_at is null and valid_from > now()
          order by ${LATEST_FIRST})) as price
       where variants.id = any($1::uuid[]) order by variants.id, "validFrom" nulls first`,
      [variants.map(({ a }) => a), storefrontId],
    );
    const { lines } = pageOf(rows, ({ sku, amount, validFrom }) => ({
      sku,
      price: toDecimal(amount, currency),
      valid_from: validFrom && new Date(validFrom).toISOString(),
    }));
    return { lines, last: lastOf(variants) };
  },
};

const stock: Exporting = {
  columns: ['sku', 'location', 'on_hand'],

  async page(query, [variantId, locationId], { location }) {
    const rows = await query<Key & { location: string; onHand: number }>(
      'bulk.exportStock',
      `select variant_id as a, location_id as b, sku, code as location, on_hand as "onHand"
       from stock_levels join variants on variants.id = variant_id join locations on locations.id = location_id
       where (variant_id, location_id) > ($1, $2) and ($3::text is null or code = $3)
       order by variant_id, location_id limit $4`,
      [variantId, locationId, location, PAGE],
    );
    return pageOf(rows, ({ sku, location: at, onHand }) => ({
      sku,
      location: at,
      on_hand: onHand,
    }));
  },
};

const EXPORTS: Record<BulkKindName, Exporting> = {
  [BulkKindName.PRODUCTS]: products,
  [BulkKindName.PRICES]: prices,
  [BulkKindName.STOCK]: stock,
};

export const columnsOf = (kind: BulkKindName) => EXPORTS[kind].columns;

interface Key {
  a: string;
  b: string;
  sku: string;
}

const pageOf = <Row extends Key>(rows: Row[], cellsOf: (row: Row) => Cells): Page => ({
  lines: rows.map(cellsOf),
  last: lastOf(rows),
});

/** Undefined after the last page. */
function lastOf(rows: readonly Key[]): Place | undefined {
  const last = rows.at(-1);
  return last && rows.length === PAGE ? [last.a, last.b] : undefined;
}
