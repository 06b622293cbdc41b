import { classify, isGoods } from './classify.js';
import type { BadRow, Row } from './row.js';

export interface CatalogProduct {
  sku: string;
  title: string;
  /** Pence, the latest of the file. */
  price: number;
  /** Oldest first; an entry where the price changed. The last is today's. */
  priceHistory: Array<{ price: number; validFrom: string }>;
}

export interface CatalogCustomer {
  externalId: string;
  name: string;
  country: string;
}

export interface BuiltCatalog {
  rowsRead: number;
  products: CatalogProduct[];
  customers: CatalogCustomer[];
  bad: BadRow[];
  /** Goods of which the file knows no price: only ever counted, lost or found. */
  neverPriced: string[];
}

/** What the shop must have sold from: its products as they are at the end of the file, and its customers. */
export async function buildCatalog(rows: AsyncIterable<Row | BadRow>): Promise<BuiltCatalog> {
  const builder = new CatalogBuilder();
  for await (const row of rows) builder.add(row);
  return builder.finish();
}

class CatalogBuilder {
  readonly #priced = new Map<string, Row[]>();
  readonly #unpriced = new Set<string>();
  readonly #customers = new Map<string, Row>();
  readonly #bad: BadRow[] = [];
  #rowsRead = 0;

  add(row: Row | BadRow): void {
    this.#rowsRead += 1;
    if ('reason' in row) this.#bad.push(row);
    else {
      this.#addCustomer(row);
      if (isGoods(row.stockCode)) this.#addGoods(row);
    }
  }

  finish(): BuiltCatalog {
    return {
      rowsRead: this.#rowsRead,
      products: [...this.#priced].map(([sku, rows]) => productOf(sku, rows)),
      customers: [...this.#customers.values()].map(customerOf),
      bad: this.#bad,
      neverPriced: [...this.#unpriced].filter((sku) => !this.#priced.has(sku)),
    };
  }

  #addCustomer(row: Row): void {
    if (row.customer === null) return;
    const known = this.#customers.get(row.customer);
    if (!known || known.at <= row.at) this.#customers.set(row.customer, row);
  }

  #addGoods(row: Row): void {
    const { kind } = classify(row);
    if (kind === 'aside') {
      this.#unpriced.add(row.stockCode);
      return;
    }
    const rows = this.#priced.get(row.stockCode);
    if (rows) rows.push(row);
    else this.#priced.set(row.stockCode, [row]);
  }
}

/** Cancellations are old prices come back: they say what a thing cost only where nothing was sold. */
function productOf(sku: string, rows: Row[]): CatalogProduct {
  const sales = rows.filter(({ quantity }) => quantity > 0);
  const inTime = (sales.length > 0 ? sales : rows).toSorted((a, b) => compare(a.at, b.at));
  const priceHistory = priceChanges(inTime);
  const described = inTime.findLast(({ description }) => description !== '');
  return {
    sku,
    title: described?.description ?? `Item ${sku}`,
    price: priceHistory.at(-1)?.price ?? 0,
    priceHistory,
  };
}

function priceChanges(inTime: Row[]): CatalogProduct['priceHistory'] {
  const changes: CatalogProduct['priceHistory'] = [];
  for (const { unitPrice: price, at } of inTime) {
    const last = changes.at(-1);
    if (last?.price === price) continue;
    // Two prices at one moment (an invoice with the code twice): the later line of the file counts.
    if (last?.validFrom === at) changes.pop();
    changes.push({ price, validFrom: at });
  }
  return changes;
}

function customerOf({ customer, country }: Row): CatalogCustomer {
  const externalId = customer ?? '';
  return { externalId, name: customerName(externalId), country };
}

/** The file has no names. */
export function customerName(externalId: string): string {
  return `Customer ${externalId}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
