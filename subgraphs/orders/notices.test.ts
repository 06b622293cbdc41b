import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestOrders, type TestOrders } from './testing/orders.js';

let orders: TestOrders;
let orderId: string;
beforeAll(async () => {
  orders = await openTestOrders();
  orderId = (await orders.place()).id;
});
afterAll(() => orders.close());

const claim = async (eventId: string) =>
  (await orders.commands.claimNotice({ eventId, orderId })).claim;

const age = (eventId: string) =>
  orders
    .as(ANONYMOUS)
    .db.query(
      'test.age',
      `update notices set claimed_at = now() - interval '61 seconds' where event_id = $1`,
      [eventId],
    );

it('one of many gets to send a notice', async () => {
  const eventId = newId();
  const claims = await Promise.all(Array.from({ length: 10 }, () => claim(eventId)));
  expect(claims.toSorted()).toEqual(['GRANTED', ...Array(9).fill('TAKEN')]);
});

it('what is sent is not sent again, however late', async () => {
  const eventId = newId();
  await claim(eventId);
  await orders.commands.settleNotice({ eventId });
  expect(await orders.commands.settleNotice({ eventId })).toEqual({ outcome: 'SETTLED' });
  await age(eventId);
  expect(await claim(eventId)).toBe('SETTLED');
});

it('a sender that died is replaced after a minute, by one', async () => {
  const eventId = newId();
  await claim(eventId);
  expect(await claim(eventId)).toBe('TAKEN');
  await age(eventId);
  const claims = await Promise.all([claim(eventId), claim(eventId)]);
  expect(claims.toSorted()).toEqual(['GRANTED', 'TAKEN']);
});

it('a notice that could not be sent can be claimed at once, one that was sent cannot', async () => {
  const eventId = newId();
  await claim(eventId);
  await orders.commands.giveBackNotice({ eventId });
  expect(await claim(eventId)).toBe('GRANTED');
  await orders.commands.settleNotice({ eventId });
  await orders.commands.giveBackNotice({ eventId });
  expect(await claim(eventId)).toBe('SETTLED');
});

it('each event has a notice of its own', async () => {
  expect(await Promise.all([claim(newId()), claim(newId())])).toEqual(['GRANTED', 'GRANTED']);
});
