import type { Command, ForgetKeys, StoredEvent } from './command.js';
import type { StorefrontSummary } from './storefronts.js';
import type { UsersCommands } from './users-commands.js';

export type { Command, StoredEvent } from './command.js';
export type * from './users-commands.js';

export interface StockItem {
  sku: string;
  quantity: number;
}

/** Units in a parcel that has yet to leave. */
export interface PackedUnits {
  shipmentId: string;
  /** Bare id of the location where it was packed. */
  locationId: string;
  items: StockItem[];
}

export interface QuotedItem {
  variantId: string;
  sku: string;
  title: string;
  /** Minor units, and the price that says so, by bare id. */
  unitPrice: number;
  priceId: string;
  currency: string;
  /** Units that nobody holds, or that can be promised; by the time they are asked for they may be gone. */
  available: number;
}

/** A quote that somebody wants to place; ids bare, amounts in minor units. */
export interface QuoteToPlace {
  ownerKind: 'user' | 'partner';
  ownerId: string;
  storefrontId: string;
  /** When the storefront has money taken; null as the deployment does it. */
  captureOn: 'CONFIRMATION' | 'SHIPMENT' | null;
  currency: string;
  /** By the clock of the catalog's database. */
  hasExpired: boolean;
  lines: Array<{
    sku: string;
    variantId: string;
    title: string;
    quantity: number;
    unitPrice: number;
    /** Null where somebody named the price. */
    priceId: string | null;
    hasChanged: boolean;
  }>;
}

/** Units of one SKU that an order holds at one location. */
export interface HeldUnits {
  sku: string;
  /** Bare id. */
  locationId: string;
  /** Units that are on hand. */
  quantity: number;
  /** Units that are yet to come in, none unless it says, and when they are expected (ISO 8601), if anybody knows. */
  backordered?: number;
  expectedAt?: string | null;
}

/** What placing an item in a storefront comes to. */
export interface Quote {
  /** When the storefront has money taken; null as the deployment does it. */
  captureOn: 'CONFIRMATION' | 'SHIPMENT' | null;
  /** Null where nothing of that SKU is for sale. */
  item: QuotedItem | null;
}

/** A SKU of which fewer can be ordered than its threshold says. */
export interface LowStock {
  sku: string;
  title: string;
  available: number;
  threshold: number;
}

export interface Shortage {
  sku: string;
  requested: number;
  available: number;
}

export type ReserveResult =
  | { outcome: 'RESERVED'; expiresAt: string }
  | { outcome: 'SHORT'; shortages: Shortage[] }
  | { outcome: 'NOT_SELLABLE'; skus: string[] };

/** NOT_HELD: the hold has ended, is overdue, or there is none. */
export type AddResult = ReserveResult | { outcome: 'NOT_HELD' };

export type AuthorizeResult =
  | { outcome: 'AUTHORIZED'; amount: number }
  | { outcome: 'PENDING'; checkAfterMs: number }
  | { outcome: 'DECLINED'; code: string; hard: boolean }
  /** The provider gave no answer: the money may be held or not. Asked again, it says. */
  | { outcome: 'UNANSWERED'; reason: string };

export type CaptureResult =
  | { outcome: 'CAPTURED'; amount: number }
  /** `captured`: what was taken nevertheless, from payments that did not fail; `ended`: those that did. */
  | { outcome: 'FAILED'; code: string; captured: number; ended: EndedPayment[] };

/** A payment from which nothing more can be taken than was. */
export interface EndedPayment {
  attempt: number;
  captured: number;
}

export type RefundResult =
  | { outcome: 'REFUNDED'; amount: number }
  /** `refunded`: what went back nevertheless, of payments that did not fail. */
  | { outcome: 'FAILED'; code: string; refunded: number };

export interface OrderSummary {
  /** Bare id. */
  storefrontId: string;
  number: string;
  currency: string;
  /** Minor units. */
  total: number;
  reason: string | null;
  /** Whom to tell where no account stands behind the order. */
  guest: { name: string; email: string } | null;
  lines: Array<{ title: string; quantity: number; unitPrice: number }>;
}

