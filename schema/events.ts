import type { PackedUnits, StockItem, StoredEvent } from './commands.js';

/** In every event of an order: its seq in the order's history and the status that it led to. */
export interface OrderMoved {
  seq: number;
  status: string;
}

/** Whether somebody wants mail about this order and can be reached. */
export interface Notifying extends OrderMoved {
  notify: boolean;
  customerId: string | null;
}

/** What the workflow of the order's storefront has told when it came here. */
export interface Told extends Notifying {
  /** Code of the status in the workflow. */
  workflowStatus: string;
  /** Mail in the storefront's own words; `{{number}}` and the like are to be filled in. */
  mail: { subject: string; text: string; statusName: string };
  /** Whether webhooks are told, too. */
  webhook: true;
}

/** Lines of a draft that changed, as they are now: 0 units where removed. Prices in minor units. */
export interface DraftMoved extends OrderMoved {
  lines: Array<{ kind: string; sku: string; title: string; quantity: number; unitPrice: number }>;
  /** Names of what else was changed. */
  fields?: string[];
}

export interface PaymentDue {
  attempt: number;
  customerId: string | null;
  /** Absent in events from before there were storefronts: the main one. */
  storefrontId?: string;
  amount: number;
  currency: string;
  method: string;
}

export interface AuthorizationEnding {
  attempt: number;
  /** ISO 8601. */
  endsAt: string;
}

export interface RefundDue {
  refundId: string;
  amount: number;
  reason: string;
  restock: StockItem[];
}

export interface LineUnits extends StockItem {
  lineNumber: number;
}

export interface FulfillmentNamed {
  fulfillmentId: string;
}

/** Where to follow a parcel. */
export interface Parcel {
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
}

/** Absent where the last units of an order were called off, so that no parcel left. */
export interface Shipped extends FulfillmentNamed {
  parcel: Parcel;
}

export interface ShipmentDue extends FulfillmentNamed {
  items: StockItem[];
  /** Bare id of the location where it was packed; absent where it is not known. */
  locationId?: string | null;
  /** Money to take before the units leave; null where the order was paid before. `final`: nothing follows. */
  capture: { amount: number; final: boolean } | null;
}

export interface LinesCancelled {
  cancellationId: string;
  lines: LineUnits[];
  items: StockItem[];
  packed?: PackedUnits[];
  /** Nothing is left to ship, so what is still authorized can go free. */
  final: boolean;
}

export interface ReturnNamed {
  returnId: string;
}

/** What an edit needs before the order can change: units to be held, and money. */
export interface EditDue {
  editId: string;
  items: StockItem[];
  payment: PaymentDue | null;
  /** Whether the money is taken at once; else with the shipments. */
  captureNow: boolean;
}

