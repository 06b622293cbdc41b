import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { orderId } from '../present.js';
import type { TestOrders } from './orders.js';

export interface ShownDraft {
  id: string;
  number: string | null;
  status: string;
  reason: string | null;
  total: { amount: string; currency: string };
  customer: { id: string } | null;
  lines: Array<{
    lineNumber: number;
    sku: string;
    quantity: number;
    unitPrice: { amount: string };
  }>;
  quote: {
    total: { amount: string };
    isPlaceable: boolean;
    lines: Array<{
      sku: string;
      unitPrice: { amount: string } | null;
      priceChanged: boolean;
      sellable: boolean;
      available: boolean;
    }>;
  } | null;
}

export interface DraftAnswer {
  order: ShownDraft | null;
  token?: string | null;
  userErrors: Array<{ code: string; field: string[] | null; message: string }>;
}

export const DRAFT = `id number status reason total { amount currency } customer { id }
  lines { lineNumber sku quantity unitPrice { amount } }
  quote { total { amount } isPlaceable lines { sku unitPrice { amount } priceChanged sellable available } }`;

const INPUTS = {
  createDraft: 'CreateDraftInput',
  addDraftLines: 'AddDraftLinesInput',
  setDraftLines: 'SetDraftLinesInput',
  updateDraft: 'UpdateDraftInput',
  placeDraft: 'PlaceDraftInput',
  discardDraft: 'DiscardDraftInput',
  mergeDraft: 'MergeDraftInput',
} as const;

type Do = (input?: object) => Promise<DraftAnswer>;

/** The mutations of drafts, as one person or as nobody. */
export type Shopper = Record<keyof typeof INPUTS, Do>;

export function shopper(orders: TestOrders, identity: Identity = ANONYMOUS): Shopper {
  const names = Object.keys(INPUTS) as Array<keyof typeof INPUTS>;
  const run = async (name: keyof typeof INPUTS, input: object = {}) => {
    const token = name === 'createDraft' ? 'token' : '';
    const source = `mutation($input: ${INPUTS[name]}!) {
      ${name}(input: $input) { order { ${DRAFT} } ${token} userErrors { code field message } } }`;
    const { data, errors } = await orders.ask<Record<string, DraftAnswer>>(
      source,
      { input },
      identity,
    );
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data[name] as DraftAnswer;
  };
  return Object.fromEntries(
    names.map((name) => [name, (input?: object) => run(name, input)]),
  ) as Shopper;
}

/** A guest's draft of so many `A`, ready to be placed, and what opens it. */
export async function guestDraft(orders: TestOrders, quantity = 1) {
  const { order, token } = await shopper(orders).createDraft({
    lines: [{ sku: 'A', quantity }],
    paymentMethod: 'pm_card_approve',
    contactEmail: 'guest@example.com',
  });
  return { id: bare(order), draftId: order?.id as string, token: token as string };
}

/** The bare id of what was answered. */
export function bare(order: Pick<ShownDraft, 'id'> | null): string {
  return orderId.decode(order?.id ?? '') ?? '';
}

export const codesOf = ({ userErrors }: DraftAnswer): string[] =>
  userErrors.map(({ code, field }) => `${code} ${field?.join('.')}`);

export const unitsOf = ({ order }: DraftAnswer): string[] | undefined =>
  order?.lines.map(({ sku, quantity }) => `${quantity}x${sku}`);

export const placing = (changes: object = {}) => ({ idempotencyKey: newId(), ...changes });
