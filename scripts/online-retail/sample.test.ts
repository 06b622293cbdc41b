import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BuiltCatalog, buildCatalog } from './build-catalog.js';
import { countBy } from './count-by.js';
import { type MatchedRefunds, matchRefunds } from './match-refunds.js';
import { type PlannedInvoices, planInvoices } from './plan-invoices.js';
import { readRows } from './read-rows.js';

const SAMPLE = fileURLToPath(new URL('../../data/online-retail-sample.csv', import.meta.url));

/** Every number here was counted apart, by a script in another language. */
describe('the sample of real invoices', () => {
  let planned: PlannedInvoices;
  let matched: MatchedRefunds;
  let catalog: BuiltCatalog;
  beforeAll(async () => {
    planned = await planInvoices(readRows(SAMPLE));
    matched = matchRefunds(planned.invoices, planned.cancellations);
    catalog = await buildCatalog(readRows(SAMPLE));
  });

  const rowsOf = (part: 'lines' | 'charges') =>
    planned.invoices.flatMap((invoice) => invoice[part]);
  const pence = (part: 'lines' | 'charges') =>
    rowsOf(part).reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);

  it('is read whole', () => {
    expect(planned).toMatchObject({ rowsRead: 30_000, bad: [], beyondLimit: 0 });
  });

  it('holds 11,836 invoices, 34 of them of charges alone', () => {
    expect(planned.invoices).toHaveLength(11_836);
    expect(planned.invoices.filter(({ customer }) => customer === null)).toHaveLength(630);
    expect(planned.invoices.filter(({ lines }) => lines.length === 0)).toHaveLength(34);
  });

  it('sells 344,802 units for 590,844.79 and charges 11,080.85', () => {
    expect(rowsOf('lines').reduce((sum, { quantity }) => sum + quantity, 0)).toBe(344_802);
    expect([rowsOf('lines').length, pence('lines')]).toEqual([29_235, 59_084_479]);
    expect([rowsOf('charges').length, pence('charges')]).toEqual([108, 1_108_085]);
  });

  it('finds the purchases of 53 cancellations, 393 units for 983.65', () => {
    const parts = matched.refunds.flatMap((refund) => refund.parts);
    expect(matched.refunds).toHaveLength(53);
    expect(parts.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(393);
    expect(parts.reduce((sum, { amount }) => sum + amount, 0)).toBe(98_365);
  });

  it('sets aside 604 rows, each with a reason', () => {
    expect(countBy([...planned.aside, ...matched.unmatched], ({ reason }) => reason)).toEqual({
      'price of zero': 37,
      'charge or discount credited': 27,
      'cancellation without a purchase': 534,
      'cancellation of more than was bought': 5,
      'cancellation without a customer': 1,
    });
  });

  it('makes a catalog of 2,971 products, and 3,569 customers', () => {
    expect(catalog.products).toHaveLength(2971);
    expect(catalog.products.flatMap(({ priceHistory }) => priceHistory)).toHaveLength(8755);
    expect(catalog.neverPriced).toHaveLength(7);
    expect(catalog.customers).toHaveLength(3569);
  });
});
