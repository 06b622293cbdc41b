import { hash } from 'node:crypto';
import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bare, guestDraft, placing, shopper } from '../testing/drafts.js';
import { customer, openTestOrders, type TestOrders } from '../testing/orders.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

const KEPT = 3600;
const remove = (limit = 100) => orders.commands.deleteDrafts({ olderThanSeconds: KEPT, limit });
const sql = (text: string, values: unknown[] = []) =>
  orders.as(ANONYMOUS).db.query<{ id: string }>(`test.${hash('md5', text)}`, text, values);
const age = (orderId: string, seconds: number) =>
  sql('update ended_drafts set ended_at = now() - make_interval(secs => $2) where order_id = $1', [
    orderId,
    seconds,
  ]);

/** A guest's draft that was thrown away so many seconds ago. */
async function ended(seconds = KEPT) {
  const draft = await guestDraft(orders);
  await shopper(orders).discardDraft({ token: draft.token });
  await age(draft.id, seconds);
  return draft;
}

/** The tables in which something of the draft is left. */
async function leftOf(orderId: string): Promise<string[]> {
  const tables = [
    'orders',
    'order_lines',
    'order_events',
    'drafts',
    'ended_drafts',
    'guest_tokens',
  ];
  const rows = await Promise.all(
    tables.map((table) =>
      sql(`select from ${table} where ${table === 'orders' ? 'id' : 'order_id'} = $1`, [orderId]),
    ),
  );
  return tables.filter((_, i) => rows[i]?.length);
}

it('deletes what ended so long ago by the clock of the database, with all that belongs to it', async () => {
  const [due, fresh] = [await ended(), await ended(KEPT - 60)];
  const open = await guestDraft(orders);
  expect(await leftOf(due.id)).toEqual([
    'orders',
    'order_lines',
    'order_events',
    'ended_drafts',
    'guest_tokens',
  ]);
  expect(await remove()).toEqual({ deleted: 1 });
  expect(await leftOf(due.id)).toEqual([]);
  expect(await leftOf(fresh.id)).toContain('order_events');
  expect(await leftOf(open.id)).toContain('drafts');
  expect(await remove()).toEqual({ deleted: 0 });
});

it('never deletes what was placed', async () => {
  const { id, token } = await guestDraft(orders);
  await shopper(orders).placeDraft(placing({ token }));
  expect(await leftOf(id)).toEqual(['orders', 'order_lines', 'order_events', 'guest_tokens']);
  expect(await remove()).toEqual({ deleted: 0 });
  for (const status of ['EXPIRED', 'DRAFT']) {
    await sql('update orders set status = $2 where id = $1', [id, status]);
    const deletion = sql('delete from order_events where order_id = $1', [id]);
    await expect(deletion).rejects.toThrow('append-only');
  }
});

it('changes no history, not even of what it may delete', async () => {
  const { id } = await ended();
  const change = sql(`update order_events set reason = 'none' where order_id = $1`, [id]);
  await expect(change).rejects.toThrow('append-only');
});

it('leaves the cart that took a draft up, and lets the token go with either', async () => {
  const [me, { id, token }] = [customer(), await guestDraft(orders)];
  const mine = shopper(orders, me);
  const cart = bare((await mine.addDraftLines({ lines: [{ sku: 'A', quantity: 1 }] })).order);
  await mine.mergeDraft({ token });
  await age(id, KEPT);
  await remove();
  expect(await leftOf(id)).toEqual([]);
  expect(await leftOf(cart)).toEqual(['orders', 'order_lines', 'order_events', 'drafts']);

  const another = await guestDraft(orders);
  await mine.mergeDraft({ token: another.token });
  await mine.discardDraft();
  await age(cart, KEPT);
  expect(await remove()).toEqual({ deleted: 1 });
  expect(await leftOf(cart)).toEqual([]);
  expect(await leftOf(another.id)).not.toContain('guest_tokens');
});

it('takes the oldest first, no more than asked for, each once', async () => {
  const drafts = await Promise.all([1, 2, 3, 4].map((i) => ended(KEPT + 10 * i)));
  expect(await remove(1)).toEqual({ deleted: 1 });
  expect(await leftOf(drafts[3]?.id ?? '')).toEqual([]);
  const [one, other] = await Promise.all([remove(), remove()]);
  expect(one.deleted + other.deleted).toBeGreaterThanOrEqual(3);
  for (const { id } of drafts) expect(await leftOf(id)).toEqual([]);
});