/** The payload of each event that leaves a subgraph through its outbox. Amounts in minor units. */
export interface EventData {
  'order.drafted': DraftMoved;
  'order.draft_changed': DraftMoved;
  /** It took up the draft `from`, or became this customer's. */
  'order.draft_merged': OrderMoved & ({ from: string } | { customerId: string });
  /** It ended without having been placed; `into` names the draft that took it up. */
  'order.draft_closed': OrderMoved & { into?: string };
  /** `firstIn`: where its customer is perhaps not known yet, and nobody is told of the order. A bare id. */
  'order.placed': Notifying & { items: StockItem[]; firstIn?: string };
  'order.validated': OrderMoved & Partial<Told>;
  'order.reserved': OrderMoved & PaymentDue;
  'order.hold_extended': OrderMoved & { expiresAt: string };
  'order.payment_declined': OrderMoved & { attempt: number; code: string };
  'order.payment_requested': OrderMoved & PaymentDue;
  'order.payment_authorized': OrderMoved & { attempt: number; amount: number };
  'order.authorized': OrderMoved & { attempt: number; amount: number };
  'order.confirmed': Notifying;
  'order.cancelling': OrderMoved;
  'order.payment_reversed': OrderMoved;
  'order.cancelled': Notifying & { reason: string | null };
  'order.failed': Notifying & { reason: string | null };
  'order.expired': Notifying & { reason: string | null };
  'order.processing': OrderMoved & Partial<Told>;
  /** It came to another status of its storefront's workflow that stands for the same. */
  'order.stepped': OrderMoved & Partial<Told>;
  /** The workflow has the money taken here. */
  'order.capture_requested': OrderMoved & { amount: number };
  'order.captured': OrderMoved & { amount: number };
  'order.capture_failed': OrderMoved & { amount: number; code: string };
  'order.fulfillment_created': OrderMoved & FulfillmentNamed & { lines: LineUnits[] };
  'order.fulfillment_split': OrderMoved &
    FulfillmentNamed & { newFulfillmentId: string; lines: LineUnits[] };
  'order.fulfillment_cancelled': OrderMoved & FulfillmentNamed;
  'order.fulfillment_held': OrderMoved;
  'order.fulfillment_released': OrderMoved;
  'order.shipment_requested': OrderMoved & ShipmentDue;
  'order.shipment_held': OrderMoved & FulfillmentNamed & { code: string };
  'order.tracking_updated': OrderMoved & FulfillmentNamed;
  'order.partially_shipped': Notifying & Partial<Shipped>;
  'order.shipped': Notifying & Partial<Shipped>;
  'order.fulfillment_delivered': OrderMoved & FulfillmentNamed;
  'order.delivered': Notifying;
  'order.lines_cancelled': OrderMoved & LinesCancelled;
  'order.return_requested': OrderMoved & ReturnNamed & { lines: LineUnits[] };
  'order.return_rejected': OrderMoved & ReturnNamed;
  'order.return_cancelled': OrderMoved & ReturnNamed;
  /** `locationId`: where the goods go, unless they go where they came from. */
  'order.return_received': OrderMoved &
    ReturnNamed & { items: StockItem[]; locationId?: string | null };
  'order.return_restocked': OrderMoved & ReturnNamed;
  'order.edit_requested': OrderMoved & EditDue;
  'order.edited': OrderMoved & {
    editId: string;
    version: number;
    total: number;
    items: StockItem[];
    packed?: PackedUnits[];
  };
  'order.edit_rejected': OrderMoved & { editId: string; code: string };
  'order.edit_released': OrderMoved & { editId: string };
  'order.lines_released': OrderMoved & { cancellationId: string };
  'order.refund_requested': OrderMoved & RefundDue;
  'order.refunded': OrderMoved & { refundId: string; amount: number };
  'order.refund_failed': OrderMoved & { refundId: string; code: string };
  'order.authorization_ending': OrderMoved & AuthorizationEnding;
  'order.authorization_ended': OrderMoved & { attempt: number; amount: number; code: string };
  'order.attention_needed': OrderMoved & { reason: string };
  /** Mail about an account, which the subject names; `notify` as with orders. */
  'user.mail_due': { notify: true };
  /** Fewer units of a SKU can be ordered than its threshold says; the subject is the variant, `notify` as with orders. */
  'stock.low': { sku: string; available: number; threshold: number; notify: true };
  'webhook.queued': Record<string, never>;
  'payment.settled': PaymentDue;
  'payment.refunded_elsewhere': { refundId: string; amount: number; reason: string };
  'payment.attention_needed': { reason: string };
  'payment.authorization_ending': AuthorizationEnding;
  'payment.authorization_ended': { attempt: number; captured: number; code: string };
}

export type EventType = keyof EventData;

/** One event of the system, typed by its `type`. `subject` is the order's bare id, unless it says otherwise. */
export type DomainEvent = {
  [Type in EventType]: StoredEvent & { type: Type; data: EventData[Type] };
}[EventType];

/** What a live subscriber's process is woken with: the order has an event with this seq. */
export interface LiveChange {
  orderId: string;
  seq: number;
  status: string;
}
