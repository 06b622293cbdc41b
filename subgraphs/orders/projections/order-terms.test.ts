import { hash } from 'node:crypto';
import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fulfillmentId } from '../fulfillments/types.js';
import { orderId } from '../present.js';
import { customer, openTestOrders, product, STAFF, type TestOrders } from '../testing/orders.js';
import { confirm, shipWhole } from '../testing/steps.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
  orders.products.set('TEE-RED', { ...product('TEE-RED', 1000), title: 'Tee, long-sleeve' });
});
afterAll(() => orders.close());

const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  orders
    .as(ANONYMOUS)
    .db.query<Row & Record<string, unknown>>(`test.${hash('md5', text)}`, text, values);

const HOME = {
  name: 'Zoë-Mae Łącka',
  line1: '12 St. James’s Sq',
  line2: null,
  city: 'Køln',
  postalCode: 'SW1Y 4LB',
  country: 'GB',
};
const GOODS = ['a', 'b', 'product'];
const PERSON = [
  '12',
  '4lb',
  'james',
  "james's",
  's',
  'koln',
  'lacka',
  'mae',
  'sq',
  'st',
  'sw1y',
  'zoe',
  'zoe-mae',
];

/** What the order is found by; the same in both tables. */
async function termsOf(id: string): Promise<string[]> {
  await orders.project();
  const [kept] = await sql<{ terms: string[] }>(
    'select terms from terms_of_orders where order_id = $1',
    [id],
  );
  const rows = await sql<{ term: string }>(
    'select term from order_terms join orders on id = order_id and orders.placed_at = order_terms.placed_at where order_id = $1',
    [id],
  );
  expect(rows.map(({ term }) => term).sort()).toEqual([...(kept?.terms ?? [])].sort());
  return kept?.terms.sort() ?? [];
}

const LINES = [
  { sku: 'A', quantity: 1 },
  { sku: 'B', quantity: 1 },
];

it('finds an order by its number, the person, the address, its SKUs and titles', async () => {
  const { id, number } = await orders.place({ lines: LINES, shippingAddress: HOME });
  expect(await termsOf(id)).toEqual([String(number), ...PERSON, ...GOODS].sort());
});

it('finds a SKU and a title whole and by what marks join in the title', async () => {
  const { id, number } = await orders.place({ lines: [{ sku: 'TEE-RED', quantity: 2 }] });
  const words = ['tee', 'long-sleeve', 'long', 'sleeve', 'tee-red'];
  expect(await termsOf(id)).toEqual([String(number), ...words].sort());
});

it('goes with an edit: what is new is found, what is gone is not', async () => {
  const buyer = customer();
  const { id } = await orders.place({ lines: LINES, shippingAddress: HOME }, buyer);
  await confirm(orders, await orders.order(id));
  const before = await termsOf(id);
  const { data } = await orders.ask<{ editOrder: { userErrors: object[] } }>(
    `mutation($input: EditOrderInput!) { editOrder(input: $input) { userErrors { code message } } }`,
    { input: { orderId: orderId.encode(id), shippingAddress: { ...HOME, city: 'Bath' } } },
    buyer,
  );
  expect(data.editOrder.userErrors).toEqual([]);
  const after = before.map((term) => (term === 'koln' ? 'bath' : term));
  expect(await termsOf(id)).toEqual(after.sort());
});

it('finds an order by the tracking number of its parcel, also the corrected one', async () => {
  const { id } = await confirm(orders, await orders.place());
  await shipWhole(orders, id);
  const before = await termsOf(id);
  const [parcel] = await orders.as(STAFF).loaders.fulfillments.load(id);
  const track = async (trackingNumber: string) => {
    const { errors } = await orders.ask(
      `mutation($input: TrackingInput!) { updateFulfillmentTracking(input: $input) { userErrors { code } } }`,
      { input: { fulfillmentId: fulfillmentId.encode(parcel?.id ?? ''), trackingNumber } },
      STAFF,
    );
    expect(errors).toEqual([]);
  };
  await track('JD-014');
  expect(await termsOf(id)).toEqual([...before, 'jd-014'].sort());
  await track('JD-015');
  expect(await termsOf(id)).toEqual([...before, 'jd-015'].sort());
});

it('forgets the person of one who deleted their account, and what is sold to nobody stays found', async () => {
  const buyer = customer();
  const { id, number } = await orders.place({ lines: LINES, shippingAddress: HOME }, buyer);
  const other = await orders.place({ lines: LINES, shippingAddress: HOME });
  await orders.project();
  await orders.commands.forgetCustomer({ customerId: buyer.userId });
  expect(await termsOf(id)).toEqual([String(number), ...GOODS].sort());
  await confirm(orders, await orders.order(id));
  await shipWhole(orders, id);
  expect(await termsOf(id)).toEqual([String(number), ...GOODS].sort());
  expect(await termsOf(other.id)).toContain('koln');
});
