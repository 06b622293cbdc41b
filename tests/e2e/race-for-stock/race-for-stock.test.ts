import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placed } from '../../support/orders.js';
import { openShop, type Shop } from '../../support/shop.js';

const BUYERS = 200;
const UNITS = 10;
const SETTLED = new Set(['CONFIRMED', 'FAILED']);

describe(`${BUYERS} buyers racing for ${UNITS} units`, () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop?.close());

  it(`sells exactly ${UNITS}`, { timeout: 60_000 }, async () => {
    const sku = await shop.product({ onHand: UNITS });
    const buyers = await customers();
    const lines = [{ sku, quantity: 1 }];
    const ids = await Promise.all(
      buyers.map(({ id }) => placed(shop.staff, { lines, customerId: id })),
    );
    expect(new Set(ids).size).toBe(BUYERS);

    await expect
      .poll(async () => (await statuses(ids)).filter((status) => SETTLED.has(status)).length, {
        timeout: 50_000,
      })
      .toBe(BUYERS);
    const final = await statuses(ids);
    expect(final.filter((status) => status === 'CONFIRMED')).toHaveLength(UNITS);
    expect(await shop.stock(sku)).toEqual({ onHand: UNITS, reserved: UNITS, available: 0 });
  });

  /** Imported ones, for whom staff may order: they need no password to be hashed. */
  async function customers(): Promise<Array<{ id: string }>> {
    const { importCustomers } = await shop.staff.ask<{
      importCustomers: { users: Array<{ id: string }> };
    }>(
      'mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) { users { id } } }',
      {
        input: {
          customers: Array.from({ length: BUYERS }, (_, index) => ({
            externalId: `buyer-${index}`,
            name: `Buyer ${index}`,
          })),
        },
      },
    );
    return importCustomers.users;
  }

  /** By their ids, a hundred at a time. */
  async function statuses(ids: string[]): Promise<string[]> {
    const halves = [ids.slice(0, 100), ids.slice(100)];
    const answers = await Promise.all(
      halves.map((half) =>
        shop.staff.ask<{ nodes: Array<{ status: string }> }>(
          'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { status } } }',
          { ids: half },
        ),
      ),
    );
    return answers.flatMap(({ nodes }) => nodes.map(({ status }) => status));
  }
});
