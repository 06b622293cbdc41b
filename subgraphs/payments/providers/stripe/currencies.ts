import { fractionDigits } from '@waybill/kernel/money.js';

/** Digits of amounts at Stripe where they are not 2: https://docs.stripe.com/currencies#minor-units */
const ZERO_DECIMAL = new Set(
  'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '),
);
const THREE_DECIMAL = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/**
 * Why an amount cannot be given to Stripe as it is; undefined where it can, which is nearly always: both count in ISO
 * 4217's minor units. They differ about ISK and UGX (ours 0 digits, Stripe's 2, for old times' sake) and MGA (ours 2,
 * Stripe's 0). And card networks round three-decimal amounts, so Stripe takes only those that end in 0.
 */
export function amountRefusal(amount: number, currency: string): string | undefined {
  if (fractionDigits(currency) !== digitsAtStripe(currency)) return 'CURRENCY_NOT_SUPPORTED';
  if (THREE_DECIMAL.has(currency) && amount % 10 !== 0) return 'AMOUNT_NOT_SUPPORTED';
  return undefined;
}

function digitsAtStripe(currency: string): number {
  if (ZERO_DECIMAL.has(currency)) return 0;
  return THREE_DECIMAL.has(currency) ? 3 : 2;
}
