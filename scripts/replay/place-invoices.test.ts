import { expect, it } from 'vitest';
import { row } from '../online-retail/testing.js';
import { invoiceKey } from './find-placed.js';
import { orderInput } from './place-invoices.js';

const charge = row({ stockCode: 'POST', description: 'POSTAGE', quantity: 1, unitPrice: 1800 });

it('is an order for the customer, at the prices of the file and without mail', () => {
  const invoice = { number: '536368', customer: '13047', lines: [row({})], charges: [charge] };
  expect(orderInput(invoice, 1, new Map([['13047', 'User_1']]))).toEqual({
    idempotencyKey: 'online-retail/536368',
    customerId: 'User_1',
    currency: 'GBP',
    paymentMethod: 'pm_card_approve',
    notifyCustomer: false,
    lines: [{ sku: '22914', quantity: 3, quotedUnitPrice: '4.95' }],
    charges: [{ code: 'POST', title: 'POSTAGE', quantity: 1, unitPrice: '18.00' }],
  });
});

it('is an order of a guest where the file names nobody', () => {
  const invoice = {
    number: '1',
    customer: null,
    lines: [],
    charges: [{ ...charge, description: '' }],
  };
  const { customerId, charges } = orderInput(invoice, 1, new Map());
  expect(customerId).toBeNull();
  expect(charges).toMatchObject([{ title: 'POST' }]);
});

it('has a key of its own for each attempt', () => {
  expect([invoiceKey('1', 1), invoiceKey('1', 2)]).toEqual([
    'online-retail/1',
    'online-retail/1#2',
  ]);
});
