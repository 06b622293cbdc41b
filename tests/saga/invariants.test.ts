import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { openJobs } from '@waybill/scripts/audit/live-jobs.js';
import { RULES } from '@waybill/scripts/audit/rules/index.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULTS } from '../support/faults/index.js';
import { auditLines, invariants, violations } from '../support/invariants.js';
import { ordersAtWork, type Placed } from '../support/orders-at-work.js';
import { spoilt } from '../support/spoilt-books.js';
import { type System, startSystem } from '../support/system.js';

let system: System;
let jobs: Awaited<ReturnType<typeof openJobs>>;
/** What a fault is planted in, by the names that FAULTS use. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  system = await startSystem();
  const workers = await system.startWorkers();
  const at = ordersAtWork(system);
  const [shipped, declined, confirmed, edited, authorized] = (await Promise.all([
    at.place({ quantity: 3 }),
    at.place({ card: 'pm_card_decline' }),
    at.place({ quantity: 1 }),
    at.place({ quantity: 2 }),
    at.place({ captureOnShipment: true }),
  ])) as [Placed, Placed, Placed, Placed, Placed];
  await Promise.all([at.reaches(shipped, 'CONFIRMED'), at.reaches(confirmed, 'CONFIRMED')]);
  await at.reaches(edited, 'CONFIRMED');
  await at.reaches(authorized, 'CONFIRMED');
  await at.edit(edited, { lines: [{ lineNumber: 1, quantity: 3 }] });
  await at.reaches(edited, { version: 2, open: 0 });
  await at.fulfill(shipped);
  await at.reaches(shipped, 'SHIPPED');
  await at.refund(shipped, 1, true);
  await at.reaches(shipped, { refund: 'PARTIALLY_REFUNDED', open: 0 });
  await at.reaches(declined, 'FAILED');
  await workers.close();
  const pending = await at.place();
  await system.commands.orders.projectOrders({ limit: 1000 });
  await invariants(system);
  const [refund] = await system.sql<{ id: string }>('orders', 'select id from refunds');
  const [payment] = await system.sql<{ id: string }>(
    'payments',
    'select id from payments where order_id = $1',
    [shipped.id],
  );
  const [transfer] = await system.sql<{ id: string }>(
    'payments',
    `select transfer_id as id from ledger_entries where account = 'REFUNDS'`,
  );
  Object.assign(ids, {
    transfer: transfer?.id,
    shipped: shipped.id,
    failed: declined.id,
    confirmed: confirmed.id,
    edited: edited.id,
    authorized: authorized.id,
    pending: pending.id,
    refund: refund?.id,
    payment: payment?.id,
    sku: shipped.sku,
    storefront: MAIN_STOREFRONT_ID,
    key: 'a key',
  });
  jobs = await openJobs(system.backend);
});
afterAll(async () => {
  await jobs.close();
  await system.close();
});

const withIds = (sql = '') =>
  sql.replace(/:(\w+)\b/g, (all, name) => (ids[name] ? `'${ids[name]}'` : all));

describe('the check of what must always hold', () => {
  it('finds nothing wrong with sound books', async () => {
    expect(await violations(system)).toEqual([]);
  });

  it.each(FAULTS)('finds by rule $breaks: $fault', async ({ breaks, named, sql, withoutJobs }) => {
    const planted = Object.entries(sql).map(([database, text]) => [database, withIds(text)]);
    const books = await spoilt(system.urls, Object.fromEntries(planted));
    try {
      const none = { ...jobs, orders: async () => new Set<string>() };
      const lines = await auditLines(books, withoutJobs ? none : jobs, 10);
      expect(lines).toContainEqual(expect.stringContaining(`${breaks} ${ids[named]}: `));
    } finally {
      await books.restore();
    }
  });

  it('has two faults for each rule', () => {
    const tried = Map.groupBy(FAULTS, ({ breaks }) => breaks);
    expect([...tried.keys()]).toEqual(RULES.map(({ number }) => number));
    for (const faults of tried.values()) expect(faults.length).toBeGreaterThan(1);
  });

  it('looks into the databases themselves', async () => {
    await system.sql(
      'catalog',
      `update stock_levels set on_hand = on_hand + 1
       from variants where id = variant_id and sku = $1`,
      [ids.sku],
    );
    await expect(invariants(system)).rejects.toThrow();
    expect((await violations(system)).join()).toContain(`2 ${ids.sku}: `);
  });

  it('knows of every event whether it was sent', async () => {
    (system.published as unknown[]).pop();
    expect((await violations(system)).join()).toContain('was not sent');
  });
});
