/** An amount in the currency's minor unit (pence, yen, fils) with its ISO 4217 code. */
export interface Amount {
  minor: number;
  currency: string;
}

const digitsByCurrency = new Map<string, number>();

/** Digits after the point: 2 for GBP, 0 for JPY, 3 for KWD. Throws RangeError on what is no ISO 4217 code. */
export function fractionDigits(currency: string): number {
  let digits = digitsByCurrency.get(currency);
  if (digits === undefined) {
    if (!isCurrency(currency)) throw new RangeError(`${currency} is not an ISO 4217 currency code`);
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    digitsByCurrency.set(currency, digits);
  }
  return digits;
}

const KNOWN = new Set(Intl.supportedValuesOf('currency'));

export function isCurrency(code: string): boolean {
  return KNOWN.has(code);
}

/** Minor units as a decimal string: `(1050, 'GBP')` is `10.50`. */
export function toDecimal(minor: number, currency: string): string {
  const digits = fractionDigits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const sign = minor < 0 ? '-' : '';
  return digits === 0 ? sign + whole : `${sign}${whole}.${text.slice(-digits)}`;
}

/**
 * A decimal string as minor units: `('10.5', 'GBP')` is 1050. Undefined where it is no number, has more digits than
 * the currency, or is too large to be counted exactly.
 */
export function toMinor(decimal: string, currency: string): number | undefined {
  const match = /^(-?)(\d{1,16})(?:\.(\d+))?$/.exec(decimal);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  const digits = fractionDigits(currency);
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > digits) return undefined;
  const minor = Number(whole + significant.padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) return undefined;
  return sign && minor !== 0 ? -minor : minor;
}
