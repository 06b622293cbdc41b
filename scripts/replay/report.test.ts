import { describe, expect, it } from 'vitest';
import { row } from '../online-retail/testing.js';
import { type Outcome, reportOn } from './report.js';
import { showReport } from './show-report.js';

const cancellation = row({ invoice: 'C3', quantity: -1, unitPrice: 100 });

/** Two invoices, one refund and two rows set aside, all as they should be. */
function outcome(): Outcome {
  const first = row({ invoice: '1', quantity: 2, unitPrice: 100 });
  const second = row({ invoice: '2', quantity: 5, unitPrice: 10 });
  const post = row({ invoice: '2', stockCode: 'POST', quantity: 1, unitPrice: 1800 });
  const part = { invoice: '1', line: 0, quantity: 1, amount: 100 };
  return {
    plan: {
      rowsRead: 6,
      invoices: [
        { number: '1', customer: '13047', lines: [first], charges: [] },
        { number: '2', customer: null, lines: [second], charges: [post] },
      ],
      refunds: [{ cancellation, parts: [part] }],
      aside: { 'price of zero': 1, 'a quote is not closed': 1 },
      bad: [{ line: 7, reason: 'a quote is not closed', detail: '1,"2' }],
      beyondLimit: 0,
    },
    placed: {
      orders: new Map([
        ['1', 'Order_1'],
        ['2', 'Order_2'],
      ]),
      placedNow: 2,
      placedBefore: 0,
      failed: [],
      answerMs: [4, 6],
      confirmedMs: [40, 60],
    },
    refunded: { done: new Set(['Refund_1']), unitsBackNow: 1, unitsBack: 1, failed: [] },
    money: new Map([
      ['Order_1', { total: 200, captured: 200, refunded: 100 }],
      ['Order_2', { total: 1850, captured: 1850, refunded: 0 }],
    ]),
    stock: { atStart: 7, shippedNow: 7, atEnd: 1 },
    seconds: { place: 0.5 },
  };
}

describe('reportOn', () => {
  it('reconciles rows, money and stock', () => {
    expect(reportOn('a.csv', outcome())).toMatchObject({
      reconciles: true,
      faults: [],
      rows: { read: 6, linesOrdered: 2, linesRefunded: 1, charges: 1, setAside: 2 },
      money: {
        ordered: { file: 2050, system: 2050 },
        captured: { file: 2050, system: 2050 },
        refunded: { file: 100, system: 100 },
      },
      stock: { atEnd: { file: 1, system: 1 } },
      speed: { ordersPerSecond: 4, placeOrderMs: { p50: 6, p99: 6 } },
    });
  });

  it('finds a penny that is missing', () => {
    const short = outcome();
    const money = new Map([
      ...short.money,
      ['Order_2', { total: 1850, captured: 1849, refunded: 0 }],
    ]);
    const { reconciles, faults } = reportOn('a.csv', { ...short, money });
    expect(reconciles).toBe(false);
    expect(faults).toEqual(['captured: the file says 20.50, Waybill says 20.49']);
  });

  it('finds a unit that is missing', () => {
    const { faults } = reportOn('a.csv', {
      ...outcome(),
      stock: { atStart: 7, shippedNow: 7, atEnd: 0 },
    });
    expect(faults).toEqual(['units on hand at the end: the file says 1, Waybill says 0']);
  });

  it('names invoices and cancellations that failed, and misses their rows', () => {
    const failing = outcome();
    failing.placed.orders.delete('2');
    failing.placed.failed.push({ invoice: '2', reason: 'its order ended as FAILED' });
    failing.refunded.failed.push({ cancellation, reason: 'the refund stays open' });
    const { faults, rows } = reportOn('a.csv', failing);
    expect(rows).toMatchObject({ linesOrdered: 1, linesRefunded: 0, charges: 0 });
    expect(faults.slice(0, 3)).toEqual([
      '3 of 6 rows became neither order nor refund',
      'invoice 2: its order ended as FAILED',
      'cancellation C3: the refund stays open',
    ]);
  });

  it('names ten failures of a kind and counts the rest', () => {
    const failing = outcome();
    const failed = Array.from({ length: 14 }, (_, i) => ({
      invoice: `${i}`,
      reason: 'out of stock',
    }));
    const { faults } = reportOn('a.csv', { ...failing, placed: { ...failing.placed, failed } });
    expect(faults).toHaveLength(11);
    expect(faults.at(-1)).toBe('and 4 more like it');
  });

  it('has no speed where nothing was placed', () => {
    const repeated = outcome();
    const placed = {
      ...repeated.placed,
      placedNow: 0,
      placedBefore: 2,
      answerMs: [],
      confirmedMs: [],
    };
    expect(reportOn('a.csv', { ...repeated, placed }).speed).toMatchObject({
      ordersPerSecond: null,
      placeOrderMs: null,
      confirmedMs: null,
    });
  });
});

describe('showReport', () => {
  it('is a table without colours where there is no terminal', () => {
    const text = showReport(reportOn('a.csv', outcome()));
    expect(text).toMatch(/│ ordered +│ 20\.50 │ += 20\.50 │/);
    expect(text).toMatch(/│ {3}price of zero +│ +│ +1 │/);
    expect(text).toContain('a.csv:7: a quote is not closed: 1,"2\n');
    expect(text).toContain('Everything reconciles.\n');
    expect(text).not.toContain('\u001b');
  });

  it('says what does not reconcile', () => {
    const text = showReport(reportOn('a.csv', { ...outcome(), money: new Map() }));
    expect(text).toMatch(/│ ordered +│ 20\.50 │ +differs 0\.00 │/);
    expect(text).toContain(
      'This does not reconcile:\n- ordered: the file says 20.50, Waybill says 0.00',
    );
  });
});
