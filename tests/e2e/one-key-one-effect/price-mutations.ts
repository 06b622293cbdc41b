import { productOf, type Request, type Stage } from './stage.js';

/** What staff do with prices, and where they publish products. */
export const PRICE_MUTATIONS: Record<string, (stage: Stage) => Promise<Request>> = {
  setPrices: async ({ shop }) => ({
    as: shop.staff,
    input: { prices: [{ sku: await shop.product(), price: '2.00' }] },
    other: { reason: 'Sale' },
    wrong: { prices: [{ sku: 'NONE', price: '2.00' }] },
  }),
  withdrawPrice: async (stage) => ({
    as: stage.shop.staff,
    input: { priceId: await priceToCome(stage) },
    other: { priceId: await priceToCome(stage) },
    wrong: { priceId: 'nonsense' },
  }),
  createQuote: async (stage) => {
    const sku = await stage.shop.product();
    return {
      as: stage.customer,
      input: { lines: [{ sku, quantity: 1 }] },
      other: { lines: [{ sku, quantity: 2 }] },
      wrong: { lines: [] },
    };
  },
  publishProducts: async ({ shop }) => ({
    as: shop.staff,
    input: { productIds: [await productOf(shop)] },
    other: { productIds: [await productOf(shop)] },
    wrong: { productIds: ['nonsense'] },
  }),
  unpublishProducts: async ({ shop }) => ({
    as: shop.staff,
    input: { productIds: [await productOf(shop)] },
    other: { productIds: [await productOf(shop)] },
    wrong: { productIds: ['nonsense'] },
  }),
};

async function priceToCome({ shop }: Stage): Promise<string | undefined> {
  const line = { sku: await shop.product(), price: '2.00', validFrom: '2999-01-01T00:00:00Z' };
  const { setPrices } = await shop.staff.ask<{ setPrices: { prices: Array<{ id: string }> } }>(
    'mutation ($input: SetPricesInput!) { setPrices(input: $input) { prices { id } } }',
    { input: { prices: [line] } },
  );
  return setPrices.prices[0]?.id;
}
