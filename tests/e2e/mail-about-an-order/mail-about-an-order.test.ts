import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelOrder, placed, ship, stepsUntil } from '../../support/orders.js';
import { type Customer, openShop, type Shop } from '../../support/shop.js';

describe('mail about an order', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop?.close());

  async function subjects({ email }: Customer): Promise<string[]> {
    const mails = await shop.mails();
    const own = mails.filter(({ to }) => to.some((address) => address.includes(email)));
    const subjects = own.map(({ subject }) => subject).toSorted();
    return subjects.filter((subject) => subject.includes('(order '));
  }

  async function order(customer: Customer, quantity: number, paymentMethod = 'pm_card_approve') {
    const sku = await shop.product({ onHand: 5 });
    const lines = [{ sku, quantity }];
    return placed(customer, { lines, paymentMethod, notifyCustomer: true });
  }

  it('is sent when it is placed, confirmed and shipped', async () => {
    const customer = await shop.customer();
    const orderId = await order(customer, 1);
    await stepsUntil(customer, orderId, 'CONFIRMED');
    await ship(shop.staff, orderId);
    await expect.poll(() => subjects(customer)).toHaveLength(3);
    expect(await subjects(customer)).toEqual([
      expect.stringContaining('We have your order'),
      expect.stringContaining('Your order is confirmed'),
      expect.stringContaining('Your order is on its way'),
    ]);
  });

  it('is sent when it fails and when it is cancelled', async () => {
    const [failing, cancelling] = await Promise.all([shop.customer(), shop.customer()]);
    await order(failing, 1, 'pm_card_decline');
    const orderId = await order(cancelling, 1);
    await cancelOrder(cancelling, { orderId });
    await expect
      .poll(() => subjects(failing))
      .toContainEqual(expect.stringMatching(/could not be completed/));
    await expect
      .poll(() => subjects(cancelling))
      .toContainEqual(expect.stringMatching(/is cancelled/));
  });

  it('is sent as far as the customer wants it', async () => {
    const customer = await shop.customer();
    await customer.ask(
      'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { id } } }',
      { input: { unwantedMail: ['PLACED', 'SHIPPED'] } },
    );
    const orderId = await order(customer, 1);
    await stepsUntil(customer, orderId, 'CONFIRMED');
    await ship(shop.staff, orderId);
    await stepsUntil(customer, orderId, 'SHIPPED');
    const last = await order(customer, 1, 'pm_card_decline');
    await stepsUntil(customer, last, 'FAILED');
    await expect.poll(() => subjects(customer)).toHaveLength(2);
    expect(await subjects(customer)).toEqual([
      expect.stringContaining('Your order could not be completed'),
      expect.stringContaining('Your order is confirmed'),
    ]);
  });

  it('is not sent to a customer who wants none', async () => {
    const [silent, loud] = await Promise.all([shop.customer(), shop.customer()]);
    const sku = await shop.product();
    const quiet = await placed(silent, { lines: [{ sku, quantity: 1 }], notifyCustomer: false });
    await stepsUntil(silent, quiet, 'CONFIRMED');
    await order(loud, 1);
    // Placed later: once its mails are here, those of the earlier one would be, too.
    await expect.poll(() => subjects(loud)).toHaveLength(2);
    expect(await subjects(silent)).toEqual([]);
  });
});
