import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fractionDigits, isCurrency, toDecimal, toMinor } from './money.js';

const CURRENCIES = { JPY: 0, GBP: 2, KWD: 3 };
const currency = fc.constantFrom(...Object.keys(CURRENCIES));
const minor = fc.maxSafeInteger();

describe('money', () => {
  it.each(Object.entries(CURRENCIES))('of %s has %i digits after the point', (code, digits) => {
    expect(fractionDigits(code)).toBe(digits);
    fc.assert(
      fc.property(minor, (amount) => {
        const [, fraction = ''] = toDecimal(amount, code).split('.');
        expect(fraction).toHaveLength(digits);
      }),
    );
  });

  it('comes back from its decimal as it went', () => {
    fc.assert(
      fc.property(minor, currency, (amount, code) => {
        const back = toMinor(toDecimal(amount, code), code);
        expect(back).toBe(amount === 0 ? 0 : amount);
      }),
    );
  });

  it('that reads as a number is that number', () => {
    const cents = fc.integer({ min: -100_000_000, max: 100_000_000 });
    fc.assert(
      fc.property(cents, (amount) => {
        expect(Number(toDecimal(amount, 'GBP'))).toBeCloseTo(amount / 100, 8);
      }),
    );
  });

  it('that reads as no number is none, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), currency, (text, code) => {
        const amount = toMinor(text, code);
        if (amount === undefined) return;
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number.isSafeInteger(amount)).toBe(true);
      }),
    );
  });
});

describe('a decimal', () => {
  it.each<[string, string, number | undefined]>([
    ['10.5', 'GBP', 1050],
    ['10.50', 'GBP', 1050],
    ['10.500', 'GBP', 1050],
    ['10.505', 'GBP', undefined],
    ['007', 'GBP', 700],
    ['-0.01', 'GBP', -1],
    ['-0', 'GBP', 0],
    ['10', 'JPY', 10],
    ['10.0', 'JPY', 10],
    ['10.5', 'JPY', undefined],
    ['0.125', 'KWD', 125],
    ['0.1255', 'KWD', undefined],
    ['90071992547409.91', 'GBP', Number.MAX_SAFE_INTEGER],
    ['90071992547409.92', 'GBP', undefined],
    ['9'.repeat(40), 'GBP', undefined],
  ])('%s %s is %s', (text, code, expected) => expect(toMinor(text, code)).toBe(expected));

  it.each(['', ' ', '.', '1.', '.5', '+1', '1e3', '1,000', '0x10', 'NaN', 'Infinity', '1 ', '١'])(
    '%j is none',
    (text) => expect(toMinor(text, 'GBP')).toBe(undefined),
  );
});

it('a currency is an ISO 4217 code in capitals', () => {
  expect(['GBP', 'JPY', 'KWD'].every(isCurrency)).toBe(true);
  expect(['gbp', 'XQQ', '', 'GB', 'constructor'].some(isCurrency)).toBe(false);
  expect(() => fractionDigits('gbp')).toThrow(RangeError);
});
