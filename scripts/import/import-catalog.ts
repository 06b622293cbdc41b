import type { Client } from '../client.js';
import { sum } from '../command-line/figures.js';
import type { Progress } from '../command-line/progress.js';
import { importCustomers } from '../import-customers.js';
import { type BuiltCatalog, buildCatalog } from '../online-retail/build-catalog.js';
import { type Invoice, planInvoices } from '../online-retail/plan-invoices.js';
import { readRows } from '../online-retail/read-rows.js';
import type { BadRow } from '../online-retail/row.js';
import { findPlaced } from '../replay/find-placed.js';
import { DEAD } from '../replay/order-watch.js';
import { stockOnHand } from '../stock-on-hand.js';
import { importProducts } from './import-products.js';
import { missingStock, unitsBySku } from './missing-stock.js';

/** What `--json` prints. */
export interface Imported {
  file: string;
  rowsRead: number;
  products: {
    inFile: number;
    created: number;
    /** Units put on hand: what the file is still to sell and the stock lacked. */
    unitsAdded: number;
    /** Stock codes of goods for which the file has no price: they are left out. */
    neverPriced: string[];
  };
  customers: { inFile: number; created: number; updated: number };
  seconds: number;
  badRows: BadRow[];
}

export interface ReadFile {
  catalog: BuiltCatalog;
  invoices: Invoice[];
}

/** Reads the file twice rather than keep all of it. */
export async function readFile(file: string): Promise<ReadFile> {
  const catalog = await buildCatalog(readRows(file));
  const { invoices } = await planInvoices(readRows(file));
  return { catalog, invoices };
}

/** Puts the products and customers of a file into the system; repeated, it changes nothing. */
export async function importCatalog(
  file: string,
  { catalog, invoices }: ReadFile,
  client: Client,
  progress: Progress,
): Promise<Imported> {
  const start = performance.now();
  const { products, neverPriced } = catalog;

  const known = await stockOnHand(
    client,
    products.map(({ sku }) => sku),
  );
  const missing = missingStock(await unitsToSell(client, invoices, known.size > 0), known);
  const phase = progress.phase('products', products.length);
  await importProducts(client, products, { known, missing }, phase.advance).finally(phase.done);

  const people = progress.phase('customers', catalog.customers.length);
  const customers = await importCustomers(client, catalog.customers, people.advance).finally(
    people.done,
  );
  return {
    file,
    rowsRead: catalog.rowsRead,
    products: {
      inFile: products.length,
      created: products.filter(({ sku }) => !known.has(sku)).length,
      unitsAdded: sum(missing.values()),
      neverPriced,
    },
    customers: {
      inFile: catalog.customers.length,
      created: customers.created,
      updated: customers.updated,
    },
    seconds: (performance.now() - start) / 1000,
    badRows: catalog.bad,
  };
}

/** Units of the invoices that are not placed yet; where the catalog knows nothing, none can be. */
async function unitsToSell(client: Client, invoices: Invoice[], mayBePlaced: boolean) {
  const numbers = mayBePlaced ? invoices.map(({ number }) => number) : [];
  const placed = await findPlaced(client, numbers);
  return unitsBySku(
    invoices.filter(({ number }) => {
      const order = placed.get(number);
      return !order || DEAD.has(order.status);
    }),
  );
}
