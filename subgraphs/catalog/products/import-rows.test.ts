import { describe, expect, it } from 'vitest';
import { readRows } from './import-rows.js';

function product(sku: string, more: object = {}) {
  return { sku, title: 'Mug', price: '1.50', currency: 'GBP', ...more };
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
        published: 'where it has never been',
        amount: 150,
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
