import { userError } from '@waybill/kernel/graphql/user-error.js';
import { toDecimal } from '@waybill/kernel/money.js';
import type { OrderState } from '../order.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';

export const REFUSAL_CODES = [
  'UNAUTHENTICATED',
  'EMPTY',
  'NOT_PLACED',
  'ALREADY_PLACED',
  'BEING_CHECKED',
  'NOT_YET_PAID',
  'PAYMENT_UNDER_WAY',
  'ALREADY_PAID',
  'STAFF_ONLY',
  'FULFILLMENT_ON_HOLD',
  'BACKORDERED',
  'UNITS_BEING_RELEASED',
  'NOT_ON_HOLD',
  'EDIT_UNDER_WAY',
  'NOT_PACKED',
  'NOTHING_LEFT_TO_SHIP',
  'LAST_UNITS',
  'BEING_SHIPPED',
  'NOT_SHIPPED',
  'ALREADY_SHIPPED',
  'ALREADY_DELIVERED',
  'NOTHING_LEFT_TO_REFUND',
  'NOTHING_LEFT_TO_RETURN',
  'NO_OPEN_RETURN',
  'NOT_IN_WORKFLOW',
  'RANK_TOO_LOW',
  'MONEY_BEING_TAKEN',
  'BEING_CANCELLED',
  'TERMINAL',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Why something cannot be done with an order as it is: what a mutation answers, and `Order.actions` tells beforehand. */
export interface Refusal {
  why: RefusalCode;
  /** Its message is for people, about this very order. */
  error: OrdersUserError;
  /** What to do instead, or what to wait for. */
  nextStep: string;
}

export function refusal(
  why: RefusalCode,
  message: string,
  nextStep: string,
  { code = Code.INVALID_STATE, field = ['orderId'] }: { code?: Code; field?: string[] } = {},
): Refusal {
  return { why, error: userError(code, message, field), nextStep };
}

/** For plans: what the mutation answers. */
export const refused = ({ error }: Refusal) => ({ errors: [error] });

export const amountOf = ({ currency }: Pick<OrderState, 'currency'>, minor: number): string =>
  `${toDecimal(minor, currency)} ${currency}`;

/** A moment for people, to the minute. */
export const timeOf = (at: string | Date): string =>
  `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
