/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Which import to apply. */
export type ApplyBulkImportInput = {
  /** Apply changes of stock (`delta`) of a file that has been applied before, once more. */
  again?: boolean;
  /** The import, which has been checked. */
  id: string | number;
  /** Chosen by the client, at random, one per request. Asked again with the same key and input, the mutation answers the same and does nothing twice; with another input it answers IDEMPOTENCY_CONFLICT. */
  idempotencyKey?: string | null | undefined;
  /** Leave out the lines that are wrong; otherwise they keep all from being applied. */
  skipWrong?: boolean;
};

/** One attribute, and values of which it has one. */
export type AttributeFilter = {
  /** Its value, or one of its values where it is a list: "linen", "60", "true". */
  in: Array<string>;
  /** Name of the attribute. */
  name: string;
};

/** Why something about a bulk import or export could not be done. */
export type BulkErrorCode =
  /** It has been applied; or the same file has, and what it adds to the stock would count twice. */
  | 'ALREADY_APPLIED'
  /** The catalog has changed, and the file would do something else than was shown: check it again. */
  | 'CHANGED_SINCE'
  /** The key was used before for a different request. */
  | 'IDEMPOTENCY_CONFLICT'
  /** The text is empty, too long, or has control characters in it. */
  | 'INVALID_TEXT'
  /** Lines are wrong: mend them, or say `skipWrong`. */
  | 'LINES_WRONG'
  /** There is no location with this code. */
  | 'LOCATION_NOT_FOUND'
  /** No file has come that could be read. */
  | 'NOT_CHECKED'
  /** There is no such import. */
  | 'NOT_FOUND'
  /** There is no such storefront, or you do not work for it. */
  | 'UNKNOWN_STOREFRONT';

/** How a file is written, in UTF-8. */
export type BulkFormat =
  /** Cells with commas between them, below a header (RFC 4180). */
  | 'CSV'
  /** One JSON object on each line. */
  | 'JSON_LINES';

/** How far an import is. */
export type BulkImportStatus =
  /** The catalog is as the file says. */
  | 'APPLIED'
  /** No file has come. */
  | 'AWAITING_FILE'
  /** It is known what the file changes, and nothing has changed. Another file may be sent in its place. */
  | 'CHECKED'
  /** The file could not be read: `problems` say why. Send another one. */
  | 'FAILED'
  /** A file is just being checked or applied: ask again. */
  | 'WORKING';

/** What a file is about. */
export type BulkKind =
  /** What variants cost in a storefront, now or from a time on. */
  | 'PRICES'
  /** Products and their variants, a line for each variant. */
  | 'PRODUCTS'
  /** What was counted at a location, came in or went missing. */
  | 'STOCK';

/** What is wrong with a file, or with a line of it. */
export type BulkProblemCode =
  /** The first line of the product says otherwise of it. */
  | 'CONFLICTING_LINE'
  /** Two columns have this name. */
  | 'DUPLICATE_COLUMN'
  /** An earlier line is about the same. */
  | 'DUPLICATE_LINE'
  /** An attribute does not fit the schemas of the category. */
  | 'INVALID_ATTRIBUTES'
  /** No decimal number of 0 or more with at most the digits of the storefront's currency. */
  | 'INVALID_PRICE'
  /** There cannot be so many units. */
  | 'INVALID_QUANTITY'
  /** Stock is counted in whole units, from 0 to 2,147,483,647. */
  | 'INVALID_STOCK'
  /** The text is too long, or has control characters in it. */
  | 'INVALID_TEXT'
  /** No time by RFC 3339, or one that has passed. */
  | 'INVALID_TIME'
  /** This is none of the values that may stand here. */
  | 'INVALID_VALUE'
  /** A product has 1 to 100 variants, each with at most 5 options of different names. */
  | 'INVALID_VARIANTS'
  /** There is no location with this code. */
  | 'LOCATION_NOT_FOUND'
  /** The file needs this column. */
  | 'MISSING_COLUMN'
  /** The line needs a value here. */
  | 'MISSING_VALUE'
  /** There is no such SKU. */
  | 'NOT_FOUND'
  /** The file is no text in UTF-8. */
  | 'NOT_TEXT'
  /** There is nothing in the file but its header. */
  | 'NO_LINES'
  /** Another variant of the product has the same options. */
  | 'OPTIONS_TAKEN'
  /** The SKU belongs to another product, where it stays. */
  | 'PRODUCT_FIXED'
  /** More units are reserved for orders there. */
  | 'STOCK_BELOW_RESERVED'
  /** A file has at most 100,000 lines. */
  | 'TOO_MANY_LINES'
  /** There is no such column. */
  | 'UNKNOWN_COLUMN'
  /** This is no CSV, or no JSON object. */
  | 'UNREADABLE'
  /** The line has more or fewer cells than the header. */
  | 'WRONG_CELLS';

/** An order to call off. */
export type CancelOrderInput = {
  /** Chosen by the client, at random, one per request. Asked again with the same key and input, the mutation answers the same and does nothing twice; with another input it answers IDEMPOTENCY_CONFLICT. */
  idempotencyKey?: string | null | undefined;
  /** The order. */
  orderId: string | number;
  /** Why. */
  reason?: string | null | undefined;
  /** What opens a guest's order. */
  token?: string | null | undefined;
};

/** When the money of an order is taken. */
export type CaptureOn =
  /** All of it, with the confirmation. */
  | 'CONFIRMATION'
  /** With each shipment, what its goods cost. */
  | 'SHIPMENT';

/** Why something about products could not be done. */
export type CatalogErrorCode =
  /** The storefront sells in another currency. */
  | 'CURRENCY_FIXED'
  /** The same SKU stands earlier in this request. */
  | 'DUPLICATE_SKU'
  /** Another product has this handle. */
  | 'HANDLE_TAKEN'
  /** The key was used before for a different request. */
  | 'IDEMPOTENCY_CONFLICT'
  /** An attribute does not fit the schemas of the category; the field leads to it. */
  | 'INVALID_ATTRIBUTES'
  /** This is no ISO 4217 currency code. */
  | 'INVALID_CURRENCY'
  /** No decimal number of 0 or more with at most the digits of the currency. */
  | 'INVALID_PRICE'
  /** Stock is counted in whole units, from 0 to 2,147,483,647. */
  | 'INVALID_STOCK'
  /** The text is empty, too long, or has control characters in it. */
  | 'INVALID_TEXT'
  /** A product has 1 to 100 variants, each with at most 5 options of different names. */
  | 'INVALID_VARIANTS'
  /** There is no such product, or no such SKU. */
  | 'NOT_FOUND'
  /** Another variant of the product has the same options. */
  | 'OPTIONS_TAKEN'
  /** The SKU belongs to another product, where it stays. */
  | 'PRODUCT_FIXED'
  /** Another variant has this SKU. */
  | 'SKU_TAKEN'
  /** More units are reserved for orders than that. */
  | 'STOCK_BELOW_RESERVED'
  /** More rows than one call may import. */
  | 'TOO_MANY_PRODUCTS'
  /** There is no such storefront, or you do not work for it. */
  | 'UNKNOWN_STOREFRONT';

/** Postage and the like; staff only. */
export type ChargeInput = {
  /** Short code, e.g. "POST". */
  code: string;
  /** How many times. */
  quantity?: number;
  /** What the customer reads. */
  title: string;
  /** Price of one as a decimal. */
  unitPrice: string;
};

/** What is to be in the file. */
export type CreateBulkExportInput = {
  /** How it is written. */
  format?: BulkFormat;
  /** Chosen by the client, at random, one per request. Asked again with the same key and input, the mutation answers the same and does nothing twice; with another input it answers IDEMPOTENCY_CONFLICT. */
  idempotencyKey?: string | null | undefined;
  /** What it is about. */
  kind: BulkKind;
  /** Of stock: code of the only location that it is about; absent, all are. */
  location?: string | null | undefined;
  /** Code of the storefront. */
  storefront?: string;
};

