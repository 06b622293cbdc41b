import { describe, expect, it } from 'vitest';
import { planInvoices } from '../online-retail/plan-invoices.js';
import type { BadRow, Row } from '../online-retail/row.js';
import { asStream, row } from '../online-retail/testing.js';
import type { KnownOrder } from './find-placed.js';
import { planReplay, skusOf } from './plan-replay.js';

async function plan(rows: Array<Row | BadRow>, known: Record<string, Partial<KnownOrder>> = {}) {
  const orders = Object.entries(known).map(([number, order]) => {
    const whole: KnownOrder = { id: `Order_${number}`, status: 'SHIPPED', total: 0, attempt: 1 };
    return [number, { ...whole, ...order }] as const;
  });
  return planReplay(await planInvoices(asStream(rows)), new Map(orders));
}

const sale = row({ invoice: '1', quantity: 2, unitPrice: 100 });
const cancellation = row({ invoice: 'C2', quantity: -1, unitPrice: 100 });

describe('planReplay', () => {
  it('counts every row in one place', async () => {
    const bad = { line: 9, reason: 'a quote is not closed', detail: '' };
    const { rowsRead, invoices, refunds, aside } = await plan([
      sale,
      row({ invoice: '1', stockCode: 'POST', unitPrice: 1800, quantity: 1 }),
      cancellation,
      row({ invoice: 'C3', quantity: -9 }),
      row({ invoice: '4', unitPrice: 0 }),
      bad,
    ]);
    expect(rowsRead).toBe(6);
    expect(invoices).toMatchObject([{ lines: [{}], charges: [{}] }]);
    expect(refunds).toHaveLength(1);
    expect(aside).toEqual({
      'cancellation of more than was bought': 1,
      'price of zero': 1,
      'a quote is not closed': 1,
    });
  });

  it('keeps invoices that are placed already as they are in the file', async () => {
    const { invoices, refunds } = await plan([sale, cancellation], { 1: { total: 200 } });
    expect([invoices.length, refunds.length]).toEqual([1, 1]);
  });

  it('sets aside an invoice that was placed with other lines, and refunds nothing of it', async () => {
    const { invoices, refunds, aside } = await plan([sale, cancellation], { 1: { total: 300 } });
    expect([invoices, refunds]).toEqual([[], []]);
    expect(aside).toEqual({
      'placed before with other lines': 1,
      'cancellation without a purchase': 1,
    });
  });

  it('plans an invoice anew whose order came to nothing', async () => {
    const { invoices } = await plan([sale], { 1: { total: 300, status: 'FAILED' } });
    expect(invoices).toHaveLength(1);
  });
});

describe('skusOf', () => {
  it('names each product once, and no charges', async () => {
    const rows = [
      sale,
      sale,
      row({ invoice: '1', stockCode: 'POST' }),
      row({ invoice: '2', stockCode: '22915' }),
    ];
    const { invoices } = await planInvoices(asStream(rows));
    expect(skusOf(invoices)).toEqual(['22914', '22915']);
  });
});
