import { userError } from '@waybill/kernel/graphql/user-error.js';
import type { FulfillmentState, WholeOrder } from '../order-parts.js';
import { OrdersErrorCode as Code } from '../user-errors.js';
import { notNow, SEND_BACK } from './not-now.js';
import { isShippable, type Planned } from './planned.js';
import { type Refusal, refusal, refused, timeOf } from './refusal.js';
import { sumOf } from './units.js';

type Status = FulfillmentState['status'];

/** Where a parcel has to be for what is done to it. */
const MOVES = {
  ship: ['OPEN', 'ON_HOLD'],
  split: ['OPEN'],
  track: ['OPEN', 'ON_HOLD', 'SHIPPING', 'SHIPPED'],
  unpack: ['OPEN', 'ON_HOLD'],
  deliver: ['SHIPPED'],
} satisfies Record<string, Status[]>;
export type ParcelMove = keyof typeof MOVES;

/** A plan for one of the order's fulfillments, if it is there and allows this. */
export function withFulfillment(
  order: WholeOrder,
  id: string,
  move: ParcelMove,
  plan: (fulfillment: FulfillmentState) => Planned,
): Planned {
  const fulfillment = order.fulfillments.find((each) => each.id === id);
  const field = ['fulfillmentId'];
  if (!fulfillment)
    return { errors: [userError(Code.NOT_FOUND, 'There is no such fulfillment.', field)] };
  const refusing = refuseMove(fulfillment, move);
  return refusing ? refused(refusing) : plan(fulfillment);
}

/** Why no parcel of the order allows this. */
export function refuseMoves(order: WholeOrder, move: ParcelMove): Refusal | undefined {
  const packed = order.fulfillments.filter(({ status }) => status !== 'CANCELLED');
  const refusals = packed.map((each) => refuseMove(each, move));
  if (refusals.includes(undefined)) return undefined;
  return refusals.at(-1) ?? (isShippable(order) ? NOT_PACKED : notNow(order));
}

const NOT_PACKED = refusal(
  'NOT_PACKED',
  'Nothing of it is packed.',
  'Pack a parcel first: createFulfillment.',
);

/** Why this parcel does not allow it. */
function refuseMove(fulfillment: FulfillmentState, move: ParcelMove): Refusal | undefined {
  const allowed: readonly Status[] = MOVES[move];
  if (!allowed.includes(fulfillment.status)) return whereItIs(fulfillment);
  const units = sumOf(fulfillment.lines, ({ quantity }) => quantity);
  if (move !== 'split' || units > 1) return undefined;
  const message = `Each of the two needs at least one unit, and parcel ${fulfillment.number} has ${units}.`;
  const nextStep = 'Ship it as it is: shipFulfillment. Or unpack it: cancelFulfillment.';
  return refusal('LAST_UNITS', message, nextStep, {
    code: Code.INVALID_QUANTITY,
    field: ['lines'],
  });
}

const WHERE: Record<Status, Parameters<typeof refusal>> = {
  OPEN: ['NOT_SHIPPED', 'is being packed', 'Hand it over first: shipFulfillment.'],
  ON_HOLD: [
    'NOT_YET_PAID',
    'is kept back, for its money did not come',
    'Try again: shipFulfillment. Or unpack it: cancelFulfillment.',
  ],
  SHIPPING: ['BEING_SHIPPED', 'is being handed over', 'Wait until it has left.'],
  SHIPPED: ['ALREADY_SHIPPED', 'left', SEND_BACK],
  DELIVERED: ['ALREADY_DELIVERED', 'has arrived', SEND_BACK],
  CANCELLED: ['NOT_PACKED', 'was unpacked', 'Pack another: createFulfillment.'],
};

/** What a parcel that is there stands in the way of. */
export function whereItIs(fulfillment: FulfillmentState): Refusal {
  const [why, phrase, nextStep] = WHERE[fulfillment.status];
  const message = `Parcel ${fulfillment.number} ${phrase}${details(fulfillment)}.`;
  return refusal(why, message, nextStep, { field: ['fulfillmentId'] });
}

function details({ status, carrier, trackingNumber, shippedAt }: FulfillmentState): string {
  if (status !== 'SHIPPED') return '';
  const by = [carrier, trackingNumber].filter((text) => text !== null).join(' ');
  return `${shippedAt ? ` on ${timeOf(shippedAt)}` : ''}${by ? ` with ${by}` : ''}`;
}
