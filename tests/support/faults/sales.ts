import type { Fault } from './fault.js';

const bothSums = (change: string) => `update sales_days ${change}; update sales_months ${change}`;

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
    fault: 'what was sold by country is not all that was sold',
    sql: { orders: bothSums(`set gross = gross + 1 where breakdown = 'COUNTRY'`) },
  },
  {
    breaks: 12,
    named: 'storefront',
    fault: 'an event was counted twice',
    sql: { orders: bothSums('set orders = orders * 2, units = units * 2, gross = gross * 2') },
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
