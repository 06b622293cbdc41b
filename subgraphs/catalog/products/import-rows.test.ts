import { describe, expect, it } from 'vitest';
import { type KnownVariant, planRows, readRows } from './import-rows.js';

function product(sku: string, more: object = {}) {
  return { sku, title: 'Mug', price: '1.50', currency: 'GBP', ...more };
}

function known(more: Partial<KnownVariant> = {}): Map<string, KnownVariant> {
  const stock = { onHand: 5, reserved: 2 };
  const product = { handle: 'a', attributes: {}, options: [] };
  const row = { sku: 'A', ...product, ...stock, ...more };
  return new Map([['A', row]]);
}

describe('readRows', () => {
  it('reads amounts in minor units and keeps the last price of an instant', () => {
    const validFrom = new Date('2011-01-01');
    const priceHistory = [
      { amount: '1.1', validFrom },
      { amount: '1.2', validFrom },
    ];
    const { rows, errors } = readRows([product(' A ', { priceHistory })], 'GBP');
    expect(errors).toEqual([]);
    expect(rows).toEqual([
      {
        index: 0,
        sku: 'A',
        handle: null,
        title: 'Mug',
        description: null,
        category: null,
        attributes: null,
        options: null,
        amount: 150,
        onHand: null,
        prices: [{ amount: 120, validFrom }],
      },
    ]);
  });

  it('keeps the first of two rows with one SKU', () => {
    const { rows, errors } = readRows([product('A'), product('A', { price: '9' })], 'GBP');
    expect(rows).toMatchObject([{ index: 0, amount: 150 }]);
    expect(errors).toMatchObject([{ code: 'DUPLICATE_SKU', field: ['products', '1', 'sku'] }]);
  });

  it('takes no other currency than that of the storefront', () => {
    const { rows, errors } = readRows([product('A'), product('B', { currency: null })], 'EUR');
    expect(rows).toMatchObject([{ sku: 'B' }]);
    expect(errors).toMatchObject([
      { code: 'CURRENCY_FIXED', field: ['products', '0', 'currency'] },
    ]);
  });
});

describe('planRows', () => {
  const { rows } = readRows([product('A')], 'GBP');

  it('keeps the stock of a product that has some, and gives a new one none', () => {
    expect(planRows(rows, known()).planned).toMatchObject([{ onHand: 5, isNew: false }]);
    expect(planRows(rows, new Map()).planned).toMatchObject([{ onHand: 0, isNew: true }]);
  });

  it('takes no stock below what is reserved', () => {
    const low = readRows([product('A', { onHand: 1 })], 'GBP').rows;
    expect(planRows(low, known())).toMatchObject({
      planned: [],
      errors: [{ code: 'STOCK_BELOW_RESERVED', field: ['products', '0', 'onHand'] }],
    });
  });
});
