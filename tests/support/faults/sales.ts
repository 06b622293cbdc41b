import type { Fault } from './fault.js';

const allSums = (change: string) =>
  ['days', 'months', 'years'].map((period) => `update sales_${period} ${change};`).join(' ');

/** Faults that break the rule about the sums of sales. */
export const SALES: readonly Fault[] = [
  {
    breaks: 12,
    named: 'storefront',
    fault: 'a month is not the sum of its days',
    sql: { orders: `update sales_months set units = units + 1 where breakdown = 'SKU'` },
  },
  {
    breaks: 12,
    named: 'storefront',
    fault: 'a year is not the sum of its months',
    sql: { orders: `delete from sales_years where breakdown = 'COUNTRY'` },
  },
  {
    breaks: 12,
    named: 'storefront',
    fault: 'what was sold by country is not all that was sold',
    sql: { orders: allSums(`set gross = gross + 1 where breakdown = 'COUNTRY'`) },
  },
  {
    breaks: 12,
    named: 'storefront',
    fault: 'a quote was counted that nobody made',
    sql: {
      catalog: `insert into quote_days values (:storefront, 'GBP', '2026-01-01', 1, 100, 0, 0)`,
    },
  },
  {
    breaks: 12,
    named: 'storefront',
    fault: 'an event was counted twice',
    sql: { orders: allSums('set orders = orders * 2, units = units * 2, gross = gross * 2') },
  },
  {
    breaks: 12,
    named: 'confirmed',
    fault: 'an order comes to more than it sold',
    sql: {
      orders:
        'update orders set captured = captured + 1, authorized = authorized + 1 where id = :confirmed',
    },
  },
];
