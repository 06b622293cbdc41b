import { expect, it } from 'vitest';
import { productInput } from './import-products.js';

const product = {
  sku: '22914',
  title: 'BLUE COAT RACK',
  price: 550,
  priceHistory: [
    { price: 495, validFrom: '2010-12-01T08:34:00' },
    { price: 550, validFrom: '2011-02-01T09:00:00' },
  ],
};

it('writes amounts as decimals and times with a zone', () => {
  expect(productInput(product, { known: new Map(), missing: new Map([['22914', 9]]) })).toEqual({
    sku: '22914',
    title: 'BLUE COAT RACK',
    category: 'Gifts',
    price: '5.50',
    currency: 'GBP',
    onHand: 9,
    priceHistory: [
      { amount: '4.95', validFrom: '2010-12-01T08:34:00Z' },
      { amount: '5.50', validFrom: '2011-02-01T09:00:00Z' },
    ],
  });
});

it('adds to what is on hand, and leaves alone what is enough', () => {
  const known = new Map([['22914', { onHand: 10, reserved: 4 }]]);
  expect(productInput(product, { known, missing: new Map([['22914', 2]]) }).onHand).toBe(12);
  expect(productInput(product, { known, missing: new Map() })).not.toHaveProperty('onHand');
});
