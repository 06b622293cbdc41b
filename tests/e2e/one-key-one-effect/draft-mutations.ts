import type { Customer } from '../../support/shop.js';
import { eventsOf, type Request, type Stage } from './stage.js';

export const DRAFT_MUTATIONS: Record<string, (stage: Stage) => Promise<Request>> = {
  createDraft: async ({ shop }) => ({
    as: shop.staff,
    input: { lines: [{ sku: await shop.product(), quantity: 1 }] },
    other: { lines: [] },
    wrong: { currency: 'QQQ' },
  }),
  addDraftLines: async (stage) => {
    const { id, as, sku } = await cart(stage);
    return {
      as,
      input: { lines: [{ sku, quantity: 2 }] },
      other: { lines: [] },
      wrong: { lines: [{ sku, quantity: 0 }] },
      effects: () => eventsOf(stage, id, 'DRAFT_CHANGED'),
    };
  },
  setDraftLines: async (stage) => {
    const { id, as, sku } = await cart(stage);
    return {
      as,
      input: { lines: [{ sku, quantity: 2 }] },
      other: { replaceAll: true },
      wrong: { lines: [{ sku, quantity: -1 }] },
      effects: () => eventsOf(stage, id, 'DRAFT_CHANGED'),
    };
  },
  updateDraft: async (stage) => {
    const { id, as } = await cart(stage);
    return {
      as,
      input: { shippingAddress: HOME },
      other: { shippingAddress: null },
      wrong: { shippingAddress: { ...HOME, name: '' } },
      effects: () => eventsOf(stage, id, 'DRAFT_CHANGED'),
    };
  },
  placeDraft: async (stage) => {
    const { id, as } = await cart(stage);
    return {
      as,
      input: { expectedTotal: '10.00' },
      other: { expectedTotal: '10' },
      wrong: { expectedTotal: '1.00' },
      effects: () => eventsOf(stage, id, 'PLACED'),
    };
  },
  discardDraft: async (stage) => {
    const { id, as } = await cart(stage);
    return {
      as,
      input: { draftId: id },
      other: { draftId: 'Order_x' },
      wrong: { draftId: 'nonsense' },
      effects: () => eventsOf(stage, id, 'DRAFT_CLOSED'),
    };
  },
  mergeDraft: async (stage) => {
    const { id, as } = await cart(stage);
    return {
      as,
      input: { token: await guestsToken(stage) },
      other: { token: await guestsToken(stage) },
      wrong: { token: 'nonsense' },
      effects: () => eventsOf(stage, id, 'DRAFT_MERGED'),
    };
  },
};

const HOME = {
  name: 'Ada',
  line1: '12 St James Square',
  city: 'London',
  postalCode: 'SW1',
  country: 'GB',
};

interface Created {
  createDraft: { order: { id: string }; token: string | null };
}

const CREATE = `mutation ($input: CreateDraftInput!) {
  createDraft(input: $input) { order { id } token } }`;

/** A new customer's cart, ready to be placed for 10.00. */
async function cart({ shop }: Stage): Promise<{ as: Customer; id: string; sku: string }> {
  const [as, sku] = await Promise.all([shop.customer(), shop.product()]);
  const input = { lines: [{ sku, quantity: 1 }], paymentMethod: 'pm_card_approve' };
  const { createDraft } = await as.ask<Created>(CREATE, { input });
  return { as, id: createDraft.order.id, sku };
}

async function guestsToken({ shop }: Stage): Promise<string> {
  const { createDraft } = await shop.nobody.ask<Created>(CREATE, { input: {} });
  return createDraft.token ?? '';
}
