import type { Row } from './row.js';

export type Classified =
  | { kind: 'sale' | 'charge' | 'cancellation'; row: Row }
  | { kind: 'aside'; row: Row; reason: string };

/** What a row of the file is, by its own columns alone. */
export function classify(row: Row): Classified {
  const reason = whyAside(row);
  if (reason) return { kind: 'aside', row, reason };
  if (isCancellation(row)) return { kind: 'cancellation', row };
  return { kind: isGoods(row.stockCode) ? 'sale' : 'charge', row };
}

function whyAside(row: Row): string | undefined {
  if (!/^C?\d+$/.test(row.invoice)) return 'no invoice but an adjustment';
  if (row.unitPrice === 0) return 'price of zero';
  if (row.unitPrice < 0) return 'negative price';
  if (row.quantity === 0) return 'quantity of zero';
  if (isCancellation(row)) {
    if (row.quantity > 0) return 'positive quantity in a cancellation';
    return isGoods(row.stockCode) ? undefined : 'charge or discount credited';
  }
  return row.quantity < 0 ? 'negative quantity, no cancellation' : undefined;
}

function isCancellation(row: Row): boolean {
  return row.invoice.startsWith('C');
}

/**
 * Goods have a stock code of five digits, mostly with a letter behind (85123A); besides these there are goods made for
 * one reseller (DCGS...), gift vouchers (GIFT_...), cushion pads (PADS) and samplers (SP...). Every other code is money
 * for something that has no stock: POST, DOT, C2 (carriage), M (manual), D (discount), BANK CHARGES, AMAZONFEE, ...
 */
export function isGoods(stockCode: string): boolean {
  return /^(\d{5}|DCGS|GIFT_|PADS$|SP\d)/.test(stockCode);
}
