import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestCatalog, STAFF, type TestCatalog } from '../testing/catalog.js';

const SKUS = ['A', 'B', 'C', 'D', 'E'];
const STOCK = 40;

let catalog: TestCatalog;
let neighbour: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
  neighbour = await openTestCatalog(catalog.url);
  for (const sku of SKUS) await catalog.stock(sku, STOCK);
});
afterAll(() => Promise.all([catalog.close(), neighbour.close()]));

/** Numbers that look random and are the same in every run (a linear congruential generator). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const SET = `mutation ($input: SetStockInput!) { setStock(input: $input) { userErrors { code } } }`;
const count = (sku: string, onHand: number) =>
  catalog.ask(SET, { input: { lines: [{ sku, onHand }] } }, STAFF);

/** Each unit that was ever held, by the end it came to; and what the products say of themselves. */
const LEDGER = `
  select sku, (select sum(on_hand)::integer from stock_levels where variant_id = variants.id) as "onHand",
    (select sum(reserved)::integer from stock_levels where variant_id = variants.id) as reserved,
    coalesce(sum(quantity - consumed - released), 0)::integer as active,
    coalesce(sum(quantity - consumed - released)
             filter (where state in ('HELD', 'COMMITTED')), 0)::integer as held,
    coalesce(sum(consumed), 0)::integer as consumed,
    (select sum(delta)::integer from stock_changes
     where variant_id = variants.id and reason <> 'CONSUMED') as came
  from variants
  left join hold_items on variant_id = variants.id
  left join holds using (order_id)
  group by variants.id order by sku`;

interface LedgerRow {
  sku: string;
  onHand: number;
  reserved: number;
  /** Units that have not ended, in any hold and in those that are active. */
  active: number;
  held: number;
  consumed: number;
  /** Units that were received, counted or brought back. */
  came: number;
}

it('keeps 0 ≤ active holds ≤ on hand, and ends each unit once, whatever is asked in whatever order', async () => {
  const roll = dice(20_261_120);
  const orders = Array.from({ length: 60 }, () => ({
    orderId: newId(),
    shipmentId: newId(),
    releaseId: newId(),
    additionId: newId(),
    restockId: newId(),
    ttlSeconds: roll(4) === 0 ? 0 : 900,
    items: Array.from({ length: 1 + roll(3) }, () => ({
      sku: SKUS[roll(SKUS.length)] ?? 'A',
      quantity: 1 + roll(4),
    })),
  }));
  /** One item of a few orders, under a key that is asked again now and then. */
  const some = (batch: typeof orders) =>
    batch.slice(0, 4).map((order) => {
      const key =
        roll(2) === 0
          ? {}
          : { shipmentId: newId(), releaseId: newId(), additionId: newId(), restockId: newId() };
      return { ...order, ...key, items: [{ sku: order.items[0]?.sku ?? 'A', quantity: 1 }] };
    });
  const ask = async (): Promise<unknown> => {
    const { commands } = roll(2) === 0 ? catalog : neighbour;
    const batch = Array.from(
      { length: 1 + roll(12) },
      () => orders[roll(orders.length)] ?? [],
    ).flat();
    const asks = [
      () => commands.reserveStock(batch),
      () => commands.reserveStock(batch),
      () => commands.commitStock(batch),
      () => commands.commitStock(batch),
      () => commands.releaseStock(batch.slice(0, 2)),
      () => commands.consumeStock(some(batch)),
      () => commands.consumeStock(batch.slice(0, 4)),
      () => commands.releaseItems(some(batch)),
      () => commands.addToHold(some(batch)),
      () => commands.extendHold(batch.map((order) => ({ ...order, maxSeconds: 900 }))),
      () => commands.expireHolds([{ limit: 3 }]),
      () => commands.restock(some(batch)),
      () => count(SKUS[roll(SKUS.length)] ?? 'A', STOCK + roll(STOCK)),
    ];
    return asks[roll(asks.length)]?.();
  };

  for (let round = 0; round < 40; round += 1) {
    await Promise.all(Array.from({ length: 8 }, ask));
    const ledger = await catalog.db.query<LedgerRow>('test.ledger', LEDGER);
    for (const row of ledger) {
      expect(row.reserved).toBe(row.held);
      expect(row.active).toBe(row.held);
      expect(row.onHand).toBe(row.came - row.consumed);
      expect(row.reserved).toBeLessThanOrEqual(row.onHand);
    }
  }
  expect(await catalog.unaccounted()).toEqual([]);
  const ends = await catalog.db.query<{ state: string }>(
    'test.ends',
    'select distinct state from holds order by state',
  );
  const states = ends.map(({ state }) => state);
  expect(states).toEqual(expect.arrayContaining(['CONSUMED', 'EXPIRED', 'REFUSED', 'RELEASED']));
});