/** A file that will be sent. */
export type CreateBulkImportInput = {
  /** How it is written. */
  format?: BulkFormat;
  /** Chosen by the client, at random, one per request. Asked again with the same key and input, the mutation answers the same and does nothing twice; with another input it answers IDEMPOTENCY_CONFLICT. */
  idempotencyKey?: string | null | undefined;
  /** What it is about. */
  kind: BulkKind;
  /** Code of the location of lines of stock that name none. */
  location?: string;
  /** Why: kept with each price and change of stock, at most 500 characters. */
  note?: string | null | undefined;
  /** Code of the storefront. */
  storefront?: string;
};

/** A customer kept in another system until now. */
export type CustomerInput = {
  /** Country in any spelling; what is stored stays when left out. */
  country?: string | null | undefined;
  /** The key in the system the customer comes from. */
  externalId: string;
  /** What the customer is called. */
  name: string;
};

/** Registered operations of one partner. */
export type DecideOperationsInput = {
  /** Chosen by the client, at random, one per request. Asked again with the same key and input, the mutation answers the same and does nothing twice; with another input it answers IDEMPOTENCY_CONFLICT. */
  idempotencyKey?: string | null | undefined;
  /** Which ones; all of them, or nothing happens. */
  operationIds: Array<string>;
  /** Whose operations; a partner itself may leave that out. */
  partnerId?: string | number | null | undefined;
};

/** Orders to ship. */
export type FulfillOrdersInput = {
  /** Chosen by the client, at random, one per request. Asked again with the same key and input, the mutation answers the same and does nothing twice; with another input it answers IDEMPOTENCY_CONFLICT. */
  idempotencyKey?: string | null | undefined;
  /** At most 500. */
  orderIds: Array<string | number>;
};

/** Customers from another system. */
export type ImportCustomersInput = {
  /** At most 10,000 in one call. */
  customers: Array<CustomerInput>;
  /** Chosen by the client, at random, one per request. Asked again with the same key and input, the mutation answers the same and does nothing twice; with another input it answers IDEMPOTENCY_CONFLICT. */
  idempotencyKey?: string | null | undefined;
  /** Whose customers they are. Absent: of the only storefront you work for, or the main one. */
  storefrontId?: string | number | null | undefined;
};

/** Products from another system. */
export type ImportProductsInput = {
  /** Chosen by the client, at random, one per request. Asked again with the same key and input, the mutation answers the same and does nothing twice; with another input it answers IDEMPOTENCY_CONFLICT. */
  idempotencyKey?: string | null | undefined;
  /** One row for each variant, at most 10000 in one call. */
  products: Array<ImportedProductInput>;
  /** Code of the storefront. */
  storefront?: string;
};

/** What a variant cost from some time on. */
export type ImportedPriceInput = {
  /** Price of one unit, in the currency of the storefront. */
  amount: string;
  /** Since when. */
  validFrom: string;
};

/** A variant as another system knows it; its SKU is the key. */
export type ImportedProductInput = {
  /** What is special about the product, as its category has it; left out, it stays. */
  attributes?: Record<string, unknown> | null | undefined;
  /** Titles of the category and those above it: "Clothes > Shirts". What is missing is made. Left out, the product stays where it is; null takes it out of its category. */
  category?: string | null | undefined;
  /** ISO 4217 code of all its prices; a row in another currency than that of the storefront is refused. */
  currency?: string | null | undefined;
  /** What there is to say about the product; left out, it stays. */
  description?: string | null | undefined;
  /** Handle of the product: rows that share it are variants of one product. Left out, a new SKU becomes a product of its own, and a known one stays where it is. */
  handle?: string | null | undefined;
  /** Units in the building; left out, a variant keeps what it has and a new one has 0. */
  onHand?: number | null | undefined;
  /** What sets it apart from the other variants of the product; left out, it stays. */
  options?: Array<VariantOptionInput> | null | undefined;
  /** Price of one unit from now on, as a decimal number in the currency of the storefront: "12.34". */
  price: string;
  /** Earlier prices, and prices to come. */
  priceHistory?: Array<ImportedPriceInput> | null | undefined;
  /** Stock keeping unit: the key. */
  sku: string;
  /** What the product is called; of several rows of a product the first counts. */
  title: string;
};

/** Units of a line of an order. */
export type LineUnitsInput = {
  /** The line of the order. */
  lineNumber: number;
  /** How many units. */
  quantity: number;
};

/** Who claims to be somebody. */
export type LogInInput = {
  /** What the list of sessions shall call this client, such as "Firefox on Linux". */
  device?: string | null | undefined;
  /** Email of the account, in any case. */
  email: string;
  /** Password of the account. */
  password: string;
};

/** What an operation does. */
export type OperationKind =
  /** Changes something. */
  | 'MUTATION'
  /** Reads. */
  | 'QUERY'
  /** Follows events. */
  | 'SUBSCRIPTION';

/** How far a registered operation has come. */
export type OperationState =
  /** Runs. */
  | 'APPROVED'
  /** Waits for staff to look at it; does not run. */
  | 'PENDING'
  /** Staff do not want it; does not run. */
  | 'REJECTED'
  /** Ran once, and does so no more. */
  | 'RETIRED';

/** What happened to an order. */
export type OrderEventType =
  /** The system cannot go on by itself; staff are asked to look. */
  | 'ATTENTION_NEEDED'
  /** What was authorized and not taken is not authorized any more. */
  | 'AUTHORIZATION_ENDED'
  /** What is authorized will not be for long. */
  | 'AUTHORIZATION_ENDING'
  /** The money was authorized. */
  | 'AUTHORIZED'
  /** It was called off. */
  | 'CANCELLED'
  /** Giving back money and units began. */
  | 'CANCELLING'
  /** Its money was taken. */
  | 'CAPTURED'
  /** Its money could not be taken. */
  | 'CAPTURE_FAILED'
  /** Its money is being taken, as its workflow says. */
  | 'CAPTURE_REQUESTED'
  /** The money was captured and the units committed. */
  | 'CONFIRMED'
  /** All of it arrived. */
  | 'DELIVERED'
  /** It was begun as a draft. */
  | 'DRAFTED'
  /** The draft was changed. */
  | 'DRAFT_CHANGED'
  /** The draft ended without having been placed. */
  | 'DRAFT_CLOSED'
  /** The draft took up what a guest had filled, or became the customer's own. */
  | 'DRAFT_MERGED'
  /** What was ordered changed: a new version. */
  | 'EDITED'
  /** A change of what was ordered could not be carried out. */
  | 'EDIT_REJECTED'
  /** Units that a change gave up are back in stock. */
  | 'EDIT_RELEASED'
  /** A change of what was ordered was asked for; units and money for it are being had. */
  | 'EDIT_REQUESTED'
  /** It was not paid in time. */
  | 'EXPIRED'
  /** It could not be carried out. */
  | 'FAILED'
  /** A parcel was unpacked. */
  | 'FULFILLMENT_CANCELLED'
  /** Units were put in a parcel. */
  | 'FULFILLMENT_CREATED'
  /** A parcel arrived. */
  | 'FULFILLMENT_DELIVERED'
  /** Staff put packing and shipping on hold. */
  | 'FULFILLMENT_HELD'
  /** Packing and shipping may go on. */
  | 'FULFILLMENT_RELEASED'
  /** Some units of a parcel were put in another. */
  | 'FULFILLMENT_SPLIT'
  /** The hold on its units lives longer, since a payment is still being made. */
  | 'HOLD_EXTENDED'
  /** Units were called off. */
  | 'LINES_CANCELLED'
  /** Units that were called off are back in stock. */
  | 'LINES_RELEASED'
  /** A parcel left; more will follow. */
  | 'PARTIALLY_SHIPPED'
  /** A part of the money was authorized, or some of it anew. */
  | 'PAYMENT_AUTHORIZED'
  /** The card was declined; another may be tried. */
  | 'PAYMENT_DECLINED'
  /** A payment is being made. */
  | 'PAYMENT_REQUESTED'
  /** The money was given back. */
  | 'PAYMENT_REVERSED'
  /** It was placed. */
  | 'PLACED'
  /** Packing began. */
  | 'PROCESSING'
  /** A refund was carried out. */
  | 'REFUNDED'
  /** A refund was refused by the provider. */
  | 'REFUND_FAILED'
  /** A refund was asked for. */
  | 'REFUND_REQUESTED'
  /** Every unit is held. */
  | 'RESERVED'
  /** A return was called off. */
  | 'RETURN_CANCELLED'
  /** Units came back. */
  | 'RETURN_RECEIVED'
  /** A return was not accepted. */
  | 'RETURN_REJECTED'
  /** Units were announced to come back. */
  | 'RETURN_REQUESTED'
  /** Units that came back are in stock again. */
  | 'RETURN_RESTOCKED'
  /** A parcel waits, for the money due with it did not come. */
  | 'SHIPMENT_HELD'
  /** A parcel is being handed over. */
  | 'SHIPMENT_REQUESTED'
  /** All of it left. */
  | 'SHIPPED'
  /** It came to another status of its storefront's workflow. */
  | 'STEPPED'
  /** The carrier or tracking number of a parcel changed. */
  | 'TRACKING_UPDATED'
  /** Everything in it can be sold. */
  | 'VALIDATED';

