import { describe, expect, it } from 'vitest';
import { row } from '../online-retail/testing.js';
import { missingStock, unitsBySku } from './missing-stock.js';

describe('unitsBySku', () => {
  it('adds up the lines of all invoices, charges apart', () => {
    const lines = [row({ stockCode: 'A', quantity: 2 }), row({ stockCode: 'A', quantity: 3 })];
    const charges = [row({ stockCode: 'POST' })];
    const invoices = [
      { number: '1', customer: null, lines, charges },
      { number: '2', customer: null, lines: [row({ stockCode: 'B', quantity: 1 })], charges: [] },
    ];
    expect([...unitsBySku(invoices)]).toEqual([
      ['A', 5],
      ['B', 1],
    ]);
  });
});

describe('missingStock', () => {
  const missing = (wanted: number, onHand: number, reserved: number) =>
    missingStock(new Map([['A', wanted]]), new Map([['A', { onHand, reserved }]])).get('A');

  it('is all of it for a product that is not known', () => {
    expect([...missingStock(new Map([['A', 5]]), new Map())]).toEqual([['A', 5]]);
  });

  it('is nothing where enough is free', () => {
    expect(missing(5, 5, 0)).toBeUndefined();
    expect(missing(0, 0, 0)).toBeUndefined();
  });

  it('leaves to other orders what they hold', () => {
    expect(missing(5, 7, 4)).toBe(2);
  });
});
