import { describe, expect, it } from 'vitest';
import { allocate, type StockRow, unitsBySku } from './allocate.js';

const MAIN = { locationId: 'main', priority: 100, open: true };

const DENY = { backordered: 0, allowance: 0 };

function row(sku: string, onHand: number, reserved = 0, active = true): StockRow {
  return { variantId: `id-${sku}`, sku, active, ...MAIN, onHand, reserved, ...DENY };
}

function order(key: string, ...items: Array<[sku: string, quantity: number]>) {
  return { key, items: items.map(([sku, quantity]) => ({ sku, quantity })) };
}

describe('allocate', () => {
  it('gives an order what it asks for', () => {
    const { allotments, refusals } = allocate(
      [row('A', 5), row('B', 1)],
      [order('o', ['A', 5], ['B', 1])],
    );
    expect(refusals.size).toBe(0);
    expect(allotments).toEqual([
      { key: 'o', variantId: 'id-A', locationId: 'main', quantity: 5, backordered: 0 },
      { key: 'o', variantId: 'id-B', locationId: 'main', quantity: 1, backordered: 0 },
    ]);
  });

  it('counts only what is on hand and not reserved', () => {
    const { refusals } = allocate([row('A', 5, 3)], [order('o', ['A', 3])]);
    expect(refusals.get('o')).toEqual({
      outcome: 'SHORT',
      shortages: [{ sku: 'A', requested: 3, available: 2 }],
    });
  });

  it('lets the later order find what the earlier one left', () => {
    const requests = [
      order('first', ['A', 3]),
      order('second', ['A', 3]),
      order('third', ['A', 2]),
    ];
    const { allotments, refusals } = allocate([row('A', 5)], requests);
    expect(allotments.map(({ key }) => key)).toEqual(['first', 'third']);
    expect(refusals.get('second')).toEqual({
      outcome: 'SHORT',
      shortages: [{ sku: 'A', requested: 3, available: 2 }],
    });
  });

  it('gives an order all or nothing, and nothing takes nothing from the next', () => {
    const requests = [order('greedy', ['A', 1], ['B', 9]), order('modest', ['A', 1])];
    const { allotments, refusals } = allocate([row('A', 1), row('B', 1)], requests);
    expect([...refusals.keys()]).toEqual(['greedy']);
    expect(allotments).toEqual([
      { key: 'modest', variantId: 'id-A', locationId: 'main', quantity: 1, backordered: 0 },
    ]);
  });

  it('counts all locations that serve new orders, and only those', () => {
    const rows = [
      row('A', 2),
      { ...row('A', 3), locationId: 'north' },
      { ...row('A', 9), locationId: 'closed', open: false },
    ];
    const { allotments, refusals } = allocate(rows, [order('o', ['A', 6]), order('p', ['A', 5])]);
    expect(refusals.get('o')).toMatchObject({ shortages: [{ available: 5 }] });
    expect(allotments).toEqual([
      { key: 'p', variantId: 'id-A', locationId: 'main', quantity: 2, backordered: 0 },
      { key: 'p', variantId: 'id-A', locationId: 'north', quantity: 3, backordered: 0 },
    ]);
  });

  it('sells no variant that is not for sale, wherever there is some of it', () => {
    const rows = [row('A', 1, 0, false), { ...row('A', 3, 0, false), locationId: 'north' }];
    expect(allocate(rows, [order('o', ['A', 1])]).refusals.get('o')).toEqual({
      outcome: 'NOT_SELLABLE',
      skus: ['A'],
    });
  });

  it('adds up the lines of one SKU', () => {
    const { refusals } = allocate([row('A', 3)], [order('o', ['A', 2], ['A', 2])]);
    expect(refusals.get('o')).toEqual({
      outcome: 'SHORT',
      shortages: [{ sku: 'A', requested: 4, available: 3 }],
    });
    const { allotments } = allocate([row('A', 4)], [order('o', ['A', 2], ['A', 2])]);
    expect(allotments).toEqual([
      { key: 'o', variantId: 'id-A', locationId: 'main', quantity: 4, backordered: 0 },
    ]);
  });

  it('names what is unknown or not for sale before any shortage', () => {
    const rows = [row('OLD', 5, 0, false), row('A', 0)];
    const { refusals } = allocate(rows, [order('o', ['A', 1], ['OLD', 1], ['NONE', 1])]);
    expect(refusals.get('o')).toEqual({ outcome: 'NOT_SELLABLE', skus: ['OLD', 'NONE'] });
  });

  it('promises what is not there as far as the variant allows, and no further', () => {
    const rows = [{ ...row('A', 3), allowance: 4 }];
    const { allotments, refusals } = allocate(rows, [
      order('o', ['A', 5]),
      order('p', ['A', 3]),
      order('q', ['A', 2]),
    ]);
    expect(allotments).toEqual([
      { key: 'o', variantId: 'id-A', locationId: 'main', quantity: 5, backordered: 2 },
      { key: 'q', variantId: 'id-A', locationId: 'main', quantity: 2, backordered: 2 },
    ]);
    expect(refusals.get('p')).toMatchObject({ shortages: [{ requested: 3, available: 2 }] });
  });

  it('lets those who wait have what came in first', () => {
    const waiting = { ...row('A', 5), backordered: 4, allowance: 3 };
    const { allotments, refusals } = allocate(
      [waiting],
      [order('o', ['A', 5]), order('p', ['A', 2])],
    );
    expect(refusals.get('o')).toMatchObject({ shortages: [{ available: 4 }] });
    expect(allotments).toEqual([
      { key: 'p', variantId: 'id-A', locationId: 'main', quantity: 2, backordered: 1 },
    ]);
  });

  it('holds nothing for an order without goods', () => {
    expect(allocate([], [order('o')])).toEqual({ allotments: [], refusals: new Map() });
  });

  it.each([0, -1, 1.5, Number.NaN, Number.MAX_VALUE])('takes %d for no quantity', (quantity) => {
    expect(() => unitsBySku([{ sku: 'A', quantity }])).toThrow(RangeError);
  });
});
