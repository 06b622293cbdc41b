import { describe, expect, it } from 'vitest';
import { type KnownVariant, planRows, readRows } from './import-rows.js';

function product(sku: string, more: object = {}) {
  return { sku, title: 'Mug', price: '1.50', currency: 'GBP', ...more };
}

function known(more: Partial<KnownVariant> = {}): Map<string, KnownVariant> {
  const stock = { onHand: 5, reserved: 2 };
  const product = { handle: 'a', options: [] };
  const row = { sku: 'A', priceMinor: 150, currency: 'GBP', ...product, ...stock, ...more };
  return new Map([['A', row]]);
}

describe('readRows', () => {
  it('reads amounts in minor units and keeps the last price of an instant', () => {
    const validFrom = new Date('2011-01-01');
    const priceHistory = [
      { amount: '1.1', validFrom },
      { amount: '1.2', validFrom },
    ];
    const { rows, errors } = readRows([product(' A ', { priceHistory })]);
    expect(errors).toEqual([]);
    expect(rows).toEqual([
      {
        index: 0,
        sku: 'A',
        handle: null,
        title: 'Mug',
        description: null,
        category: null,
        options: null,
        priceMinor: 150,
        currency: 'GBP',
        onHand: null,
        prices: [{ sku: 'A', priceMinor: 120, validFrom }],
      },
    ]);
  });

  it('keeps the first of two rows with one SKU', () => {
    const { rows, errors } = readRows([product('A'), product('A', { price: '9' })]);
    expect(rows).toMatchObject([{ index: 0, priceMinor: 150 }]);
    expect(errors).toMatchObject([{ code: 'DUPLICATE_SKU', field: ['products', '1', 'sku'] }]);
  });
});

describe('planRows', () => {
  const { rows } = readRows([product('A')]);

  it('keeps the stock of a product that has some, and gives a new one none', () => {
    expect(planRows(rows, known()).planned).toMatchObject([{ onHand: 5, isNew: false }]);
    expect(planRows(rows, new Map()).planned).toMatchObject([{ onHand: 0, isNew: true }]);
  });

  it('notes a price that is another than before, and none that is the same', () => {
    expect(planRows(rows, known()).planned).toMatchObject([{ prices: [] }]);
    expect(planRows(rows, known({ priceMinor: 149 })).planned).toMatchObject([
      { prices: [{ sku: 'A', priceMinor: 150, validFrom: null }] },
    ]);
  });

  it('takes no other currency and no stock below what is reserved', () => {
    expect(planRows(rows, known({ currency: 'USD' }))).toMatchObject({
      planned: [],
      errors: [{ code: 'CURRENCY_FIXED' }],
    });
    const low = readRows([product('A', { onHand: 1 })]).rows;
    expect(planRows(low, known())).toMatchObject({
      planned: [],
      errors: [{ code: 'STOCK_BELOW_RESERVED', field: ['products', '0', 'onHand'] }],
    });
  });
});