/** Goods to order. */
export type OrderLineInput = {
  /** How many, from 1. */
  quantity: number;
  /** Price of one unit as a decimal; staff only. Else the catalog's price counts. */
  quotedUnitPrice?: string | null | undefined;
  /** What. */
  sku: string;
};

/** Where an order is on its way. */
export type OrderStatus =
  /** The money is authorized. */
  | 'AUTHORIZED'
  /** Called off; nothing is owed either way. */
  | 'CANCELLED'
  /** Money and units are being given back. */
  | 'CANCELLING'
  /** Paid for; the units are committed. */
  | 'CONFIRMED'
  /** All of it has arrived. */
  | 'DELIVERED'
  /** Being put together. */
  | 'DRAFT'
  /** Not paid, or as a draft not placed, in time; nothing is owed either way. */
  | 'EXPIRED'
  /** Could not be carried out; nothing is owed either way. */
  | 'FAILED'
  /** Some of it has left. */
  | 'PARTIALLY_SHIPPED'
  /** Placed; nothing has been checked yet. */
  | 'PENDING'
  /** Being packed. */
  | 'PROCESSING'
  /** Every unit is held; waiting for the money. */
  | 'RESERVED'
  /** All of it has left. */
  | 'SHIPPED'
  /** Everything in it can be sold. */
  | 'VALIDATED';

/** Expected failures of the orders mutations. */
export type OrdersErrorCode =
  /** Some of the units have not come in yet. */
  | 'BACKORDERED'
  /** The goods are priced in another currency. */
  | 'CURRENCY_MISMATCH'
  /** The order is being edited; ask again when that is done. */
  | 'EDIT_UNDER_WAY'
  /** An order needs at least one line. */
  | 'EMPTY_ORDER'
  /** More than is still to be paid. */
  | 'EXCEEDS_AMOUNT_DUE'
  /** More than was bought, or more than is left of what was paid. */
  | 'EXCEEDS_REFUNDABLE'
  /** Only staff may ask for this. */
  | 'FORBIDDEN'
  /** Staff have put the fulfillment of the order on hold. */
  | 'FULFILLMENT_ON_HOLD'
  /** The units are not all held at that location, or at one. */
  | 'HELD_ELSEWHERE'
  /** The key was used before for a different request. */
  | 'IDEMPOTENCY_CONFLICT'
  /** A field has a value that cannot be used. */
  | 'INVALID_INPUT'
  /** A price must be a decimal that fits the currency, 0 or more. */
  | 'INVALID_PRICE'
  /** A quantity must be a whole number from 1 to 1,000,000. */
  | 'INVALID_QUANTITY'
  /** The order has moved on: its status no longer allows this. */
  | 'INVALID_STATE'
  /** There is no such order, or it is not yours. */
  | 'NOT_FOUND'
  /** There are not as many units left. */
  | 'OUT_OF_STOCK'
  /** The payments do not add up to what the order costs. */
  | 'PAYMENTS_MISMATCH'
  /** It costs something else than the total that was expected. */
  | 'PRICE_CHANGED'
  /** Goods of the quote cost something else now, or are not for sale: ask for another. */
  | 'QUOTE_CHANGED'
  /** The time until which the quote could be placed has passed. */
  | 'QUOTE_EXPIRED'
  /** There is no such quote. */
  | 'QUOTE_NOT_FOUND'
  /** The quote was placed before. */
  | 'QUOTE_USED'
  /** There is no such customer. */
  | 'UNKNOWN_CUSTOMER'
  /** There is no such location. */
  | 'UNKNOWN_LOCATION'
  /** Nothing for sale has this SKU. */
  | 'UNKNOWN_SKU'
  /** There is no such storefront, or it is not yours to sell or order in. */
  | 'UNKNOWN_STOREFRONT'
  /** The order was edited since: look at it again. */
  | 'VERSION_CONFLICT';

/** A payment of what is due. */
export type PayOrderInput = {
  /** How much, as a decimal. Absent: all that is due. */
  amount?: string | null | undefined;
  /** Chosen by the client, at random, one per request. Asked again with the same key and input, the mutation answers the same and does nothing twice; with another input it answers IDEMPOTENCY_CONFLICT. */
  idempotencyKey?: string | null | undefined;
  /** The order. */
  orderId: string | number;
  /** Token of the payment provider. */
  paymentMethod: string;
  /** What opens a guest's order. */
  token?: string | null | undefined;
};

/** A part of what an order costs. */
export type PaymentInput = {
  /** How much, as a decimal. */
  amount: string;
  /** Token of the payment provider, e.g. "pm_card_approve". */
  method: string;
};

/** How far a payment came. */
export type PaymentState =
  /** The customer's money is held. */
  | 'AUTHORIZED'
  /** The money was taken; nothing is held any more. */
  | 'CAPTURED'
  /** The provider declined; nothing is held. */
  | 'DECLINED'
  /** The provider refused the capture; what it held is given free. */
  | 'FAILED'
  /** Part of the money was taken; the rest is held. */
  | 'PARTIALLY_CAPTURED'
  /** Part of the captured money went back. */
  | 'PARTIALLY_REFUNDED'
  /** The provider decides later. */
  | 'PENDING'
  /** All of the captured money went back. */
  | 'REFUNDED'
  /** The provider is asked; its answer is not known yet. */
  | 'REQUESTED'
  /** Given up before any money was taken; nothing is held. */
  | 'VOIDED';

/** How much of an order is paid. */
export type PaymentStatus =
  /** The money is authorized, not yet taken. */
  | 'AUTHORIZED'
  /** Nothing is captured, and not all of it is authorized. */
  | 'NONE'
  /** All of it has been captured. */
  | 'PAID'
  /** A part has been captured. */
  | 'PARTIALLY_PAID'
  /** Given up: what was authorized or captured has been given back. */
  | 'VOIDED';

