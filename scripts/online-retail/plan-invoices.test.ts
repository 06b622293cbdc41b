import { describe, expect, it } from 'vitest';
import { planInvoices } from './plan-invoices.js';
import type { BadRow, Row } from './row.js';
import { asStream, row } from './testing.js';

const plan = (rows: Array<Row | BadRow>, limit?: number) => planInvoices(asStream(rows), limit);

describe('planInvoices', () => {
  it('gathers lines and charges of an invoice, also where others stand between', async () => {
    const { invoices } = await plan([
      row({ invoice: '1', stockCode: '22914' }),
      row({ invoice: '2', customer: null }),
      row({ invoice: '1', stockCode: 'POST' }),
      row({ invoice: '1', stockCode: '22914', unitPrice: 400 }),
    ]);
    expect(invoices).toMatchObject([
      {
        number: '1',
        customer: '13047',
        lines: [{ unitPrice: 495 }, { unitPrice: 400 }],
        charges: [{ stockCode: 'POST' }],
      },
      { number: '2', customer: null, lines: [{}], charges: [] },
    ]);
  });

  it('leaves no row out', async () => {
    const planned = await plan(
      [
        row({ invoice: '1' }),
        row({ invoice: '1', customer: '99' }),
        row({ invoice: '1', unitPrice: 0 }),
        { line: 4, reason: 'Quantity is not a whole number', detail: 'x' },
        row({ invoice: 'C2', quantity: -1 }),
        row({ invoice: '3' }),
        row({ invoice: '1' }),
      ],
      2,
    );
    expect(planned).toMatchObject({
      rowsRead: 7,
      beyondLimit: 1,
      cancellations: [{ invoice: 'C2' }],
    });
    expect(planned.invoices.map(({ lines }) => lines.length)).toEqual([2]);
    expect(planned.bad).toHaveLength(1);
    expect(planned.aside.map(({ reason }) => reason)).toEqual([
      'customer differs within the invoice',
      'price of zero',
    ]);
  });

  it('makes no order of an invoice of which every row is set aside', async () => {
    expect((await plan([row({ unitPrice: 0 })])).invoices).toEqual([]);
  });
});
