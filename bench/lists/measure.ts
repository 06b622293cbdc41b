import type { Closing } from '@waybill/deploy/closing.js';
import type { Database } from '@waybill/kernel/database.js';
import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { listOrders } from '@waybill/orders/lists/list-orders.js';
import type { OrderQuery } from '@waybill/orders/lists/order-query.js';
import { generateOrders, LINES } from '@waybill/orders/testing/generated-orders.js';
import { generateSales } from '@waybill/orders/testing/generated-sales.js';
import { openTestOrders } from '@waybill/orders/testing/orders.js';
import { figure } from '@waybill/scripts/command-line/figures.js';
import { startDatabaseServer } from '../servers/database-server.js';
import { type Known, listCases } from './cases.js';
import {
  measurePages,
  PAGE,
  type PageMeasured,
  type Reader,
  type ReadPage,
} from './measure-pages.js';
import { reportCases } from './reports.js';

export interface ListsOptions {
  orders: number;
  folder: string;
  tell(line: string): void;
}

export interface ListMeasured {
  title: string;
  orders: number;
  pages: PageMeasured[];
}

export interface ListsMeasured {
  pageSize: number;
  sizes: Array<{ orders: number; lines: number; secondsToFill: number; gigabytes: number }>;
  lists: ListMeasured[];
}

/** Orders that are made at once. */
const CHUNK = 100_000;

/** Makes the orders more and more, and measures all lists at each size. */
export async function measureLists(
  { orders, folder, tell }: ListsOptions,
  parts: Closing,
): Promise<ListsMeasured> {
  const server = await startDatabaseServer(folder);
  parts.add(server.stop);
  const subgraph = await openTestOrders(server.models.orders);
  parts.add(subgraph.close);
  const { db } = subgraph.as(ANONYMOUS);
  const measured: ListsMeasured = { pageSize: PAGE, sizes: [], lists: [] };
  let made = 0;
  for (const size of sizesUpTo(orders)) {
    tell(`${figure(size)} orders of ${LINES} lines …`);
    const start = performance.now();
    await fill(db, made, size, tell);
    made = size;
    const secondsToFill = (performance.now() - start) / 1000;
    measured.sizes.push({
      ...{ orders: size, lines: size * LINES, secondsToFill },
      gigabytes: await gigabytes(db),
    });
    const lists = listCases(await known(db)).map(({ title, query }) => ({
      title,
      read: pagesOf(query),
    }));
    for (const { title, read } of [...lists, ...reportCases()]) {
      measured.lists.push({ title, orders: size, pages: await measurePages(db, read) });
    }
  }
  return measured;
}

/** 10,000 and ten times as many, as long as they are fewer than `orders`, and these. */
function sizesUpTo(orders: number): number[] {
  const powers = [10_000, 100_000].filter((size) => size < orders);
  return [...powers, orders];
}

/** Dropped while there are many rows to make, and made of all of them at once. */
const CONSTRAINTS = [
  ['order_terms', 'order_terms_pkey', 'primary key (term, placed_at, order_id)'],
  ['order_lines', 'order_lines_order_id_fkey', 'foreign key (order_id) references orders'],
  ['terms_of_orders', 'terms_of_orders_order_id_fkey', 'foreign key (order_id) references orders'],
] as const;

async function fill(db: Database, made: number, total: number, tell: (line: string) => void) {
  for (const [table, name] of CONSTRAINTS) {
    await db.query(`bench.drop-${name}`, `alter table ${table} drop constraint ${name}`);
  }
  for (let from = made + 1; from <= total; from += CHUNK) {
    const to = Math.min(from + CHUNK - 1, total);
    await generateOrders(db, { from, to, total });
    if (to < total) tell(`  ${figure(to)}`);
  }
  await db.transaction(async (query) => {
    await query('bench.memory', `set local maintenance_work_mem = '512MB'`);
    for (const [table, name, definition] of CONSTRAINTS) {
      await query(`bench.add-${name}`, `alter table ${table} add constraint ${name} ${definition}`);
    }
  });
  for (const table of ['orders', 'order_lines', 'order_terms', 'terms_of_orders']) {
    await db.query(`bench.vacuum-${table}`, `vacuum (analyze) ${table}`);
  }
  await generateSales(db);
}

const pagesOf =
  (query: OrderQuery): ReadPage =>
  async (db, page) =>
    (await listOrders(db, query, page)).map(({ id }) => id);

async function gigabytes(db: Reader): Promise<number> {
  const text = 'select pg_database_size(current_database())::float8 as bytes';
  const [row] = await db.query<{ bytes: number }>('bench.size', text);
  return (row?.bytes ?? 0) / 1e9;
}

const KNOWN = `
  select (select customer_id from orders where customer_id is not null order by placed_at desc limit 1) as "customerId",
    (select sku from order_lines where sku like '%-0000' limit 1) as "popularSku",
    (select sku from order_lines where sku like '%-3990' limit 1) as "rareSku",
    (select number::text from orders order by placed_at desc limit 1) as number`;

async function known(db: Reader): Promise<Known> {
  const [row] = await db.query<Known & Record<string, string>>('bench.known', KNOWN);
  if (!row) throw new Error('there are no orders');
  return row;
}
