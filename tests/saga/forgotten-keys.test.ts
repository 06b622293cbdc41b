import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ordersAtWork } from '../support/orders-at-work.js';
import { STAFF, type System, startSystem } from '../support/system.js';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.close());

const AGE = `update idempotency_keys set created_at = now() - make_interval(hours => $2) where key = $1`;

it('the clock forgets keys that are older than a day, and no others', async () => {
  const sku = await ordersAtWork(system).product(1);
  const [old, recent] = [newId(), newId()];
  for (const [key, hours] of [
    [old, 25],
    [recent, 23],
  ] as const) {
    const source = `mutation($input: SetStockInput!) { setStock(input: $input) { userErrors { code } } }`;
    await system.ask('catalog', STAFF, source, {
      input: { lines: [{ sku, onHand: 5 }], idempotencyKey: key },
    });
    await system.sql('catalog', AGE, [key, hours]);
  }
  const kept = () => system.sql('catalog', 'select key from idempotency_keys');
  expect(await kept()).toHaveLength(2);
  await system.startWorkers();
  await expect.poll(kept).toEqual([{ key: recent }]);
});