/** What can happen to an order once it is placed; `subgraphs/orders/decide.ts` decides what follows. */
export type OrderCommand =
  | { type: 'recordReserved'; expiresAt: string }
  /** Written down where it moves the expiry by at least half of `ttlSeconds`. */
  | { type: 'recordHoldExtended'; expiresAt: string; ttlSeconds: number }
  | { type: 'recordShortage'; shortages: Shortage[] }
  | { type: 'recordNotSellable'; skus: string[] }
  | { type: 'recordAuthorized'; attempt: number; amount: number }
  | { type: 'recordDeclined'; attempt: number; code: string; hard: boolean }
  | { type: 'recordConfirmed'; captured: number }
  | { type: 'recordSettlementFailed'; code: string }
  | { type: 'recordPaymentReversed'; refunded: number }
  | { type: 'recordStockReleased' }
  /** `code`: why less went back than was asked for. */
  | { type: 'recordRefunded'; refundId: string; amount: number; code?: string }
  /** `captured`: all that was captured for the fulfillment so far. */
  | { type: 'recordShipped'; fulfillmentId: string; captured: number }
  /** `ended`: payments of which the authorization is of no use any more. */
  | {
      type: 'recordShipmentHeld';
      fulfillmentId: string;
      code: string;
      captured: number;
      ended: EndedPayment[];
    }
  | { type: 'recordLinesReleased'; cancellationId: string }
  | { type: 'recordRestocked'; returnId: string }
  /** `captured`: what was captured for the edit. */
  | { type: 'recordEditApplied'; editId: string; captured: number }
  | { type: 'recordEditRejected'; editId: string; code: string }
  | { type: 'recordEditReleased'; editId: string }
  /** The provider has settled a payment: the edit that waits for it goes on. */
  | { type: 'resumeEdit'; attempt: number }
  | { type: 'recordRefundFailed'; refundId: string; code: string }
  /** Somebody refunded at the payment provider itself; nobody asked here. */
  | { type: 'recordRefundedElsewhere'; refundId: string; amount: number; reason: string }
  /** What is authorized by a payment will not be for long; `endsAt` in ISO 8601. */
  | { type: 'recordAuthorizationEnding'; attempt: number; endsAt: string }
  /** What is authorized by a payment is not any more, but for what was captured of it. */
  | { type: 'recordAuthorizationEnded'; attempt: number; captured: number; code: string }
  /** Like `flagAttention`, but also when the order has ended. */
  | { type: 'recordPaymentIssue'; reason: string }
  /** `captured`: what was taken because the workflow of the order asked for it. */
  | { type: 'recordCaptured'; captured: number }
  | { type: 'recordCaptureFailed'; code: string; captured: number; ended: EndedPayment[] }
  | { type: 'flagAttention'; reason: string };

