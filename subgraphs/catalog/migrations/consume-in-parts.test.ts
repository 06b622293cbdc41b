import { openDatabase } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { expect, it } from 'vitest';
import { VariantTable } from '../tables.js';
import { openTestCatalog } from '../testing/catalog.js';
import { CreateCatalog } from './20261120-create-catalog.js';

/** A catalog as it was, with a hold of 3 units in each state. */
async function earlierCatalog(holds: Record<string, string>): Promise<string> {
  const url = await testDatabase();
  const db = await openDatabase({ url, entities: [VariantTable], migrations: [CreateCatalog] });
  const productId = newId();
  await db.query(
    'test.product',
    `insert into products (id, sku, title, price_minor, currency, on_hand, reserved)
     values ($1, 'A', 'A', 100, 'GBP', 10, 6)`,
    [productId],
  );
  for (const [state, orderId] of Object.entries(holds)) {
    await db.query(
      'test.hold',
      `with hold as (insert into holds (order_id, state, expires_at)
                     values ($1, $2, now() + interval '1 hour') returning order_id)
       insert into hold_items select order_id, $3, 3 from hold`,
      [orderId, state, productId],
    );
  }
  await db.close();
  return url;
}

it('takes over what was held, and how it ended', async () => {
  const ids = Object.fromEntries(
    ['HELD', 'COMMITTED', 'CONSUMED', 'RELEASED', 'EXPIRED'].map((state) => [state, newId()]),
  );
  const catalog = await openTestCatalog(await earlierCatalog(ids));
  const held = Object.entries(ids).map(async ([state, id]) => [state, await catalog.held(id)]);
  const of = (consumed: number, released: number) => [
    { sku: 'A', quantity: 3, consumed, released },
  ];
  expect(Object.fromEntries(await Promise.all(held))).toEqual({
    HELD: of(0, 0),
    COMMITTED: of(0, 0),
    CONSUMED: of(3, 0),
    RELEASED: of(0, 3),
    EXPIRED: of(0, 3),
  });

  const items = [{ sku: 'A', quantity: 3 }];
  const shipment = { orderId: ids.COMMITTED ?? '', shipmentId: newId(), items };
  expect(await catalog.commands.consumeStock([shipment])).toEqual([{ outcome: 'CONSUMED' }]);
  const twice = { orderId: ids.CONSUMED ?? '', shipmentId: newId(), items };
  expect(await catalog.commands.consumeStock([twice])).toEqual([{ outcome: 'NOT_COMMITTED' }]);
  expect(await catalog.counts('A')).toEqual({ onHand: 7, reserved: 3 });
  await catalog.close();
});
