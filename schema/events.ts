import type { StockItem, StoredEvent } from './commands.js';

/** The payload of each event type that leaves a subgraph through its outbox. Amounts in minor units. */
export interface EventData {
  'order.placed': { items: StockItem[]; notify: boolean };
  'order.reserved': PaymentDue;
  'order.payment_requested': PaymentDue;
  'order.confirmed': { notify: boolean };
  'order.cancelling': Record<string, never>;
  'order.payment_reversed': Record<string, never>;
  'order.cancelled': { notify: boolean; reason: string | null };
  'order.failed': { notify: boolean; reason: string | null };
  'order.expired': { notify: boolean; reason: string | null };
  'order.fulfillment_requested': Record<string, never>;
  'order.shipped': { notify: boolean };
  'order.refund_requested': RefundDue;
  'payment.settled': PaymentDue;
}

export interface PaymentDue {
  attempt: number;
  customerId: string | null;
  amount: number;
  currency: string;
  method: string;
}

export interface RefundDue {
  refundId: string;
  amount: number;
  reason: string;
  restock: StockItem[];
}

export type EventType = keyof EventData;

/** One event of the system, typed by its `type`. `subject` is the order's bare id. */
export type DomainEvent = {
  [Type in EventType]: StoredEvent & { type: Type; data: EventData[Type] };
}[EventType];

/** What a live subscriber's process is woken with: the order moved, up to this seq. */
export interface LiveChange {
  orderId: string;
  seq: number;
  status: string;
}
