import { hash } from 'node:crypto';
import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bare, type DraftAnswer, shopper } from '../testing/drafts.js';
import { customer, openTestOrders, type TestOrders } from '../testing/orders.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());

const sql = (text: string, values: unknown[] = []) =>
  orders.as(ANONYMOUS).db.query<{ id: string }>(`test.${hash('md5', text)}`, text, values);

const HOME = { name: 'Ada', line1: '12 St James Square', city: 'London', postalCode: 'SW1' };
const DRAFT = {
  lines: [{ sku: 'A', quantity: 1 }],
  paymentMethod: 'pm_card_approve',
  shippingAddress: { ...HOME, country: 'GB' },
};

const idOf = ({ order }: DraftAnswer) => bare({ id: order?.id ?? '' });

it('deletes open and ended drafts of the customer, and nothing else', async () => {
  const [ada, eve] = [customer(), customer()];
  orders.people.add(ada.userId);
  const draftOf = async (who: typeof ada) => idOf(await shopper(orders, who).createDraft(DRAFT));
  const thrownAway = await shopper(orders, ada).createDraft(DRAFT);
  await shopper(orders, ada).discardDraft({ draftId: thrownAway.order?.id });
  const placed = await shopper(orders, ada).createDraft(DRAFT);
  const placing = { idempotencyKey: newId(), draftId: placed.order?.id };
  expect((await shopper(orders, ada).placeDraft(placing)).userErrors).toEqual([]);
  await draftOf(ada);
  const others = await draftOf(eve);

  expect(await orders.commands.forgetCustomer({ customerId: ada.userId })).toEqual({ deleted: 2 });
  const left = await sql('select id from orders where customer_id = any($1) order by id', [
    [ada.userId, eve.userId],
  ]);
  expect(left.map(({ id }) => id)).toEqual([idOf(placed), others]);
  expect(await sql('select order_id from drafts')).toEqual([{ order_id: others }]);
  expect(await orders.commands.forgetCustomer({ customerId: ada.userId })).toEqual({ deleted: 0 });
});
