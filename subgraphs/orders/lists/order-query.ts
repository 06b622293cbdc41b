import type { OrderStatus, PaymentStatus, RefundStatus } from '../order.js';

export const ORDER_SORTS = ['PLACED_AT', 'TOTAL_DESCENDING', 'TOTAL_ASCENDING'] as const;
export type OrderSort = (typeof ORDER_SORTS)[number];

/** Which orders to list, with bare ids; all that is named must hold. Drafts only where their status is named. */
export interface OrderQuery {
  /** Newest first where it is not named. By total goes with the total's currency. */
  sort?: OrderSort;
  status?: readonly OrderStatus[];
  paymentStatus?: readonly PaymentStatus[];
  refundStatus?: readonly RefundStatus[];
  needsAttention?: boolean;
  customerId?: string;
  storefrontIds?: readonly string[];
  placedFrom?: Date;
  placedTo?: Date;
  /** In minor units, both ends included. */
  total?: { currency: string; min?: number; max?: number };
  sku?: string;
  /** What somebody typed: words that all must be found, of which the last may be unfinished. */
  search?: string;
  /** Placed under one of these keys, which are unique for whoever placed it. */
  placedUnder?: { placedBy: string; keys: readonly string[] };
}

/** The words of a search as the read model has them. */
export interface SoughtTerms {
  /** All of these. */
  all: readonly string[];
  /** One of these, where some are named: what begins like the last word. */
  any?: readonly string[];
  /** One that begins so, where too many do to name them. */
  prefix?: string;
}

/** What is to hold of the orders of a list. */
export interface Sought extends Omit<OrderQuery, 'search' | 'sort'> {
  terms: SoughtTerms;
  withDrafts: boolean;
}

export function soughtBy(query: OrderQuery, terms: SoughtTerms): Sought {
  const { search: _, sort, ...sought } = query;
  const { status, placedFrom, placedTo } = query;
  // A draft was placed at no time.
  const withDrafts = status?.includes('DRAFT') && !placedFrom && !placedTo && !isByTotal(sort);
  return { ...sought, terms, withDrafts: Boolean(withDrafts) };
}

export const isByTotal = (sort: OrderSort | undefined): boolean =>
  sort !== undefined && sort !== 'PLACED_AT';