/** An order to place. */
export type PlaceOrderInput = {
  /** When the money is taken; staff only. Absent: by the shop's setting. */
  captureOn?: CaptureOn | null | undefined;
  /** Postage and the like; staff only. */
  charges?: Array<ChargeInput>;
  /** ISO 4217 code; the currency of the catalog's prices. */
  currency?: string;
  /** For whom; staff only. Absent: for myself. Null: for a guest. */
  customerId?: string | number | null | undefined;
  /** Chosen by the client, one per order: asked again with it, the same order is answered. */
  idempotencyKey: string;
  /** The goods; none with a quote. */
  lines?: Array<OrderLineInput>;
  /** Whether the customer gets mail about it. */
  notifyCustomer?: boolean;
  /** Token of the payment provider, e.g. "pm_card_approve": pays all of it. */
  paymentMethod?: string | null | undefined;
  /** In place of `paymentMethod`: at most 10 payments, which add up to the total. */
  payments?: Array<PaymentInput> | null | undefined;
  /** A quote to place, once: it says the goods, their prices and currency, the storefront and the customer. */
  quoteId?: string | number | null | undefined;
  /** Where it goes. */
  shippingAddress?: ShippingAddressInput | null | undefined;
  /** Where. Absent: the only storefront you work or sell for, or the main one. */
  storefrontId?: string | number | null | undefined;
};

/** A range of prices; both ends belong to it. */
export type PriceRangeFilter = {
  /** At most this: "25.00". */
  max?: string | null | undefined;
  /** At least this: "10.00". */
  min?: string | null | undefined;
};

/** Which products to list; conditions are joined by and. */
export type ProductFilter = {
  /** Only products that have one of the values of each of these attributes. */
  attributes?: Array<AttributeFilter> | null | undefined;
  /** Handle of a category: only products in it or in one below it. */
  category?: string | null | undefined;
  /** Only products of which units of a variant are there to be had at once; false is as good as nothing. */
  inStock?: boolean | null | undefined;
  /** Only products of which a variant for sale has a price now in this range. */
  price?: PriceRangeFilter | null | undefined;
  /** Words that all begin a word of the title, a SKU, the category, an attribute or the description. Where nothing has them, words like them. */
  search?: string | null | undefined;
  /** Only products with one of these SKUs. */
  skus?: Array<string> | null | undefined;
};

/** Which variants to list; conditions are joined by and. */
export type ProductVariantFilter = {
  /** Text that stands in the title or the SKU, in any case of letters. */
  search?: string | null | undefined;
  /** Only these SKUs. */
  skus?: Array<string> | null | undefined;
};

/** Units that arrived. */
export type ReceivedUnitsInput = {
  /** The line of the order. */
  lineNumber: number;
  /** How many arrived, from 0. */
  quantity: number;
  /** How many of them go back to stock. */
  restock?: number;
};

/** Goods that came back, all at once. */
export type RecordReturnInput = {
  /** How much to give back, as a decimal. Absent: what the units cost. "0": nothing. */
  amount?: string | null | undefined;
  /** Chosen by the client, one per return; it counts for good. */
  idempotencyKey: string;
  /** What came back. */
  lines: Array<ReceivedUnitsInput>;
  /** The location where units go back to stock. Absent: where they left from. */
  locationId?: string | number | null | undefined;
  /** The order. */
  orderId: string | number;
  /** Why, at most 200 characters. */
  reason?: string | null | undefined;
};

/** A session that shall go on. */
export type RefreshSessionInput = {
  /** The newest refresh token of the session. It works once; the answer has the next. */
  refreshToken: string;
};

/** Money to give back. */
export type RefundOrderInput = {
  /** How much, as a decimal. Absent: what the lines cost. */
  amount?: string | null | undefined;
  /** Chosen by the client, one per refund. */
  idempotencyKey: string;
  /** The goods that it is for. */
  lines?: Array<LineUnitsInput>;
  /** The order. */
  orderId: string | number;
  /** Why. */
  reason?: string | null | undefined;
  /** Whether the goods go back to stock. */
  restock?: boolean;
};

/** How far one refund has come. */
export type RefundState =
  /** The provider refused it. */
  | 'FAILED'
  /** Asked for; the provider has not answered yet. */
  | 'PENDING'
  /** The money is on its way back. */
  | 'REFUNDED';

/** A new account. */
export type RegisterInput = {
  /** Where mail goes, and the name to log in with. */
  email: string;
  /** Chosen by the client, at random, one per request. Asked again with the same key and input, the mutation answers the same and does nothing twice; with another input it answers IDEMPOTENCY_CONFLICT. */
  idempotencyKey?: string | null | undefined;
  /** What the user is called. */
  name: string;
  /** Between 8 and 256 characters, of any kind. */
  password: string;
  /** Where they register: it knows them, and they get mail in its name. Absent: main. */
  storefrontId?: string | number | null | undefined;
};

/** Operations that a partner wants to run. */
export type RegisterOperationsInput = {
  /** Chosen by the client, at random, one per request. Asked again with the same key and input, the mutation answers the same and does nothing twice; with another input it answers IDEMPOTENCY_CONFLICT. */
  idempotencyKey?: string | null | undefined;
  /** A manifest as tools write it: Apollo's { format, version, operations }, or { id: text } of Relay and graphql-codegen. */
  manifest: Record<string, unknown>;
  /** Whose operations; a partner itself may leave that out. */
  partnerId?: string | number | null | undefined;
};

/** What somebody may do. A user can have several roles. */
export type Role =
  /** May do what managers may, assigns roles, and reads what was done. */
  | 'ADMIN'
  /** Buys, and sees what is their own. */
  | 'CUSTOMER'
  /** May do what staff may, and approves what needs two people. */
  | 'MANAGER'
  /** Runs the shop: sees every customer and order, keeps the catalog. */
  | 'STAFF';

/** Where an order goes. */
export type ShippingAddressInput = {
  /** Town. */
  city: string;
  /** ISO 3166-1 alpha-2 code. */
  country: string;
  /** Street and number. */
  line1: string;
  /** Flat, floor, care of. */
  line2?: string | null | undefined;
  /** Who receives it. */
  name: string;
  /** Postal code. */
  postalCode: string;
};

/** Why something about accounts could not be done. */
export type UsersErrorCode =
  /** Another system keeps the accounts: log in there, and change them there. */
  | 'ACCOUNTS_KEPT_ELSEWHERE'
  /** Other storefronts than yours know this customer. */
  | 'CUSTOMER_ELSEWHERE'
  /** Somebody has an account with this email. */
  | 'EMAIL_TAKEN'
  /** Your role does not allow this. */
  | 'FORBIDDEN'
  /** The key was used before for a different request. */
  | 'IDEMPOTENCY_CONFLICT'
  /** This is no ISO 3166-1 alpha-2 country code. */
  | 'INVALID_COUNTRY'
  /** Email and password do not belong together; which of the two is not said. */
  | 'INVALID_CREDENTIALS'
  /** This is no email address. */
  | 'INVALID_EMAIL'
  /** An API key must expire in the future, or not at all. */
  | 'INVALID_EXPIRY'
  /** This is no manifest of operations, or none that can be kept. */
  | 'INVALID_MANIFEST'
  /** The text is empty, too long, or has control characters in it. */
  | 'INVALID_TEXT'
  /** The code from the mail is wrong, was used, or is too old. */
  | 'INVALID_TOKEN'
  /** This is no address that messages can go to. */
  | 'INVALID_URL'
  /** You logged in too long ago for this: do so again, and ask within five minutes. */
  | 'LOG_IN_AGAIN'
  /** There is a partner of this name. */
  | 'NAME_TAKEN'
  /** There is no such thing, or it is somebody else's. */
  | 'NOT_FOUND'
  /** A webhook must be told of something. */
  | 'NO_EVENTS'
  /** A user must keep at least one role. */
  | 'NO_ROLES'
  /** An API key must be good for something. */
  | 'NO_SCOPES'
  /** Somebody must be confined to a storefront, or to none. */
  | 'NO_STOREFRONTS'
  /** Operations are not fit to be registered; the report says which and why. */
  | 'OPERATIONS_REFUSED'
  /** Another text is registered under this id. */
  | 'OPERATION_CHANGED'
  /** The operation was approved, rejected or retired; it can be registered anew. */
  | 'OPERATION_DECIDED'
  /** Administrators cannot take the role ADMIN from themselves. */
  | 'OWN_ADMIN_ROLE'
  /** The password has too many characters. */
  | 'PASSWORD_TOO_LONG'
  /** The password has too few characters. */
  | 'PASSWORD_TOO_SHORT'
  /** The session has ended, or was never one: log in again. */
  | 'SESSION_ENDED'
  /** This user has as many addresses as one may have. */
  | 'TOO_MANY_ADDRESSES'
  /** Too many attempts for this account, or from this address: `retryAt` says when to go on. */
  | 'TOO_MANY_ATTEMPTS'
  /** More customers than one call may import. */
  | 'TOO_MANY_CUSTOMERS'
  /** This partner has as many valid API keys as one may have. */
  | 'TOO_MANY_KEYS'
  /** The partner has as many webhooks as one may have. */
  | 'TOO_MANY_WEBHOOKS'
  /** There is no such storefront. */
  | 'UNKNOWN_STOREFRONT';

