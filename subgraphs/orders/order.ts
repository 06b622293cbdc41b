import type { ShippingAddress } from './tables.js';
import type { Mover, Workflow } from './workflows/workflow.js';

/** The order axis; payment and refund are axes of their own, since one status cannot say "shipped and partly refunded". */
export const ORDER_STATUSES = [
  'DRAFT',
  'PENDING',
  'VALIDATED',
  'RESERVED',
  'AUTHORIZED',
  'CONFIRMED',
  'PROCESSING',
  'PARTIALLY_SHIPPED',
  'SHIPPED',
  'DELIVERED',
  'CANCELLING',
  'CANCELLED',
  'FAILED',
  'EXPIRED',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export const PAYMENT_STATUSES = ['NONE', 'AUTHORIZED', 'PARTIALLY_PAID', 'PAID', 'VOIDED'] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export const REFUND_STATUSES = ['NONE', 'PARTIALLY_REFUNDED', 'REFUNDED'] as const;
export const CAPTURE_ON = ['CONFIRMATION', 'SHIPMENT'] as const;
export type CaptureOn = (typeof CAPTURE_ON)[number];

export type RefundStatus = (typeof REFUND_STATUSES)[number];

/** Every move the order axis can make. What is not listed cannot happen. */
export const TRANSITIONS: Record<OrderStatus, readonly OrderStatus[]> = {
  DRAFT: ['PENDING', 'EXPIRED'],
  PENDING: ['VALIDATED', 'FAILED', 'CANCELLING'],
  VALIDATED: ['RESERVED', 'FAILED', 'CANCELLING'],
  RESERVED: ['AUTHORIZED', 'CANCELLING'],
  AUTHORIZED: ['CONFIRMED', 'CANCELLING'],
  CONFIRMED: ['PROCESSING', 'CANCELLING'],
  PROCESSING: ['PARTIALLY_SHIPPED', 'SHIPPED', 'CANCELLING'],
  PARTIALLY_SHIPPED: ['SHIPPED'],
  SHIPPED: ['DELIVERED'],
  DELIVERED: [],
  CANCELLING: ['CANCELLED', 'FAILED', 'EXPIRED'],
  CANCELLED: [],
  FAILED: [],
  EXPIRED: [],
};

/** Confirmed, and not all of it has left. */
export const IN_FULFILLMENT: readonly OrderStatus[] = [
  'CONFIRMED',
  'PROCESSING',
  'PARTIALLY_SHIPPED',
];

/** After these only the refund axis moves. */
export const TERMINAL: readonly OrderStatus[] = ['DELIVERED', 'CANCELLED', 'FAILED', 'EXPIRED'];

/** One attempt to pay an order, or a part of it. */
export interface OrderPayment {
  /** From 1; an attempt that was declined keeps its number. */
  attempt: number;
  method: string;
  /** What it is to pay; once it is authorized, what was authorized, and of one that has ended, what was taken. */
  amount: number;
  /** ENDED: it was authorized, and nothing more can be taken of it. */
  state: 'DUE' | 'AUTHORIZED' | 'DECLINED' | 'ENDED';
  /** When the authorization ends (ISO 8601), once that is near. */
  endsAt?: string;
}

export type CancelTarget = 'CANCELLED' | 'FAILED' | 'EXPIRED';

/** What the rules need to know of an order. Amounts in minor units of `currency`. */
export interface OrderState {
  id: string;
  status: OrderStatus;
  paymentStatus: PaymentStatus;
  refundStatus: RefundStatus;
  /** Seq of the order's last event; the next is one more. */
  seq: number;
  currency: string;
  total: number;
  /** What was taken and what can still be. */
  authorized: number;
  captured: number;
  refunded: number;
  /** When the money is taken: with the confirmation, or with each shipment for what leaves. */
  captureOn: CaptureOn;
  /** Counts the changes of lines and address; the first is 1. */
  version: number;
  customerId: string | null;
  /** Where it was ordered; it never changes. */
  storefrontId: string;
  /** Where mail goes that has no account to go to. */
  contactEmail: string | null;
  /** Whether mail about it is wanted. */
  notify: boolean;
  /** By attempt. */
  payments: OrderPayment[];
  paymentReversed: boolean;
  /** When the hold ends, by the database clock (ISO 8601); null when nothing expires. */
  expiresAt: string | null;
  cancelTarget: CancelTarget | null;
  reason: string | null;
  /** Why nothing may be packed or shipped for the time being, in the words of staff. */
  fulfillmentHold: string | null;
  needsAttention: string | null;
  /** The version of its storefront's workflow that it goes by, by bare id; null for the default one. */
  workflowId: string | null;
  /** Where it stands in its workflow; null for where orders come in that have this status. */
  workflowStatus: string | null;
  /** Money that is being taken because its workflow says so, minor units; null where none is. */
  pendingCapture: number | null;
  /** While it is in hand: its workflow, where that is not the default one. */
  workflow?: Workflow | undefined;
  /** While it is in hand: who asks; undefined where jobs and clocks do. */
  askedBy?: Mover | undefined;
  /** Where it goes from now on: only in what changes an order. */
  shippingAddress?: ShippingAddress | null;
}

/** An order without what is known of it only while it is in hand. */
export function storedState<State extends Pick<OrderState, 'workflow' | 'askedBy'>>({
  workflow,
  askedBy,
  ...state
}: State): Omit<State, 'workflow' | 'askedBy'> {
  return state;
}
