import { expect, it } from 'vitest';
import { type WaitingLine, waitingUnits } from './waiting-units.js';

const line = (lineNumber: number, quantity: number, more: Partial<WaitingLine> = {}) => ({
  ...{ lineNumber, sku: 'A', quantity, cancelledQuantity: 0, fulfilledQuantity: 0 },
  ...more,
});

const held = (backordered: number, sku = 'A') => ({
  ...{ sku, locationId: 'main', quantity: 0, backordered },
  expectedAt: '2027-01-01T00:00:00.000Z',
});

const units = (lines: WaitingLine[], backordered: number) =>
  lines.map(({ lineNumber }) => waitingUnits(lines, [held(backordered)], lineNumber).units);

it('lets the later of two lines with one SKU wait', () => {
  expect(units([line(1, 3), line(2, 2)], 4)).toEqual([2, 2]);
  expect(units([line(1, 3), line(2, 2)], 1)).toEqual([0, 1]);
});

it('lets no unit wait that is packed or called off', () => {
  expect(units([line(1, 3), line(2, 2, { fulfilledQuantity: 1 })], 2)).toEqual([1, 1]);
  expect(units([line(1, 3, { cancelledQuantity: 2 })], 2)).toEqual([1]);
});

it('says when units are expected, of the lines that wait for them', () => {
  const lines = [line(1, 1), line(2, 1, { sku: 'B' })];
  const expectedAt = '2027-01-01T00:00:00.000Z';
  expect(waitingUnits(lines, [held(1)], 1)).toEqual({ units: 1, expectedAt });
  expect(waitingUnits(lines, [held(1)], 2)).toEqual({ units: 0, expectedAt: null });
});
