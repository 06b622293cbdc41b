import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../support/client.js';
import { gapless, ship, stepsUntil } from '../../support/orders.js';
import { openShop, type Shop } from '../../support/shop.js';

interface Draft {
  id: string;
  status: string;
  total: { amount: string };
  quote: { total: { amount: string }; isPlaceable: boolean } | null;
}

interface Answer {
  order: Draft | null;
  token?: string | null;
  userErrors: Array<{ code: string }>;
}

/** One mutation of drafts that is not refused. */
async function draft(who: Client, name: string, input: object): Promise<Answer> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const data = await who.ask<Record<string, Answer>>(
    `mutation ($input: ${type}!) { ${name}(input: $input) {
       order { id status total { amount } quote { total { amount } isPlaceable } }
       ${name === 'createDraft' ? 'token' : ''}
       userErrors { code } } }`,
    { input },
  );
  const answer = data[name] as Answer;
  expect(answer.userErrors).toEqual([]);
  return answer;
}

const ADDRESS = {
  name: 'Ada Lovelace',
  line1: '12 St James Square',
  city: 'London',
  postalCode: 'SW1Y 4JH',
  country: 'GB',
};

describe('a cart', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop?.close());

  it('is filled by a guest, who registers, merges it, places it and watches it confirmed', async () => {
    const sku = await shop.product({ price: '12.50', onHand: 10 });
    const { token } = await draft(shop.nobody, 'createDraft', { lines: [{ sku, quantity: 1 }] });
    const { order } = await draft(shop.nobody, 'addDraftLines', {
      token,
      lines: [{ sku, quantity: 1 }],
    });
    expect(order).toMatchObject({ status: 'DRAFT', quote: { isPlaceable: true } });

    const ada = await shop.customer('Ada Lovelace');
    await draft(ada, 'addDraftLines', { lines: [{ sku, quantity: 3 }] });
    const merged = await draft(ada, 'mergeDraft', { token });
    expect(merged.order).toMatchObject({ total: { amount: '62.50' } });
    expect((await ada.ask<{ cart: Draft }>('{ cart { id } }')).cart.id).toBe(merged.order?.id);
    const { guestOrder } = await shop.nobody.ask<{ guestOrder: null }>(
      'query ($token: String!) { guestOrder(token: $token) { id } }',
      { token },
    );
    expect(guestOrder).toBe(null);

    await draft(ada, 'updateDraft', { paymentMethod: 'pm_card_approve', shippingAddress: ADDRESS });
    const placed = await draft(ada, 'placeDraft', {
      idempotencyKey: randomUUID(),
      expectedTotal: merged.order?.quote?.total.amount,
    });
    expect(placed.order).toMatchObject({ id: merged.order?.id, status: 'PENDING', quote: null });
    const steps = await stepsUntil(ada, merged.order?.id ?? '', 'CONFIRMED');
    expect(steps.map(({ seq }) => seq)).toEqual(gapless(steps));
    expect(steps.map(({ type }) => type)).toEqual([
      'DRAFTED',
      'DRAFT_MERGED',
      'DRAFT_CHANGED',
      'PLACED',
      'VALIDATED',
      'RESERVED',
      'AUTHORIZED',
      'CONFIRMED',
    ]);
    expect(await shop.stock(sku)).toEqual({ onHand: 10, reserved: 5, available: 5 });
  });

  it('is bought by a guest, who follows the order by its token and gets mail', async () => {
    const sku = await shop.product({ price: '12.50', onHand: 5 });
    const contactEmail = `${randomUUID()}@example.com`;
    const { order, token } = await draft(shop.nobody, 'createDraft', {
      lines: [{ sku, quantity: 2 }],
      paymentMethod: 'pm_card_approve',
      shippingAddress: ADDRESS,
      contactEmail,
    });
    const updates = await shop.nobody.subscribe<{
      guestOrderUpdates: { seq: number; to: string; order: Draft };
    }>(
      `subscription ($token: String!) { guestOrderUpdates(token: $token) {
         seq to order { id status total { amount } } } }`,
      { token },
    );
    await draft(shop.nobody, 'placeDraft', { token, idempotencyKey: randomUUID() });
    const told = await updates.until(({ guestOrderUpdates: { to } }) => to === 'CONFIRMED');
    await updates.close();
    expect(told.map(({ guestOrderUpdates: { seq } }) => seq)).toEqual(gapless(told));
    expect(told.at(-1)?.guestOrderUpdates.order).toMatchObject({
      id: order?.id,
      status: 'CONFIRMED',
      total: { amount: '25.00' },
    });
    await ship(shop.staff, order?.id ?? '');
    const subjects = async () => {
      const mails = await shop.mails();
      const own = mails.filter(({ to }) => to.some((address) => address.includes(contactEmail)));
      return own.map(({ subject }) => subject.split(' (')[0]).toSorted();
    };
    await expect
      .poll(subjects, { timeout: 15_000 })
      .toEqual(['We have your order', 'Your order is confirmed', 'Your order is on its way']);
    const hidden = await shop.nobody.ask<{ order: null }>(
      'query ($id: ID!) { order(id: $id) { id } }',
      { id: order?.id },
    );
    expect(hidden.order).toBe(null);
  });
});
