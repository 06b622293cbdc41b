import type { SalesOfEvent } from './sales-in-history.js';
import type { Sale } from './sales-of.js';

/** What is counted; amounts in minor units. */
export interface Figures {
  orders: number;
  units: number;
  gross: number;
  takenOff: number;
  refunded: number;
}

/** Sales of one day in one storefront and currency, of what `key` names in a breakdown; '' stands for none. */
export interface SalesRow extends Figures {
  storefrontId: string;
  currency: string;
  breakdown: string;
  day: string;
  key: string;
}

/** Everything; the only key is ''. */
export const ALL = 'ALL';
/** By ISO 3166-1 alpha-2. */
export const COUNTRY = 'COUNTRY';
export const SKU = 'SKU';
/** By the children of a category, or the categories at the top: bare ids. */
export const categoryBreakdown = (parent?: string): string =>
  parent === undefined ? 'CATEGORY' : `CATEGORY:${parent}`;

/** The categories of a variant when an order was confirmed, from the top to where its product stood. */
export type CategoriesOf = (variantId: string, at: Date) => readonly string[];

/** Adds up what wanted events sold, by all that reports ask for. */
export class Breakdowns {
  readonly #rows = new Map<string, SalesRow>();
  readonly #categoriesOf: CategoriesOf;

  constructor(categoriesOf: CategoriesOf) {
    this.#categoriesOf = categoriesOf;
  }

  /** All events of one order, by seq; those that are not wanted say what it has sold before. */
  add(events: readonly SalesOfEvent[], isWanted: (event: SalesOfEvent) => boolean): void {
    const sold = new Set<string>();
    for (const event of events) {
      for (const [breakdown, key, sale, isSold] of this.#places(event)) {
        const isNew = isSold && !sold.has(`${breakdown} ${key}`);
        if (isNew) sold.add(`${breakdown} ${key}`);
        if (isWanted(event)) this.#count(event, breakdown, key, sale, isNew);
      }
    }
  }

  /** In the order of their keys, so that whoever writes some of them at the same time waits, and never for each other. */
  rows(): SalesRow[] {
    return [...this.#rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }

  *#places(event: SalesOfEvent): Generator<[string, string, Sale, boolean]> {
    for (const sale of event.sales) {
      const isSold = sale.units > 0 || sale.gross > 0;
      yield [ALL, '', sale, event.isFirst];
      yield [COUNTRY, event.country ?? '', sale, event.isFirst];
      yield [SKU, sale.line?.sku ?? '', sale, isSold];
      const variantId = sale.line?.productId;
      const path = variantId ? this.#categoriesOf(variantId, event.confirmedAt) : [];
      if (path.length === 0) yield [categoryBreakdown(), '', sale, isSold];
      for (const [i, id] of path.entries())
        yield [categoryBreakdown(path[i - 1]), id, sale, isSold];
    }
  }

  #count(
    { storefrontId, currency, day }: SalesOfEvent,
    breakdown: string,
    key: string,
    sale: Sale,
    isNew: boolean,
  ): void {
    const name = [breakdown, currency, storefrontId, day, key].join('\u0000');
    const known = this.#rows.get(name);
    const place = { storefrontId, currency, breakdown, day, key };
    const row = known ?? { ...place, orders: 0, units: 0, gross: 0, takenOff: 0, refunded: 0 };
    if (!known) this.#rows.set(name, row);
    if (isNew) row.orders += 1;
    row.units += sale.units;
    row.gross += sale.gross;
    row.takenOff += sale.takenOff;
    row.refunded += sale.refunded;
  }
}
