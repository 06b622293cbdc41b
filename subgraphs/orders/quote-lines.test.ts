import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkLines,
  type LinesRequest,
  MAX_LINES,
  MAX_QUANTITY,
  quoteLines,
} from './quote-lines.js';
import { product } from './testing/orders.js';

const A = product('A', 1000);
const B = product('B', 250);
const ITEMS = new Map([A, B].map((item) => [item.sku, item]));

const request = (changes: Partial<LinesRequest> = {}): LinesRequest => ({
  currency: 'GBP',
  lines: [{ sku: 'A', quantity: 2 }],
  charges: [],
  ...changes,
});
const codes = (result: { code: string; field: string[] | null }[]) =>
  result.map(({ code, field }) => `${code} ${field?.join('.')}`);

describe('what can be refused without asking anybody', () => {
  const charge = { code: 'POST', title: 'Postage', quantity: 1, unitPrice: '3.00' };

  it.each<[string, Partial<LinesRequest>, string[]]>([
    ['a good order', {}, []],
    ['charges alone', { lines: [], charges: [charge] }, []],
    ['no lines', { lines: [] }, ['EMPTY_ORDER lines']],
    ['no currency', { currency: 'gbp' }, ['INVALID_INPUT currency']],
    [
      'a quantity of 0',
      { lines: [{ sku: 'A', quantity: 0 }] },
      ['INVALID_QUANTITY lines.0.quantity'],
    ],
    [
      'half a unit',
      { lines: [{ sku: 'A', quantity: 0.5 }] },
      ['INVALID_QUANTITY lines.0.quantity'],
    ],
    [
      'more than can be counted',
      { lines: [{ sku: 'A', quantity: MAX_QUANTITY + 1 }] },
      ['INVALID_QUANTITY lines.0.quantity'],
    ],
    [
      'a price below zero',
      { lines: [{ sku: 'A', quantity: 1, quotedUnitPrice: '-0.01' }] },
      ['INVALID_PRICE lines.0.quotedUnitPrice'],
    ],
    [
      'a tenth of a penny',
      { charges: [{ ...charge, unitPrice: '0.001' }] },
      ['INVALID_PRICE charges.0.unitPrice'],
    ],
    [
      'all that is wrong, at once',
      {
        lines: [{ sku: 'A', quantity: 0, quotedUnitPrice: 'x' }],
        charges: [{ ...charge, quantity: -1 }],
      },
      [
        'INVALID_QUANTITY lines.0.quantity',
        'INVALID_PRICE lines.0.quotedUnitPrice',
        'INVALID_QUANTITY charges.0.quantity',
      ],
    ],
    ['nothing, as a price', { lines: [{ sku: 'A', quantity: 1, quotedUnitPrice: '0' }] }, []],
    [
      'pence of yen',
      { currency: 'JPY', lines: [{ sku: 'A', quantity: 1, quotedUnitPrice: '10.5' }] },
      ['INVALID_PRICE lines.0.quotedUnitPrice'],
    ],
    [
      'fils of dinars',
      { currency: 'KWD', lines: [{ sku: 'A', quantity: 1, quotedUnitPrice: '10.125' }] },
      [],
    ],
    [
      'too many lines',
      { lines: Array.from({ length: MAX_LINES + 1 }, () => ({ sku: 'A', quantity: 1 })) },
      ['INVALID_INPUT lines'],
    ],
  ])('%s', (_name, changes, expected) => {
    expect(codes(checkLines(request(changes)))).toEqual(expected);
  });
});

describe('lines with their prices', () => {
  const quoted = (changes: Partial<LinesRequest>) => quoteLines(request(changes), ITEMS);

  it("are the catalog's, with title and product as they are now", () => {
    expect(quoted({})).toEqual({
      total: 2000,
      lines: [
        {
          lineNumber: 1,
          kind: 'PRODUCT',
          sku: 'A',
          productId: A.variantId,
          title: 'Product A',
          quantity: 2,
          unitPrice: 1000,
          priceId: A.priceId,
        },
      ],
    });
  });

  it('are the quoted ones where one is named, also nothing', () => {
    const lines = [
      { sku: 'A', quantity: 1, quotedUnitPrice: '0.00' },
      { sku: 'A', quantity: 3, quotedUnitPrice: '7.5' },
      { sku: 'B', quantity: 1, quotedUnitPrice: null },
    ];
    expect(quoted({ lines })).toMatchObject({
      total: 3 * 750 + 250,
      lines: [
        { unitPrice: 0, priceId: null },
        { unitPrice: 750, priceId: null },
        { unitPrice: 250, priceId: B.priceId },
      ],
    });
  });

  it('number charges after goods', () => {
    const charges = [{ code: 'POST', title: 'Postage', quantity: 2, unitPrice: '1.25' }];
    expect(quoted({ charges })).toMatchObject({
      total: 2250,
      lines: [
        { lineNumber: 1, kind: 'PRODUCT' },
        {
          lineNumber: 2,
          kind: 'CHARGE',
          sku: 'POST',
          productId: null,
          unitPrice: 125,
          priceId: null,
        },
      ],
    });
  });

  it('are refused where a product is unknown or priced in another currency', () => {
    const lines = [
      { sku: 'A', quantity: 1 },
      { sku: 'Z', quantity: 1 },
    ];
    const result = quoted({ currency: 'EUR', lines });
    expect('errors' in result && codes(result.errors)).toEqual([
      'CURRENCY_MISMATCH lines.0.sku',
      'UNKNOWN_SKU lines.1.sku',
    ]);
  });

  it('are refused where the total cannot be counted exactly', () => {
    const line = { sku: 'A', quantity: MAX_QUANTITY, quotedUnitPrice: '90071992.54' };
    expect(quoted({ lines: [line] })).toMatchObject({ total: 9_007_199_254_000_000 });
    const result = quoted({ lines: [line, line] });
    expect('errors' in result && codes(result.errors)).toEqual(['INVALID_PRICE lines']);
  });

  it('add up to the total, whatever they are', () => {
    const line = fc.record({
      sku: fc.constantFrom('A', 'B'),
      quantity: fc.integer({ min: 1, max: 1000 }),
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
        const result = quoted({ lines });
        if ('errors' in result) throw new Error('refused');
        const sum = lines.reduce(
          (all, { sku, quantity }) => all + quantity * (sku === 'A' ? 1000 : 250),
          0,
        );
        expect(result.total).toBe(sum);
        expect(result.lines.map(({ lineNumber }) => lineNumber)).toEqual(
          lines.map((_, i) => i + 1),
        );
      }),
    );
  });
});
