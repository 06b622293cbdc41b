import { describe, expect, it } from 'vitest';
import { classify, isGoods } from './classify.js';
import { row } from './testing.js';

describe('isGoods', () => {
  it.each([
    '22914',
    '85123A',
    '47503BH',
    'DCGSSGIRL',
    'DCGS0004',
    'GIFT_0001_20',
    'PADS',
    'SP1002',
  ])('%s is goods', (code) => expect(isGoods(code)).toBe(true));

  it.each([
    'POST',
    'DOT',
    'M',
    'D',
    'C2',
    'C3',
    'S',
    'B',
    'BANK CHARGES',
    'AMAZONFEE',
    'CRUK',
    'PADSX',
  ])('%s is a charge', (code) => expect(isGoods(code)).toBe(false));
});

describe('classify', () => {
  it('tells sales, charges and cancellations', () => {
    expect(classify(row({}))).toMatchObject({ kind: 'sale' });
    expect(classify(row({ stockCode: 'POST' }))).toMatchObject({ kind: 'charge' });
    expect(classify(row({ invoice: 'C536379', quantity: -1 }))).toMatchObject({
      kind: 'cancellation',
    });
  });

  it.each([
    [{ unitPrice: 0, quantity: -9 }, 'price of zero'],
    [{ unitPrice: -1106206 }, 'negative price'],
    [{ quantity: 0 }, 'quantity of zero'],
    [{ quantity: -3 }, 'negative quantity, no cancellation'],
    [{ invoice: 'C536379', quantity: 3 }, 'positive quantity in a cancellation'],
    [{ invoice: 'C536379', quantity: -1, stockCode: 'POST' }, 'charge or discount credited'],
    [{ invoice: 'A563185', stockCode: 'B' }, 'no invoice but an adjustment'],
  ])('sets aside %o: %s', (changed, reason) => {
    expect(classify(row(changed))).toMatchObject({ kind: 'aside', reason });
  });
});