export interface Commands {
  users: UsersCommands;
  catalog: {
    /** Today's price and stock in a storefront, with its policy; null when there is no such storefront. */
    quoteItem: Command<{ sku: string; storefrontId: string }, Quote | null>;
    /** In place of `quoteItem`: prices that were kept for somebody; null when there is no such quote. */
    findQuote: Command<{ quoteId: string }, QuoteToPlace | null>;
    /** All or nothing, per order: key is orderId. The database clock sets the expiry. */
    reserveStock: Command<
      { orderId: string; items: StockItem[]; ttlSeconds: number },
      ReserveResult
    >;
    /** A committed hold no longer expires. NOT_HELD when it was released or has expired. Key: orderId. */
    commitStock: Command<{ orderId: string }, { outcome: 'COMMITTED' | 'NOT_HELD' }>;
    /** Gives back whatever the order still holds, committed or not; does nothing twice. Key: orderId. */
    releaseStock: Command<{ orderId: string }, { outcome: 'RELEASED' | 'NOTHING_HELD' }>;
    /**
     * Some units of the order are no longer wanted, held or committed; none that are packed. All or nothing. ENDED where
     * the order holds nothing any more: all of it was given back before. Key: releaseId.
     */
    releaseItems: Command<
      { orderId: string; releaseId: string; items: StockItem[]; packed?: PackedUnits[] },
      { outcome: 'RELEASED' | 'ENDED' | 'NOT_HELD' }
    >;
    /** More units for a hold that is alive; they join it as it is. All or nothing. Key: additionId. */
    addToHold: Command<{ orderId: string; additionId: string; items: StockItem[] }, AddResult>;
    /**
     * A hold lives at least `ttlSeconds` from now, but not longer than `maxSeconds` after it was made, and never
     * shorter than before. A committed hold stays as it is. Key: orderId.
     */
    extendHold: Command<
      { orderId: string; ttlSeconds: number; maxSeconds: number },
      { outcome: 'EXTENDED'; expiresAt: string } | { outcome: 'NOT_HELD' }
    >;
    /**
     * Committed units leave the building with one shipment; it may have none. All or nothing. They leave from the
     * location named as far as they are held there. Key: shipmentId.
     */
    consumeStock: Command<
      { orderId: string; shipmentId: string; locationId?: string | null; items: StockItem[] },
      { outcome: 'CONSUMED' | 'NOT_COMMITTED' }
    >;
    /** Gives units that came in to orders that wait for them, the oldest first; looks at `limit` orders a call. */
    serveBackorders: Command<{ limit: number }, { served: number }>;
    /** What the order holds where, neither shipped nor released. */
    findHeld: Command<{ orderId: string }, { held: HeldUnits[] }>;
    /** Null where there is no such location. */
    findLocation: Command<{ locationId: string }, { locationId: string; code: string } | null>;
    /** Whoever tells staff that a SKU is low takes the notice first, for a minute. Key: eventId. */
    claimLowStock: Command<
      { eventId: string },
      { claim: 'GRANTED'; notice: LowStock } | { claim: 'SETTLED' } | { claim: 'TAKEN' }
    >;
    /** Staff were told, or nobody is to be. Key: eventId. */
    settleLowStock: Command<{ eventId: string }, { outcome: 'SETTLED' }>;
    /** It could not be sent: it can be claimed again at once. Key: eventId. */
    giveBackLowStock: Command<{ eventId: string }, { outcome: 'GIVEN_BACK' }>;
    /** Events of which staff should have been told `olderThanSeconds` ago. */
    findUntoldLowStock: Command<
      { olderThanSeconds: number; limit: number },
      { events: StoredEvent[] }
    >;
    /** Goods of an order go back on hand: at the location named, else where they left from. Key: restockId. */
    restock: Command<
      { restockId: string; orderId: string; locationId?: string | null; items: StockItem[] },
      { outcome: 'RESTOCKED' }
    >;
    /** What others need to know of a storefront; null when there is none with this bare id. */
    describeStorefront: Command<{ storefrontId: string }, StorefrontSummary | null>;
    /** The same by its code. */
    findStorefront: Command<{ code: string }, StorefrontSummary | null>;
    /**
     * The categories of its product, bare ids from the top to where it stands; none where it stands nowhere, or where
     * there is no such variant.
     */
    describeVariant: Command<{ variantId: string }, { categories: string[] }>;
    /** An order was made of the quote; it keeps the first that is named. `placedAt` in ISO 8601. Key: quoteId. */
    recordQuotePlaced: Command<
      { quoteId: string; orderId: string; placedAt: string },
      { outcome: 'RECORDED' }
    >;
    /** Forgets idempotency keys that were used longer than `olderThanHours` ago; at most `limit` a call. */
    forgetKeys: ForgetKeys;
    /** Ends holds that outlived their expiry; at most `limit` a call. */
    expireHolds: Command<{ limit: number }, { expired: number }>;
  };
  orders: {
    /**
     * Where the order is then, what it costs, and when that is taken. `applied` is false where it had moved on and the command no longer
     * changes it.
     */
    applyToOrder: Command<
      { orderId: string; command: OrderCommand },
      {
        status: string;
        applied: boolean;
        total: number;
        captureOn: 'CONFIRMATION' | 'SHIPMENT';
      }
    >;
    /** Forgets idempotency keys that were used longer than `olderThanHours` ago; at most `limit` a call. */
    forgetKeys: ForgetKeys;
    /**
     * Brings what lists and reports are read from up to date with at most `limit` events. `setAside` are those that could
     * not be worked off yet.
     */
    projectOrders: Command<{ limit: number }, { projected: number; setAside: number }>;
    /** How old the oldest event is that lists and reports do not know, 0 where there is none, and orders set aside. */
    describeProjections: Command<object, { behindSeconds: number; setAside: number }>;
    /** Starts the cancellation of orders whose hold has run out. */
    expireOrders: Command<{ limit: number }, { expired: number }>;
    /** Ends drafts that nobody has touched for `ttlSeconds`, by the database clock; at most `limit` a call. */
    expireDrafts: Command<{ ttlSeconds: number; limit: number }, { expired: number }>;
    /** All drafts of somebody who deleted their account; what was placed stays. Key: customerId. */
    forgetCustomer: Command<{ customerId: string }, { deleted: number }>;
    /** Deletes drafts that ended `olderThanSeconds` ago, with their history; at most `limit` a call. */
    deleteDrafts: Command<{ olderThanSeconds: number; limit: number }, { deleted: number }>;
    /** What a mail about the order says; null when there is no such order. */
    describeOrder: Command<{ orderId: string }, OrderSummary | null>;
    /**
     * Whether this caller shall send the notice now: not when it is SETTLED, nor when somebody else is sending it. A
     * claim that is not followed by `settleNotice` within a minute can be made again. Key: eventId.
     */
    claimNotice: Command<
      { eventId: string; orderId: string },
      { claim: 'GRANTED' | 'SETTLED' | 'TAKEN' }
    >;
    /** The notice was sent, or there is nobody to send it to. Key: eventId. */
    settleNotice: Command<{ eventId: string }, { outcome: 'SETTLED' }>;
    /** The notice could not be sent: it can be claimed again at once. Key: eventId. */
    giveBackNotice: Command<{ eventId: string }, { outcome: 'GIVEN_BACK' }>;
    /** Events whose notice is due for longer than `olderThanSeconds` and not settled. */
    findUnsettledNotices: Command<
      { olderThanSeconds: number; limit: number },
      { events: StoredEvent[] }
    >;
    /** Orders that wait for a job longer than `olderThanSeconds`, with the event whose jobs should be running. */
    findStalled: Command<{ olderThanSeconds: number; limit: number }, { events: StoredEvent[] }>;
  };
  payments: {
    /** Key: orderId and attempt. Asked again while PENDING, it asks the provider anew. */
    authorizePayment: Command<
      {
        orderId: string;
        attempt: number;
        customerId: string | null;
        storefrontId: string;
        amount: number;
        currency: string;
        method: string;
      },
      AuthorizeResult
    >;
    /**
     * Takes exactly `amount` of what is authorized for the order, from its oldest payment first, if need be from
     * several; nothing where that much is not authorized. Asked again, it takes only what is missing. `final`: nothing
     * more will be captured, and the rest is given free. Key: captureId.
     */
    capturePayment: Command<
      { orderId: string; captureId: string; amount: number; final: boolean },
      CaptureResult
    >;
    /** Voids what is open and refunds what was captured, so that the order's net paid is 0. Key: orderId. */
    reversePayment: Command<{ orderId: string }, { outcome: 'REVERSED'; refunded: number }>;
    /** Key: refundId. Never above what was captured and not yet refunded. */
    refundPayment: Command<
      { orderId: string; refundId: string; amount: number; reason: string },
      RefundResult
    >;
    /** Tells the orders of payments of which the authorization ends within `withinSeconds`, each once. */
    warnOfEnds: Command<{ withinSeconds: number; limit: number }, { warned: number }>;
    /**
     * Asks the provider about payments left pending, the ones that settled are published as events; and gives up
     * authorizations that have ended.
     */
    checkPendingPayments: Command<{ limit: number }, { settled: number }>;
    /** The order has heard of something that happened to its payments. Key: eventId. */
    settleNews: Command<{ eventId: string }, { outcome: 'SETTLED' }>;
    /** Events of which the order has not heard for longer than `olderThanSeconds`. */
    findUntoldNews: Command<{ olderThanSeconds: number; limit: number }, { events: StoredEvent[] }>;
  };
}

export type SubgraphName = keyof Commands;
