import { hash } from 'node:crypto';
import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LineState, RefundPart } from '../order-parts.js';
import { Breakdowns, type SalesRow } from '../reports/breakdowns.js';
import { type SoldOrder, salesOf } from '../reports/sales-of.js';
import { generateOrders } from './generated-orders.js';
import { generateSales } from './generated-sales.js';
import { openTestOrders, type TestOrders } from './orders.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

interface Generated extends SoldOrder {
  id: string;
  storefrontId: string;
  currency: string;
  country: string;
  day: string;
  lines: LineState[];
}

const GENERATED = `
  select id, storefront_id as "storefrontId", currency, shipping_address ->> 'country' as country, status,
    (placed_at at time zone 'UTC')::date::text as day, total::float8, captured::float8, refunded::float8,
    (select json_agg(json_build_object('lineNumber', line_number, 'kind', kind, 'sku', sku, 'productId', sku,
       'quantity', quantity, 'unitPrice', unit_price, 'cancelled', 0, 'refunded', 0))
     from order_lines where order_id = orders.id) as lines
  from orders where captured > 0 or status = 'CONFIRMED'`;

it('sums up what the rule of sales says of each generated order', async () => {
  const { db } = orders.as(ANONYMOUS);
  await generateOrders(db, { from: 1, to: 200, total: 200 });
  await generateSales(db);
  const breakdowns = new Breakdowns((sku) => [uuidOf(`category ${sku.slice(0, 3)}`)]);
  for (const order of await db.query<Generated & Record<string, unknown>>('test.all', GENERATED)) {
    const refund = { id: 'r', status: 'REFUNDED', lines: [], idempotencyKey: '' };
    const refunds = order.refunded > 0 ? [refund as unknown as RefundPart] : [];
    const { id: orderId, storefrontId, currency, country, day } = order;
    const sales = salesOf(undefined, { ...order, refunds, edits: [] });
    const place = { orderId, seq: 1, storefrontId, currency, country, day };
    const event = { ...place, confirmedAt: new Date(day), isFirst: true, sales };
    breakdowns.add([event], () => true);
  }
  const rows = await db.query<SalesRow & Record<string, unknown>>(
    'test.sums',
    `select breakdown, currency, storefront_id as "storefrontId", start::text as day, key, orders::float8, units::float8,
       gross::float8, taken_off::float8 as "takenOff", refunded::float8 from sales_days`,
  );
  expect(sorted(rows)).toEqual(sorted(breakdowns.rows()));
  expect(rows.length).toBeGreaterThan(1000);
});

const sorted = (rows: SalesRow[]) => rows.map((row) => canonical(row)).sort();
const canonical = (row: object) => JSON.stringify(Object.entries(row).sort());

function uuidOf(text: string): string {
  return hash('md5', text).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
