import { beforeAll, describe, expect, it } from 'vitest';
import { gapless, placed, ship, stepsUntil } from '../../support/orders.js';
import type { Customer, Shop } from '../../support/shop.js';
import type { InBoth } from '../in-both-topologies.js';

interface Update {
  orderUpdates: {
    seq: number;
    to: string;
    order: {
      status: string;
      customer: { name: string };
      lines: Array<{ quantity: number; variant: { title: string } }>;
      payments: Array<{ state: string; captured: { amount: string } }>;
    };
  };
}

const UPDATES = `subscription ($orderId: ID!) {
  orderUpdates(orderId: $orderId) {
    seq
    to
    order {
      status
      customer { name }
      lines { quantity variant { title } }
      payments { state captured { amount } }
    }
  }
}`;

export const aPaidOrder = ({ shop: shopOf }: InBoth) =>
  describe('a paid order', () => {
    let shop: Shop;
    let customer: Customer;

    beforeAll(async () => {
      shop = shopOf();
      customer = await shop.customer('Ada Lovelace');
    });

    it('reaches CONFIRMED step by step', async () => {
      const sku = await shop.product({ price: '12.50', onHand: 5 });
      const orderId = await placed(customer, { lines: [{ sku, quantity: 2 }] });
      const steps = await stepsUntil(customer, orderId, 'CONFIRMED');
      expect(steps.map(({ to }) => to)).toEqual([
        'PENDING',
        'VALIDATED',
        'RESERVED',
        'AUTHORIZED',
        'CONFIRMED',
      ]);
      expect(steps.map(({ seq }) => seq)).toEqual(gapless(steps));
      expect(await shop.stock(sku)).toEqual({ onHand: 5, reserved: 2, available: 3 });
    });

    it('shows its subscriber what the other subgraphs know, at every step', async () => {
      const sku = await shop.product({ price: '12.50', title: 'Stoneware teapot' });
      const orderId = await placed(customer, { lines: [{ sku, quantity: 2 }] });
      const subscription = await customer.subscribe<Update>(UPDATES, { orderId });
      const updates = await subscription.until(
        ({ orderUpdates }) => orderUpdates.to === 'CONFIRMED',
      );
      await subscription.close();

      expect(updates.map(({ orderUpdates }) => orderUpdates.seq)).toEqual(gapless(updates));
      for (const { orderUpdates } of updates) {
        expect(orderUpdates.order.customer.name).toBe('Ada Lovelace');
        expect(orderUpdates.order.lines).toEqual([
          { quantity: 2, variant: { title: 'Stoneware teapot' } },
        ]);
      }
      expect(updates.at(-1)?.orderUpdates.order).toMatchObject({
        status: 'CONFIRMED',
        payments: [{ state: 'CAPTURED', captured: { amount: '25.00' } }],
      });
    });

    it('is shipped by staff, and its units leave the building', async () => {
      const sku = await shop.product({ onHand: 5 });
      const orderId = await placed(customer, { lines: [{ sku, quantity: 2 }] });
      await stepsUntil(customer, orderId, 'CONFIRMED');
      await ship(shop.staff, orderId);
      const steps = await stepsUntil(customer, orderId, 'SHIPPED');
      expect(steps.map(({ seq }) => seq)).toEqual(gapless(steps));
      expect(await shop.stock(sku)).toEqual({ onHand: 3, reserved: 0, available: 3 });
    });

    it('is in the reports of staff a moment later, and so is the quote that it was made of', async () => {
      const sku = await shop.product({ price: '98000.00', title: 'Gilded teapot' });
      const quoteId = await quoted(customer, sku);
      await placed(customer, { quoteId });
      const sold = {
        sku,
        variant: { title: 'Gilded teapot' },
        figures: { orders: 1, units: 1, net: { amount: '98000.00' } },
      };
      const report = async () => (await shop.staff.ask<Reports>(REPORTS)).salesByProduct.edges[0];
      await expect.poll(report, { timeout: 10_000 }).toEqual({ node: sold });
      const { quoteConversion } = await shop.staff.ask<Reports>(REPORTS);
      expect(quoteConversion.edges).toEqual([
        { node: { storefront: { code: 'main' }, made: { count: 1 }, placed: { count: 1 } } },
      ]);
    });
  });

interface Reports {
  salesByProduct: { edges: Array<{ node: object }> };
  quoteConversion: { edges: Array<{ node: object }> };
}

const REPORTS = `{
  salesByProduct(first: 1) {
    edges { node { sku variant { title } figures { orders units net { amount } } } }
  }
  quoteConversion(by: STOREFRONT) {
    edges { node { storefront { code } made { count } placed { count } } }
  }
}`;

async function quoted(customer: Customer, sku: string): Promise<string> {
  const { createQuote } = await customer.ask<{ createQuote: { quote: { id: string } } }>(
    'mutation ($input: CreateQuoteInput!) { createQuote(input: $input) { quote { id } } }',
    { input: { lines: [{ sku, quantity: 1 }] } },
  );
  return createQuote.quote.id;
}