/** What a variant is within its product: size M. */
export type VariantOptionInput = {
  /** What differs: "size". */
  name: string;
  /** What it is of this variant: "M". */
  value: string;
};

export type ApplyBulkImportMutationVariables = Exact<{
  input: ApplyBulkImportInput;
}>;


export type ApplyBulkImportMutation = { applyBulkImport: { bulkImport: { status: BulkImportStatus } | null, userErrors: Array<{ code: BulkErrorCode, message: string }> } };

export type ApproveOperationsMutationVariables = Exact<{
  input: DecideOperationsInput;
}>;


export type ApproveOperationsMutation = { approveOperations: { operations: Array<{ operationId: string, name: string, state: OperationState }>, userErrors: Array<{ code: UsersErrorCode, message: string }> } };

export type BrowseProductsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  storefront?: string | null | undefined;
}>;


export type BrowseProductsQuery = { products: { edges: Array<{ node: { handle: string, title: string, variants: Array<{ sku: string, options: Array<{ name: string, value: string }>, price: { amount: string, currency: string } | null, stock: { available: number } }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type BulkImportFindingsQueryVariables = Exact<{
  id: string | number;
  first: number;
}>;


export type BulkImportFindingsQuery = { bulkImport: { id: string, status: BulkImportStatus, totals: { lines: number, created: number, changed: number, unchanged: number, wrong: number, products: { products: number, variants: number, categories: number } | null, prices: { up: number, down: number, lowest: string | null, highest: string | null } | null, stock: { unitsBefore: number, unitsAfter: number } | null } | null, differences: { edges: Array<{ node: { line: number, sku: string, location: string | null, isNew: boolean, changes: Array<{ field: string, before: string | null, after: string | null }> } }> }, problems: { edges: Array<{ node: { line: number, column: string | null, code: BulkProblemCode, message: string } }> } } | null };

export type CancelOrderMutationVariables = Exact<{
  input: CancelOrderInput;
}>;


export type CancelOrderMutation = { cancelOrder: { order: { id: string, status: OrderStatus } | null, userErrors: Array<{ code: OrdersErrorCode, field: Array<string> | null, message: string }> } };

export type CheckOperationsQueryVariables = Exact<{
  manifest: Record<string, unknown>;
  partnerId?: string | number | null | undefined;
}>;


export type CheckOperationsQuery = { checkOperations: Array<{ operationId: string, name: string | null, kind: OperationKind | null, cost: number | null, problems: Array<{ code: string, message: string }> }> };

export type CreateBulkExportMutationVariables = Exact<{
  input: CreateBulkExportInput;
}>;


export type CreateBulkExportMutation = { createBulkExport: { download: { path: string } | null, userErrors: Array<{ code: BulkErrorCode, message: string }> } };

export type CreateBulkImportMutationVariables = Exact<{
  input: CreateBulkImportInput;
}>;


export type CreateBulkImportMutation = { createBulkImport: { bulkImport: { id: string } | null, upload: { path: string } | null, userErrors: Array<{ code: BulkErrorCode, message: string }> } };

export type FulfillOrdersMutationVariables = Exact<{
  input: FulfillOrdersInput;
}>;


export type FulfillOrdersMutation = { fulfillOrders: { orders: Array<{ id: string, status: OrderStatus }>, userErrors: Array<{ code: OrdersErrorCode, field: Array<string> | null, message: string }> } };

export type ImportCustomersMutationVariables = Exact<{
  input: ImportCustomersInput;
}>;


export type ImportCustomersMutation = { importCustomers: { created: number, updated: number, users: Array<{ id: string, externalId: string | null }>, userErrors: Array<{ code: UsersErrorCode, field: Array<string> | null, message: string }> } };

export type ImportProductsMutationVariables = Exact<{
  input: ImportProductsInput;
}>;


export type ImportProductsMutation = { importProducts: { created: number, updated: number, userErrors: Array<{ code: CatalogErrorCode, field: Array<string> | null, message: string }> } };

export type ListOperationsQueryVariables = Exact<{
  partnerId?: string | number | null | undefined;
  state?: OperationState | null | undefined;
}>;


export type ListOperationsQuery = { partner: { id: string, name: string, operations: Array<{ operationId: string, name: string, kind: OperationKind, text: string, cost: number, state: OperationState, uses: number, lastUsedAt: string | null }> } | null };

export type LogInMutationVariables = Exact<{
  input: LogInInput;
}>;


export type LogInMutation = { logIn: { accessToken: string | null, expiresAt: string | null, refreshToken: string | null, user: { id: string, name: string, roles: Array<Role> } | null, userErrors: Array<{ code: UsersErrorCode, message: string }> } };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { id: string, name: string, email: string | null, roles: Array<Role> } | null };

export type MyOrdersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type MyOrdersQuery = { me: { id: string, orders: { edges: Array<{ node: { id: string, number: string | null, status: OrderStatus, displayStatus: string, placedAt: string | null, total: { amount: string, currency: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type OrderByNumberQueryVariables = Exact<{
  number: string;
}>;


export type OrderByNumberQuery = { order: { number: string | null, status: OrderStatus, placedAt: string | null, total: { amount: string, currency: string }, shippingAddress: { name: string, line1: string, line2: string | null, city: string, postalCode: string, country: string } | null, lines: Array<{ sku: string, title: string, quantity: number, unitPrice: { amount: string, currency: string }, total: { amount: string, currency: string } }> } | null };

export type OrderDetailsQueryVariables = Exact<{
  id: string | number;
}>;


export type OrderDetailsQuery = { order: { id: string, number: string | null, status: OrderStatus, paymentStatus: PaymentStatus, displayStatus: string, placedAt: string | null, total: { amount: string, currency: string }, customer: { name: string } | null, lines: Array<{ lineNumber: number, sku: string, title: string, quantity: number, unitPrice: { amount: string, currency: string }, variant: { stock: { available: number } } | null }>, payments: Array<{ state: PaymentState, method: string, failureCode: string | null, captured: { amount: string, currency: string } }>, events: { edges: Array<{ node: { seq: number, type: OrderEventType, to: OrderStatus, reason: string | null } }> } } | null };

export type OrderFeedSubscriptionVariables = Exact<{
  statuses?: Array<OrderStatus> | OrderStatus | null | undefined;
}>;


export type OrderFeedSubscription = { orderFeed: { orderId: string, to: OrderStatus } };

export type OrderReturnsQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type OrderReturnsQuery = { nodes: Array<
    | { __typename: 'BulkImport' }
    | { __typename: 'Category' }
    | { __typename: 'Fulfillment' }
    | { __typename: 'Location' }
    | { __typename: 'Order', id: string, returns: Array<{ id: string, restocked: boolean, refund: { id: string, status: RefundState } | null }> }
    | { __typename: 'Payment' }
    | { __typename: 'Product' }
    | { __typename: 'ProductVariant' }
    | { __typename: 'Quote' }
    | { __typename: 'Return' }
    | { __typename: 'Storefront' }
    | { __typename: 'User' }
   | null> };

export type OrderUpdatesSubscriptionVariables = Exact<{
  orderId: string | number;
  afterSeq?: number | null | undefined;
}>;


export type OrderUpdatesSubscription = { orderUpdates: { seq: number, type: OrderEventType, from: OrderStatus | null, to: OrderStatus, at: string, reason: string | null, order: { status: OrderStatus, customer: { name: string } | null, payments: Array<{ state: PaymentState }> } } };

export type OrdersByKeyQueryVariables = Exact<{
  keys: Array<string> | string;
}>;


export type OrdersByKeyQuery = { orders: { edges: Array<{ node: { id: string, idempotencyKey: string | null, status: OrderStatus, total: { amount: string } } }> } };

export type OrdersReadBackQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type OrdersReadBackQuery = { nodes: Array<
    | { __typename: 'BulkImport' }
    | { __typename: 'Category' }
    | { __typename: 'Fulfillment' }
    | { __typename: 'Location' }
    | { __typename: 'Order', id: string, total: { amount: string }, refunds: Array<{ id: string, status: RefundState, amount: { amount: string } }>, payments: Array<{ captured: { amount: string }, refunded: { amount: string } }> }
    | { __typename: 'Payment' }
    | { __typename: 'Product' }
    | { __typename: 'ProductVariant' }
    | { __typename: 'Quote' }
    | { __typename: 'Return' }
    | { __typename: 'Storefront' }
    | { __typename: 'User' }
   | null> };

export type OrdersSettledQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type OrdersSettledQuery = { nodes: Array<
    | { __typename: 'BulkImport' }
    | { __typename: 'Category' }
    | { __typename: 'Fulfillment' }
    | { __typename: 'Location' }
    | { __typename: 'Order', id: string, status: OrderStatus }
    | { __typename: 'Payment' }
    | { __typename: 'Product' }
    | { __typename: 'ProductVariant' }
    | { __typename: 'Quote' }
    | { __typename: 'Return' }
    | { __typename: 'Storefront' }
    | { __typename: 'User' }
   | null> };

export type PayOrderMutationVariables = Exact<{
  input: PayOrderInput;
}>;


export type PayOrderMutation = { payOrder: { order: { id: string, status: OrderStatus } | null, userErrors: Array<{ code: OrdersErrorCode, field: Array<string> | null, message: string }> } };

export type PlaceInvoiceMutationVariables = Exact<{
  input: PlaceOrderInput;
}>;


export type PlaceInvoiceMutation = { placeOrder: { order: { id: string } | null, userErrors: Array<{ code: OrdersErrorCode, message: string }> } };

export type PlaceOrderMutationVariables = Exact<{
  input: PlaceOrderInput;
}>;


export type PlaceOrderMutation = { placeOrder: { order: { id: string, number: string | null, status: OrderStatus, total: { amount: string, currency: string } } | null, userErrors: Array<{ code: OrdersErrorCode, field: Array<string> | null, message: string }> } };

export type ProductStockQueryVariables = Exact<{
  skus: Array<string> | string;
}>;


export type ProductStockQuery = { productVariants: { edges: Array<{ node: { sku: string, stock: { onHand: number | null, reserved: number | null } } }> } };

export type ProductVariantsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: ProductVariantFilter | null | undefined;
}>;


export type ProductVariantsQuery = { productVariants: { edges: Array<{ node: { id: string, sku: string, title: string, price: { amount: string, currency: string } | null, stock: { available: number } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ProductsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: ProductFilter | null | undefined;
}>;


export type ProductsQuery = { products: { edges: Array<{ node: { id: string, handle: string, title: string, category: { handle: string, title: string } | null, variants: Array<{ sku: string, title: string, price: { amount: string, currency: string } | null, stock: { available: number } }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type RecordReturnMutationVariables = Exact<{
  input: RecordReturnInput;
}>;


export type RecordReturnMutation = { recordReturn: { alreadyRecorded: boolean, return: { id: string } | null, userErrors: Array<{ code: OrdersErrorCode, field: Array<string> | null, message: string }> } };

export type RefreshSessionMutationVariables = Exact<{
  input: RefreshSessionInput;
}>;


export type RefreshSessionMutation = { refreshSession: { accessToken: string | null, expiresAt: string | null, refreshToken: string | null, userErrors: Array<{ code: UsersErrorCode, message: string }> } };

export type RefundOrderMutationVariables = Exact<{
  input: RefundOrderInput;
}>;


export type RefundOrderMutation = { refundOrder: { alreadyRequested: boolean, refund: { id: string, status: RefundState } | null, userErrors: Array<{ code: OrdersErrorCode, field: Array<string> | null, message: string }> } };

export type RegisterMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type RegisterMutation = { register: { accessToken: string | null, expiresAt: string | null, refreshToken: string | null, user: { id: string, name: string, email: string | null } | null, userErrors: Array<{ code: UsersErrorCode, message: string }> } };

export type RegisterOperationsMutationVariables = Exact<{
  input: RegisterOperationsInput;
}>;


export type RegisterOperationsMutation = { registerOperations: { report: Array<{ operationId: string, name: string | null, kind: OperationKind | null, cost: number | null, problems: Array<{ code: string, message: string }> }>, userErrors: Array<{ code: UsersErrorCode, message: string }> } };

export type RejectOperationsMutationVariables = Exact<{
  input: DecideOperationsInput;
}>;


export type RejectOperationsMutation = { rejectOperations: { operations: Array<{ operationId: string, name: string, state: OperationState }>, userErrors: Array<{ code: UsersErrorCode, message: string }> } };

export type RetireOperationsMutationVariables = Exact<{
  input: DecideOperationsInput;
}>;


export type RetireOperationsMutation = { retireOperations: { operations: Array<{ operationId: string, name: string, state: OperationState }>, userErrors: Array<{ code: UsersErrorCode, message: string }> } };

export type SearchProductsQueryVariables = Exact<{
  words: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  storefront?: string | null | undefined;
}>;


export type SearchProductsQuery = { products: { edges: Array<{ node: { handle: string, title: string, variants: Array<{ price: { amount: string, currency: string } | null }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type SearchWithFacetsQueryVariables = Exact<{
  words: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  storefront?: string | null | undefined;
}>;


export type SearchWithFacetsQuery = { products: { edges: Array<{ node: { handle: string, title: string, variants: Array<{ price: { amount: string, currency: string } | null }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, facets: { count: number, categories: Array<{ count: number, category: { title: string } }>, attributes: Array<{ name: string, values: Array<{ value: string, count: number }> }> } } };


export const ApplyBulkImportDocument = {"__meta__":{"hash":"sha256:d0e8de3e54ec0b8e5f994f8ab0c1d9e08501b59fcd7088c23fc9d30f11ba68fd"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ApplyBulkImport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ApplyBulkImportInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"applyBulkImport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bulkImport"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ApplyBulkImportMutation, ApplyBulkImportMutationVariables>;
export const ApproveOperationsDocument = {"__meta__":{"hash":"sha256:a3d4e532fc8cb99632fee9235ca4ecae98db0e17489ed6ac7b7dbe66a55b02e6"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ApproveOperations"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DecideOperationsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"approveOperations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operationId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ApproveOperationsMutation, ApproveOperationsMutationVariables>;
export const BrowseProductsDocument = {"__meta__":{"hash":"sha256:ead469a582d4c18a90bdd54d833cd80989371f5e9c7d2f0d77cd8ed6b18dcac1"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"BrowseProducts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"storefront"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"products"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"sort"},"value":{"kind":"EnumValue","value":"TITLE"}},{"kind":"Argument","name":{"kind":"Name","value":"storefront"},"value":{"kind":"Variable","name":{"kind":"Name","value":"storefront"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"options"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stock"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<BrowseProductsQuery, BrowseProductsQueryVariables>;
export const BulkImportFindingsDocument = {"__meta__":{"hash":"sha256:509a32a7c957e79cd5f544b7e0a947b3a76770c3cacf661d2c601f168bcfb241"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"BulkImportFindings"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bulkImport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lines"}},{"kind":"Field","name":{"kind":"Name","value":"created"}},{"kind":"Field","name":{"kind":"Name","value":"changed"}},{"kind":"Field","name":{"kind":"Name","value":"unchanged"}},{"kind":"Field","name":{"kind":"Name","value":"wrong"}},{"kind":"Field","name":{"kind":"Name","value":"products"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"products"}},{"kind":"Field","name":{"kind":"Name","value":"variants"}},{"kind":"Field","name":{"kind":"Name","value":"categories"}}]}},{"kind":"Field","name":{"kind":"Name","value":"prices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"up"}},{"kind":"Field","name":{"kind":"Name","value":"down"}},{"kind":"Field","name":{"kind":"Name","value":"lowest"}},{"kind":"Field","name":{"kind":"Name","value":"highest"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stock"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"unitsBefore"}},{"kind":"Field","name":{"kind":"Name","value":"unitsAfter"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"differences"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"line"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"location"}},{"kind":"Field","name":{"kind":"Name","value":"isNew"}},{"kind":"Field","name":{"kind":"Name","value":"changes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"before"}},{"kind":"Field","name":{"kind":"Name","value":"after"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"line"}},{"kind":"Field","name":{"kind":"Name","value":"column"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<BulkImportFindingsQuery, BulkImportFindingsQueryVariables>;
export const CancelOrderDocument = {"__meta__":{"hash":"sha256:af4b6cb06c5512c8390c316d9e81a3e7b0966fa569b548c5e18c2e0ac753e0ab"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CancelOrder"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CancelOrderInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cancelOrder"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CancelOrderMutation, CancelOrderMutationVariables>;
export const CheckOperationsDocument = {"__meta__":{"hash":"sha256:9b9b6ffccbf9bd8432c700a5726c283ff200d33fe06af20cce03000f9807dba0"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CheckOperations"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"manifest"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"JSONObject"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"partnerId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"checkOperations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"manifest"},"value":{"kind":"Variable","name":{"kind":"Name","value":"manifest"}}},{"kind":"Argument","name":{"kind":"Name","value":"partnerId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"partnerId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operationId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"cost"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CheckOperationsQuery, CheckOperationsQueryVariables>;
export const CreateBulkExportDocument = {"__meta__":{"hash":"sha256:644bc35c403ec784fbec7cf01f3a87919df1c4076ebc2941c4f58db9ec6c9f84"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateBulkExport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateBulkExportInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createBulkExport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"download"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreateBulkExportMutation, CreateBulkExportMutationVariables>;
export const CreateBulkImportDocument = {"__meta__":{"hash":"sha256:44b826338ff4f0d97903ffede6349ee3322bcbab16d3d728dad81ec51ce7520c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateBulkImport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateBulkImportInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createBulkImport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"bulkImport"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"upload"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreateBulkImportMutation, CreateBulkImportMutationVariables>;
export const FulfillOrdersDocument = {"__meta__":{"hash":"sha256:8c51ba4ae1660b8a6c87aabc8e883d133d301e55b3fe06bdbda04b80b2355414"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"FulfillOrders"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"FulfillOrdersInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fulfillOrders"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"orders"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<FulfillOrdersMutation, FulfillOrdersMutationVariables>;
export const ImportCustomersDocument = {"__meta__":{"hash":"sha256:5597d7c88749027de47d8072d3e378c3c6908fb58cceff9c2cd21b0db96a79be"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ImportCustomers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ImportCustomersInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"importCustomers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"created"}},{"kind":"Field","name":{"kind":"Name","value":"updated"}},{"kind":"Field","name":{"kind":"Name","value":"users"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"externalId"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ImportCustomersMutation, ImportCustomersMutationVariables>;
export const ImportProductsDocument = {"__meta__":{"hash":"sha256:121c5f471eabe182001eaa6082a90d7009a131b3a5fb3c1d22fe84b85188cff1"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ImportProducts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ImportProductsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"importProducts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"created"}},{"kind":"Field","name":{"kind":"Name","value":"updated"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<ImportProductsMutation, ImportProductsMutationVariables>;
export const ListOperationsDocument = {"__meta__":{"hash":"sha256:0f399502820bdfe5b84f631e659db97afc409071c2fffb9fc3cb05b13b2f6c57"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListOperations"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"partnerId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"state"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"OperationState"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"partner"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"partnerId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"operations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"state"},"value":{"kind":"Variable","name":{"kind":"Name","value":"state"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operationId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"cost"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"uses"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]}}]}}]} as unknown as DocumentNode<ListOperationsQuery, ListOperationsQueryVariables>;
export const LogInDocument = {"__meta__":{"hash":"sha256:3569038ae626ad64d6db906ca8c1b3d0cf5ceb1d760a5d997ef0cc0afdca3c31"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"LogIn"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LogInInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"logIn"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"roles"}}]}},{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<LogInMutation, LogInMutationVariables>;
export const MeDocument = {"__meta__":{"hash":"sha256:90a11a7bab8a91bfa318d89976f69f798886f489d1df6bd52bab3512c3b03cbf"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"roles"}}]}}]}}]} as unknown as DocumentNode<MeQuery, MeQueryVariables>;
export const MyOrdersDocument = {"__meta__":{"hash":"sha256:0ee138a2d5b66b1e6356050fceb92c0b41e520d8ebb283b9ae7875af3fe7cb59"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"MyOrders"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"orders"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"displayStatus"}},{"kind":"Field","name":{"kind":"Name","value":"placedAt"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]} as unknown as DocumentNode<MyOrdersQuery, MyOrdersQueryVariables>;
export const OrderByNumberDocument = {"__meta__":{"hash":"sha256:b30298e1adff88783f51767aa77640ec412666721480083e5403b5d1ea1f9733"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OrderByNumber"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"number"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"number"},"value":{"kind":"Variable","name":{"kind":"Name","value":"number"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"placedAt"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shippingAddress"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"line1"}},{"kind":"Field","name":{"kind":"Name","value":"line2"}},{"kind":"Field","name":{"kind":"Name","value":"city"}},{"kind":"Field","name":{"kind":"Name","value":"postalCode"}},{"kind":"Field","name":{"kind":"Name","value":"country"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}}]}}]}}]} as unknown as DocumentNode<OrderByNumberQuery, OrderByNumberQueryVariables>;
export const OrderDetailsDocument = {"__meta__":{"hash":"sha256:824d0128f9f03d8ca7808e4f6dc39aecf6aa32823a2e65ec91c4128ceab93ad2"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OrderDetails"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"paymentStatus"}},{"kind":"Field","name":{"kind":"Name","value":"displayStatus"}},{"kind":"Field","name":{"kind":"Name","value":"placedAt"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lineNumber"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"variant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stock"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"payments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"failureCode"}},{"kind":"Field","name":{"kind":"Name","value":"captured"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"events"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<OrderDetailsQuery, OrderDetailsQueryVariables>;
export const OrderFeedDocument = {"__meta__":{"hash":"sha256:9e5ca683feddde2b09e543214430eb515f8986552ad2afdacd37aac30755ecf2"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"OrderFeed"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"statuses"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OrderStatus"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"orderFeed"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"statuses"},"value":{"kind":"Variable","name":{"kind":"Name","value":"statuses"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"orderId"}},{"kind":"Field","name":{"kind":"Name","value":"to"}}]}}]}}]} as unknown as DocumentNode<OrderFeedSubscription, OrderFeedSubscriptionVariables>;
export const OrderReturnsDocument = {"__meta__":{"hash":"sha256:650c0b36fcc8667d8731314896373ce6f158d6db33cd14ee90ea92e4f8d76e8f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OrderReturns"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"returns"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"restocked"}},{"kind":"Field","name":{"kind":"Name","value":"refund"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<OrderReturnsQuery, OrderReturnsQueryVariables>;
export const OrderUpdatesDocument = {"__meta__":{"hash":"sha256:7147a983234c6b999ccd0266b338fae125567ee2740c58dd592d6481f2f08184"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"OrderUpdates"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"afterSeq"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"orderUpdates"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"orderId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderId"}}},{"kind":"Argument","name":{"kind":"Name","value":"afterSeq"},"value":{"kind":"Variable","name":{"kind":"Name","value":"afterSeq"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"seq"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"customer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"payments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}}]}}]}}]} as unknown as DocumentNode<OrderUpdatesSubscription, OrderUpdatesSubscriptionVariables>;
export const OrdersByKeyDocument = {"__meta__":{"hash":"sha256:0f96eb7213c6f5d800bd197376fe0635269c884397fe7c5956053cc549d5e088"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OrdersByKey"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"keys"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"orders"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"idempotencyKeys"},"value":{"kind":"Variable","name":{"kind":"Name","value":"keys"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<OrdersByKeyQuery, OrdersByKeyQueryVariables>;
export const OrdersReadBackDocument = {"__meta__":{"hash":"sha256:2f8af2c751cb863ae720cf2b989e1e7f45bf0f8e79205474019d9e5999189b4c"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OrdersReadBack"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"refunds"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"amount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"payments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"captured"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"refunded"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<OrdersReadBackQuery, OrdersReadBackQueryVariables>;
export const OrdersSettledDocument = {"__meta__":{"hash":"sha256:2f573fb4ae968f0c9689a1401f2a5a5b0d24f2553634b52d873fd6e1d5234bbe"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OrdersSettled"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]} as unknown as DocumentNode<OrdersSettledQuery, OrdersSettledQueryVariables>;
export const PayOrderDocument = {"__meta__":{"hash":"sha256:b7bb5fc98adf4aafbeb649f6def372b4b0ea5140f3e349858520a4c119907a20"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PayOrder"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PayOrderInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payOrder"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PayOrderMutation, PayOrderMutationVariables>;
export const PlaceInvoiceDocument = {"__meta__":{"hash":"sha256:3ec25a05124911839e7de378a38d9cad3adf40e2b11371f9227585c91d875a9a"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PlaceInvoice"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PlaceOrderInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"placeOrder"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PlaceInvoiceMutation, PlaceInvoiceMutationVariables>;
export const PlaceOrderDocument = {"__meta__":{"hash":"sha256:ebc514427bfa7dbcb13260c13179e5b8ca36c4de151b941bdf29248f793db9e9"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PlaceOrder"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PlaceOrderInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"placeOrder"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PlaceOrderMutation, PlaceOrderMutationVariables>;
export const ProductStockDocument = {"__meta__":{"hash":"sha256:437e8cfcbf622fa95ece105c98cedb2007c37299361a8b3c1695418a7d5f5530"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ProductStock"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"skus"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"productVariants"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"skus"},"value":{"kind":"Variable","name":{"kind":"Name","value":"skus"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"stock"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"onHand"}},{"kind":"Field","name":{"kind":"Name","value":"reserved"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ProductStockQuery, ProductStockQueryVariables>;
export const ProductVariantsDocument = {"__meta__":{"hash":"sha256:7cf9e3a443a13056ef130d98565b99bdc618e155a59b17d8d6404e6325c06fde"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ProductVariants"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ProductVariantFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"productVariants"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stock"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<ProductVariantsQuery, ProductVariantsQueryVariables>;
export const ProductsDocument = {"__meta__":{"hash":"sha256:67f68e8a7a7d41f7e6771a19ec46d724cfc58379e38371290170808ba2d6e59e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Products"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ProductFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"products"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"category"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}},{"kind":"Field","name":{"kind":"Name","value":"variants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}},{"kind":"Field","name":{"kind":"Name","value":"stock"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<ProductsQuery, ProductsQueryVariables>;
export const RecordReturnDocument = {"__meta__":{"hash":"sha256:44d8789a353bcb972a27cb40a758b433d09f6987ff07cf14fb48136dd7258362"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RecordReturn"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RecordReturnInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recordReturn"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alreadyRecorded"}},{"kind":"Field","name":{"kind":"Name","value":"return"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<RecordReturnMutation, RecordReturnMutationVariables>;
export const RefreshSessionDocument = {"__meta__":{"hash":"sha256:25fee7255166bb86966007a54b1178815f3f001133ec142fdbc453438fcfb4ba"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RefreshSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RefreshSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"refreshSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<RefreshSessionMutation, RefreshSessionMutationVariables>;
export const RefundOrderDocument = {"__meta__":{"hash":"sha256:d0e344a8cda6237fe4d0e188443b40a628bd7a9237fd3a3f3687f2400ed02bb9"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RefundOrder"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RefundOrderInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"refundOrder"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alreadyRequested"}},{"kind":"Field","name":{"kind":"Name","value":"refund"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<RefundOrderMutation, RefundOrderMutationVariables>;
export const RegisterDocument = {"__meta__":{"hash":"sha256:919ce006c34a9a5b714bf7b92ed3d07674726a8cb15b71438607b4caa16763f3"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Register"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RegisterInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"register"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}},{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<RegisterMutation, RegisterMutationVariables>;
export const RegisterOperationsDocument = {"__meta__":{"hash":"sha256:87a9a235553bf537e7f761b4ae1f6ef4772594793201a2e2c1e0cdae28aa4836"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RegisterOperations"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RegisterOperationsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"registerOperations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"report"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operationId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"cost"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<RegisterOperationsMutation, RegisterOperationsMutationVariables>;
export const RejectOperationsDocument = {"__meta__":{"hash":"sha256:8e19db55b01088f2f3c34ee30e3fe8c1cfebbf90a0b2db81da5a08d56bc173fb"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RejectOperations"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DecideOperationsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rejectOperations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operationId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<RejectOperationsMutation, RejectOperationsMutationVariables>;
export const RetireOperationsDocument = {"__meta__":{"hash":"sha256:c16b1642114ddb457770aeb997e8b27fbd12f8a353115fc4654d5f9b4d1b8581"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RetireOperations"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DecideOperationsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retireOperations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operationId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<RetireOperationsMutation, RetireOperationsMutationVariables>;
export const SearchProductsDocument = {"__meta__":{"hash":"sha256:3804681ba2355e2b371eb8f7d0a674204f321fefd1d02c2bcc3747043edb0b7f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SearchProducts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"words"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"storefront"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"products"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"search"},"value":{"kind":"Variable","name":{"kind":"Name","value":"words"}}}]}},{"kind":"Argument","name":{"kind":"Name","value":"storefront"},"value":{"kind":"Variable","name":{"kind":"Name","value":"storefront"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<SearchProductsQuery, SearchProductsQueryVariables>;
export const SearchWithFacetsDocument = {"__meta__":{"hash":"sha256:d7dd027282e2d6b95dcb1cbde405ecb4058bc1a40964ac8874d7f58253c21d7b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SearchWithFacets"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"words"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"storefront"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"products"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"search"},"value":{"kind":"Variable","name":{"kind":"Name","value":"words"}}}]}},{"kind":"Argument","name":{"kind":"Name","value":"storefront"},"value":{"kind":"Variable","name":{"kind":"Name","value":"storefront"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"facets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"categories"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"category"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"attributes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"values"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<SearchWithFacetsQuery, SearchWithFacetsQueryVariables>;
