import { expect, it } from 'vitest';
import type { Changes } from '../history/rebuild.js';
import type { OrderStatus } from '../order.js';
import { wholeOrderIn } from '../testing/order-state.js';
import { type SellingEvent, salesInHistory } from './sales-in-history.js';

const UNPAID = wholeOrderIn('CONFIRMED', { captureOn: 'SHIPMENT', captured: 0 });

const event = (seq: number, type: string, toStatus: OrderStatus, changes: Changes = {}) =>
  ({
    ...{ orderId: 'order', seq, type, fromStatus: null, toStatus, changes },
    at: `2026-11-2${type === 'placed' || type === 'confirmed' ? 1 : 2}T23:59:59.999+00:00`,
  }) satisfies SellingEvent;

const { lines, ...state } = UNPAID;

it('counts a change with its event, though the last event of that moment tells it', () => {
  const told = salesInHistory([
    event(1, 'placed', 'PENDING', { state, parts: { lines } }),
    event(2, 'confirmed', 'CONFIRMED', { state: { captured: 0 } }),
    event(3, 'lines_cancelled', 'CONFIRMED'),
    event(4, 'shipped', 'SHIPPED', { parts: { lines: [{ lineNumber: 1, cancelled: 2 }] } }),
  ]);
  const figures = told.map(({ seq, day, isFirst, sales }) => {
    const sum = (name: 'units' | 'gross' | 'takenOff') =>
      sales.reduce((all, sale) => all + sale[name], 0);
    return [seq, day, isFirst, sum('units'), sum('gross'), sum('takenOff')];
  });
  expect(figures).toEqual([
    [2, '2026-11-21', true, 4, 1050, 0],
    [3, '2026-11-22', false, -2, 0, 400],
  ]);
});

it('tells nothing of an order that was never confirmed', () => {
  const placed = event(1, 'placed', 'PENDING', { state, parts: { lines } });
  expect(salesInHistory([placed, event(2, 'cancelling', 'CANCELLING')])).toEqual([]);
});
