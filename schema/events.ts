import type { StockItem, StoredEvent } from './commands.js';

/** In every event of an order: its seq in the order's history and the status that it led to. */
export interface OrderMoved {
  seq: number;
  status: string;
}

/** Whether the customer wants mail about this order. */
export interface Notifying extends OrderMoved {
  notify: boolean;
  customerId: string | null;
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

/** The payload of each event that leaves a subgraph through its outbox. Amounts in minor units. */
export interface EventData {
  'order.placed': Notifying & { items: StockItem[] };
  'order.validated': OrderMoved;
  'order.reserved': OrderMoved & PaymentDue;
  'order.payment_declined': OrderMoved & { code: string };
  'order.payment_requested': OrderMoved & PaymentDue;
  'order.authorized': OrderMoved;
  'order.confirmed': Notifying;
  'order.cancelling': OrderMoved;
  'order.payment_reversed': OrderMoved;
  'order.cancelled': Notifying & { reason: string | null };
  'order.failed': Notifying & { reason: string | null };
  'order.expired': Notifying & { reason: string | null };
  'order.processing': OrderMoved;
  'order.shipped': Notifying;
  'order.refund_requested': OrderMoved & RefundDue;
  'order.refunded': OrderMoved & { refundId: string; amount: number };
  'order.refund_failed': OrderMoved & { refundId: string; code: string };
  'order.attention_needed': OrderMoved & { reason: string };
  'payment.settled': PaymentDue;
}

export type EventType = keyof EventData;

/** One event of the system, typed by its `type`. `subject` is the order's bare id. */
export type DomainEvent = {
  [Type in EventType]: StoredEvent & { type: Type; data: EventData[Type] };
}[EventType];

/** What a live subscriber's process is woken with: the order has an event with this seq. */
export interface LiveChange {
  orderId: string;
  seq: number;
  status: string;
}
