import type { HeldUnits } from '@waybill/schema/commands.js';
import type { WholeOrder } from '../order-parts.js';
import { refuseCancelling } from '../rules/cancellation.js';
import { refuseDraft, refusePlacing } from '../rules/draft.js';
import { refuseEditing } from '../rules/edit.js';
import { refuseHold, refusePacking, refuseRelease } from '../rules/fulfillment.js';
import { refuseLineCancellation } from '../rules/line-cancellation.js';
import { refuseMoves } from '../rules/parcels.js';
import { refusePayment } from '../rules/payment-refusal.js';
import { refuseRefund } from '../rules/plan-refund.js';
import { type Refusal, type RefusalCode, refusal } from '../rules/refusal.js';
import { refuseOpenReturn, refuseReturn } from '../rules/return.js';
import { refuseDelivery, refuseShipment, refuseShippingRest } from '../rules/shipment.js';

/** Who asks, each with all that the ones before may do; a guest has the token of the order. */
const RANKS = ['GUEST', 'CUSTOMER', 'STAFF'] as const;
export type Rank = (typeof RANKS)[number];

interface Action {
  mutation: string;
  /** Who may do it at all. */
  by: Rank;
  /** Why it cannot be done now: by the guard that the mutation itself goes by. */
  refuse(order: WholeOrder, rank: Rank, held: HeldUnits[]): Refusal | undefined;
}

/** A guard that asks what of the order is on hand. */
function ofHeld(refuse: (order: WholeOrder, held: HeldUnits[]) => Refusal | undefined) {
  return (order: WholeOrder, _: Rank, held: HeldUnits[]) => refuse(order, held);
}

/** Actions of which the answer depends on what is on hand. */
export const OF_STOCK: readonly string[] = ['FULFILL', 'CREATE_FULFILLMENT'];

/** All that can be done with an order, in the order in which its life makes it possible. */
export const ACTIONS = {
  ADD_DRAFT_LINES: { mutation: 'addDraftLines', by: 'GUEST', refuse: refuseDraft },
  SET_DRAFT_LINES: { mutation: 'setDraftLines', by: 'GUEST', refuse: refuseDraft },
  UPDATE_DRAFT: { mutation: 'updateDraft', by: 'GUEST', refuse: refuseDraft },
  PLACE_DRAFT: { mutation: 'placeDraft', by: 'GUEST', refuse: refusePlacing },
  DISCARD_DRAFT: { mutation: 'discardDraft', by: 'GUEST', refuse: refuseDraft },
  PAY: {
    mutation: 'payOrder',
    by: 'GUEST',
    refuse: (order, rank) => refusePayment(order, rank === 'STAFF'),
  },
  CANCEL: {
    mutation: 'cancelOrder',
    by: 'GUEST',
    refuse: (order, rank) => refuseCancelling(order, rank === 'STAFF'),
  },
  EDIT: {
    mutation: 'editOrder',
    by: 'CUSTOMER',
    refuse: (order, rank) => refuseEditing(order, rank === 'STAFF'),
  },
  CANCEL_LINES: { mutation: 'cancelOrderLines', by: 'STAFF', refuse: refuseLineCancellation },
  SET_FULFILLMENT_HOLD: { mutation: 'setFulfillmentHold', by: 'STAFF', refuse: refuseHold },
  RELEASE_FULFILLMENT_HOLD: { mutation: 'setFulfillmentHold', by: 'STAFF', refuse: refuseRelease },
  FULFILL: { mutation: 'fulfillOrders', by: 'STAFF', refuse: ofHeld(refuseShippingRest) },
  CREATE_FULFILLMENT: { mutation: 'createFulfillment', by: 'STAFF', refuse: ofHeld(refusePacking) },
  SPLIT_FULFILLMENT: {
    mutation: 'splitFulfillment',
    by: 'STAFF',
    refuse: (order) => refuseMoves(order, 'split'),
  },
  CANCEL_FULFILLMENT: {
    mutation: 'cancelFulfillment',
    by: 'STAFF',
    refuse: (order) => refuseMoves(order, 'unpack'),
  },
  SHIP_FULFILLMENT: { mutation: 'shipFulfillment', by: 'STAFF', refuse: refuseShipment },
  UPDATE_FULFILLMENT_TRACKING: {
    mutation: 'updateFulfillmentTracking',
    by: 'STAFF',
    refuse: (order) => refuseMoves(order, 'track'),
  },
  DELIVER_FULFILLMENT: {
    mutation: 'deliverFulfillment',
    by: 'STAFF',
    refuse: refuseDelivery,
  },
  REQUEST_RETURN: { mutation: 'requestReturn', by: 'GUEST', refuse: refuseReturn },
  CANCEL_RETURN: { mutation: 'cancelReturn', by: 'GUEST', refuse: refuseOpenReturn },
  REJECT_RETURN: { mutation: 'rejectReturn', by: 'STAFF', refuse: refuseOpenReturn },
  RECEIVE_RETURN: { mutation: 'receiveReturn', by: 'STAFF', refuse: refuseOpenReturn },
  RECORD_RETURN: { mutation: 'recordReturn', by: 'STAFF', refuse: refuseReturn },
  REFUND: { mutation: 'refundOrder', by: 'STAFF', refuse: refuseRefund },
} satisfies Record<string, Action>;
export type OrderAction = keyof typeof ACTIONS;

export const ORDER_ACTIONS = Object.keys(ACTIONS) as OrderAction[];

/** Whether one thing can be done now, and if not, why not and what to do instead; all three null where it can. */
export interface ActionState {
  action: OrderAction;
  mutation: string;
  allowed: boolean;
  code: RefusalCode | null;
  reason: string | null;
  nextStep: string | null;
}

/** What somebody of this rank can do with the order; `only` some, or all that may be done by it. `held` by the catalog. */
export function actionsOf(
  order: WholeOrder,
  rank: Rank,
  only: readonly OrderAction[] = ORDER_ACTIONS.filter((action) => mayBeBy(rank, action)),
  held: HeldUnits[] = [],
): ActionState[] {
  return only.map((action) => {
    const { mutation, refuse }: Action = ACTIONS[action];
    const refusing = mayBeBy(rank, action) ? refuse(order, rank, held) : refuseRank(rank, action);
    return {
      action,
      mutation,
      allowed: refusing === undefined,
      code: refusing?.why ?? null,
      reason: refusing?.error.message ?? null,
      nextStep: refusing?.nextStep ?? null,
    };
  });
}

function mayBeBy(rank: Rank, action: OrderAction): boolean {
  return RANKS.indexOf(rank) >= RANKS.indexOf(ACTIONS[action].by);
}

function refuseRank(rank: Rank, action: OrderAction): Refusal {
  if (ACTIONS[action].by === 'STAFF')
    return refusal('STAFF_ONLY', 'Only staff can do this.', 'Ask staff.');
  const message = `This cannot be done by a ${rank.toLowerCase()}.`;
  return refusal('UNAUTHENTICATED', message, 'Log in first: logIn.');
}
