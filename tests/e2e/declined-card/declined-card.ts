import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { follow, gapless, placed, stepsUntil } from '../../support/orders.js';
import type { Customer, Shop } from '../../support/shop.js';
import type { InBoth } from '../in-both-topologies.js';

const PAYMENTS = `query ($id: ID!) {
  order(id: $id) { paymentStatus payments { state failureCode captured { amount } } }
}`;

export const aDeclinedCard = ({ shop: shopOf }: InBoth) =>
  describe('an order whose card is declined', () => {
    let shop: Shop;
    let customer: Customer;

    beforeAll(async () => {
      shop = shopOf();
      customer = await shop.customer();
    });

    it('fails for good, and its stock is released', async () => {
      const sku = await shop.product({ onHand: 3 });
      const lines = [{ sku, quantity: 3 }];
      const orderId = await placed(customer, { lines, paymentMethod: 'pm_card_decline' });
      const steps = await stepsUntil(customer, orderId, 'FAILED');
      expect(steps.map(({ to }) => to)).toContain('CANCELLING');
      expect(steps.map(({ seq }) => seq)).toEqual(gapless(steps));
      expect(await shop.stock(sku)).toEqual({ onHand: 3, reserved: 0, available: 3 });
      expect(await customer.ask(PAYMENTS, { id: orderId })).toMatchObject({
        order: { payments: [{ state: 'DECLINED', captured: { amount: '0.00' } }] },
      });
    });

    it('may be paid with another card after a soft decline', async () => {
      const sku = await shop.product();
      const orderId = await placed(customer, {
        lines: [{ sku, quantity: 1 }],
        idempotencyKey: randomUUID(),
        paymentMethod: 'pm_card_insufficient_funds',
      });
      const subscription = await follow(customer, orderId);
      await subscription.until(({ orderUpdates }) => orderUpdates.type === 'PAYMENT_DECLINED');
      await customer.ask(
        'mutation ($input: PayOrderInput!) { payOrder(input: $input) { userErrors { code } } }',
        { input: { orderId, paymentMethod: 'pm_card_approve' } },
      );
      await subscription.until(({ orderUpdates }) => orderUpdates.to === 'CONFIRMED');
      await subscription.close();
      expect(await shop.stock(sku)).toMatchObject({ reserved: 1 });
    });
  });
