import { describe, expect, it } from 'vitest';
import { matchRefunds } from './match-refunds.js';
import type { Invoice } from './plan-invoices.js';
import type { Row } from './row.js';
import { row } from './testing.js';

function bought(day: number, changed: Partial<Row>): Invoice {
  const line = row({
    invoice: `${day}`,
    at: `2011-01-${String(day).padStart(2, '0')}`,
    ...changed,
  });
  return { number: line.invoice, customer: line.customer, lines: [line], charges: [] };
}

function cancelled(changed: Partial<Row>): Row {
  return row({ invoice: 'C9', at: '2011-01-20', quantity: -1, ...changed });
}

const partsOf = (invoices: Invoice[], ...cancellations: Row[]) =>
  matchRefunds(invoices, cancellations).refunds.map(({ parts }) => parts);
const reasonsOf = (invoices: Invoice[], ...cancellations: Row[]) =>
  matchRefunds(invoices, cancellations).unmatched.map(({ reason }) => reason);

describe('matchRefunds', () => {
  it('takes the latest purchase before the cancellation', () => {
    const invoices = [bought(3, {}), bought(5, {}), bought(25, {})];
    expect(partsOf(invoices, cancelled({}))).toEqual([
      [{ invoice: '5', line: 0, quantity: 1, amount: 495 }],
    ]);
  });

  it('prefers a purchase at the same price', () => {
    const invoices = [bought(3, { unitPrice: 300 }), bought(5, {})];
    expect(partsOf(invoices, cancelled({ unitPrice: 300 }))).toMatchObject([[{ invoice: '3' }]]);
  });

  it('takes from several purchases where one is too small, and remembers what is left', () => {
    const invoices = [bought(3, { quantity: 5 }), bought(5, { quantity: 2 })];
    expect(partsOf(invoices, cancelled({ quantity: -4 }), cancelled({ quantity: -3 }))).toEqual([
      [
        { invoice: '5', line: 0, quantity: 2, amount: 990 },
        { invoice: '3', line: 0, quantity: 2, amount: 990 },
      ],
      [{ invoice: '3', line: 0, quantity: 3, amount: 1485 }],
    ]);
  });

  it('never gives back more money than a purchase cost', () => {
    const invoices = [bought(3, { quantity: 10, unitPrice: 100 })];
    expect(partsOf(invoices, cancelled({ quantity: -6, unitPrice: 150 }))).toMatchObject([
      [{ quantity: 6, amount: 900 }],
    ]);
    expect(reasonsOf(invoices, cancelled({ quantity: -7, unitPrice: 150 }))).toEqual([
      'cancellation of more than was bought',
    ]);
  });

  it('takes nothing for a cancellation that it leaves out', () => {
    const invoices = [bought(3, { quantity: 5 })];
    const [tooMuch, enough] = [cancelled({ quantity: -6 }), cancelled({ quantity: -5 })];
    expect(partsOf(invoices, tooMuch, enough)).toMatchObject([[{ quantity: 5 }]]);
    expect(reasonsOf(invoices, tooMuch, enough)).toHaveLength(1);
  });

  it('matches neither other customers, nor other goods, nor guests', () => {
    const invoices = [bought(3, {}), bought(4, { customer: null })];
    const others = [cancelled({ customer: '1' }), cancelled({ stockCode: '22915' })];
    expect(reasonsOf(invoices, ...others, cancelled({ customer: null }))).toEqual([
      'cancellation without a purchase',
      'cancellation without a purchase',
      'cancellation without a customer',
    ]);
  });
});
