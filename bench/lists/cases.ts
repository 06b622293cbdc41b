import type { OrderQuery } from '@waybill/orders/lists/order-query.js';
import { STOREFRONTS } from '@waybill/orders/testing/generated-orders.js';

/** What lists are asked for that is only known when the orders are there. */
export interface Known {
  customerId: string;
  popularSku: string;
  rareSku: string;
  number: string;
}

export interface ListCase {
  title: string;
  query: OrderQuery;
}

const DAY = 86_400_000;

export function listCases(known: Known): ListCase[] {
  const [first = '', , small = ''] = STOREFRONTS;
  const placedFrom = new Date(Date.now() - 400 * DAY);
  const placedTo = new Date(Date.now() - 340 * DAY);
  const total = { currency: 'GBP' };
  return [
    { title: 'all', query: {} },
    { title: 'status FAILED (2 %)', query: { status: ['FAILED'] } },
    { title: 'status SHIPPED or CONFIRMED (14 %)', query: { status: ['SHIPPED', 'CONFIRMED'] } },
    { title: 'a storefront (10 %)', query: { storefrontIds: [small] } },
    { title: 'a customer', query: { customerId: known.customerId } },
    { title: '60 days of last year', query: { placedFrom, placedTo } },
    { title: 'refunded (2 %)', query: { refundStatus: ['REFUNDED'] } },
    { title: 'authorized, not paid (2 %)', query: { paymentStatus: ['AUTHORIZED'] } },
    { title: 'needs attention (0.1 %)', query: { needsAttention: true } },
    { title: 'the dearest', query: { total, sort: 'TOTAL_DESCENDING' } },
    {
      title: '500 to 600 GBP, newest first',
      query: { total: { ...total, min: 50_000, max: 60_000 } },
    },
    { title: 'a popular SKU', query: { sku: known.popularSku } },
    { title: 'a rare SKU', query: { sku: known.rareSku } },
    { title: 'search: shirt', query: { search: 'shirt' } },
    { title: 'search: smi…', query: { search: 'smi' } },
    { title: 'search: zo…, which begins thousands of words', query: { search: 'zo' } },
    { title: 'search: muller linen hat', query: { search: 'müller linen hat' } },
    { title: 'search: an order number', query: { search: known.number } },
    {
      title: 'staff of a storefront: CONFIRMED, shirt',
      query: { storefrontIds: [small], status: ['CONFIRMED'], search: 'shirt' },
    },
    {
      title: 'staff of a storefront: 60 days, the dearest',
      query: { storefrontIds: [first], placedFrom, placedTo, total, sort: 'TOTAL_DESCENDING' },
    },
    { title: 'two common words, never together', query: { search: 'leeds london' } },
  ];
}
