import { describe, expect, it } from 'vitest';
import { type HeldItem, type UnitsRequest, withdraw } from './withdraw.js';

function item(orderId: string, sku: string, active: number, consumed = 0): HeldItem {
  return {
    orderId,
    sku,
    variantId: `id-${sku}`,
    locationId: 'main',
    active,
    consumed,
    backordered: 0,
  };
}

function request(
  key: string,
  orderId: string,
  ...items: Array<[sku: string, quantity: number]>
): UnitsRequest {
  return { key, orderId, items: items.map(([sku, quantity]) => ({ sku, quantity })) };
}

const keys = (requests: UnitsRequest[]) => requests.map(({ key }) => key);

describe('withdraw', () => {
  it('gives each request what it asks for, from the hold of its own order', () => {
    const held = [item('o', 'A', 3), item('p', 'A', 1)];
    const { withdrawals, granted, ended } = withdraw('CONSUMED', held, [
      request('s1', 'o', ['A', 1], ['A', 1]),
      request('s2', 'p', ['A', 1]),
    ]);
    expect(keys(granted)).toEqual(['s1', 's2']);
    expect(withdrawals).toEqual([
      {
        key: 's1',
        orderId: 'o',
        variantId: 'id-A',
        locationId: 'main',
        sku: 'A',
        quantity: 2,
        backordered: 0,
      },
      {
        key: 's2',
        orderId: 'p',
        variantId: 'id-A',
        locationId: 'main',
        sku: 'A',
        quantity: 1,
        backordered: 0,
      },
    ]);
    expect([...ended]).toEqual([['p', 'CONSUMED']]);
  });

  it('takes first what is held where the order holds fewest, unless a location is named', () => {
    const held = () => [
      { ...item('o', 'A', 3), locationId: 'many' },
      { ...item('o', 'A', 1), locationId: 'few' },
      { ...item('o', 'A', 2), locationId: 'some' },
    ];
    const taken = (quantity: number, locationId?: string) =>
      withdraw('RELEASED', held(), [
        { ...request('r', 'o', ['A', quantity]), locationId },
      ]).withdrawals.map((each) => [each.locationId, each.quantity]);
    expect(taken(2)).toEqual([
      ['few', 1],
      ['some', 1],
    ]);
    expect(taken(4, 'many')).toEqual([
      ['many', 3],
      ['few', 1],
    ]);
  });

  it('gives back no unit that is packed, as long as there are others', () => {
    const held = () => [
      { ...item('o', 'A', 2), locationId: 'main' },
      { ...item('o', 'A', 1), locationId: 'north' },
    ];
    const packed = [{ shipmentId: 's', locationId: 'north', items: [{ sku: 'A', quantity: 1 }] }];
    const given = (quantity: number) =>
      withdraw('RELEASED', held(), [
        { ...request('r', 'o', ['A', quantity]), packed },
      ]).withdrawals.map((each) => [each.locationId, each.quantity]);
    expect(given(2)).toEqual([['main', 2]]);
    expect(given(3)).toEqual([
      ['main', 2],
      ['north', 1],
    ]);
  });

  it('gives all or nothing, and nothing takes nothing from the next', () => {
    const held = [item('o', 'A', 2), item('o', 'B', 1)];
    const { granted } = withdraw('RELEASED', held, [
      request('greedy', 'o', ['A', 1], ['B', 2]),
      request('unknown', 'o', ['C', 1]),
      request('stranger', 'p', ['A', 1]),
      request('modest', 'o', ['A', 2]),
      request('late', 'o', ['A', 1]),
    ]);
    expect(keys(granted)).toEqual(['modest']);
  });

  it.each([
    ['the last units are released', [item('o', 'A', 1)], [['A', 1]], 'RELEASED'],
    ['others have left', [item('o', 'A', 1), item('o', 'B', 0, 1)], [['A', 1]], 'CONSUMED'],
    ['some are left', [item('o', 'A', 2)], [['A', 1]], undefined],
    ['nothing is released', [], [], undefined],
  ] as Array<[string, HeldItem[], Array<[string, number]>, string | undefined]>)(
    'after a release, says how the hold ended when %s',
    (_, held, items, ending) => {
      expect(withdraw('RELEASED', held, [request('r', 'o', ...items)]).ended.get('o')).toBe(ending);
    },
  );

  it('ends a hold without goods by its shipment', () => {
    const { granted, ended } = withdraw('CONSUMED', [], [request('s', 'o')]);
    expect(keys(granted)).toEqual(['s']);
    expect(ended.get('o')).toBe('CONSUMED');
  });

  it('lets nothing leave that has not come in, and gives that back first', () => {
    const held = [{ ...item('o', 'A', 2), backordered: 3 }];
    expect(withdraw('CONSUMED', held, [request('s', 'o', ['A', 3])]).granted).toEqual([]);
    expect(withdraw('CONSUMED', held, [request('s', 'o', ['A', 2])]).ended.size).toBe(0);
    const { withdrawals, ended } = withdraw('RELEASED', held, [request('r', 'o', ['A', 4])]);
    expect(withdrawals.map(({ quantity, backordered }) => [quantity, backordered])).toEqual([
      [3, 3],
      [1, 0],
    ]);
    expect(ended.size).toBe(0);
    expect(withdraw('RELEASED', held, [request('r', 'o', ['A', 5])]).ended.get('o')).toBe(
      'RELEASED',
    );
  });

  it('leaves the items that it was given as they are', () => {
    const held = [item('o', 'A', 2)];
    withdraw('CONSUMED', held, [request('s', 'o', ['A', 2])]);
    expect(held).toEqual([item('o', 'A', 2)]);
  });
});
