import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergedParts, type OrderParts, partChanges } from './order-parts.js';
import { lineOf, orderIn, parcel } from './testing/order-state.js';
import { randomOrder } from './testing/random-order.js';

it('changes of parts lead from what was to what is', () => {
  fc.assert(
    fc.property(randomOrder, randomOrder, (before, after) => {
      const changes = partChanges(before, after) as Partial<OrderParts>;
      expect(mergedParts(before, changes ?? {})).toEqual(mergedParts(before, after));
    }),
  );
});

it('changes of parts tell all of what is new, and only what changed of the rest', () => {
  const before = { ...orderIn('PROCESSING'), lines: [lineOf(1), lineOf(2)], fulfillments: [] };
  const packed = parcel('OPEN', { id: 'parcel-1', number: 1 });
  const lines = [{ ...lineOf(2), fulfilled: 1 }];
  expect(partChanges(before, { lines, fulfillments: [packed], refunds: [] })).toEqual({
    lines: [{ lineNumber: 2, fulfilled: 1 }],
    fulfillments: [packed],
  });
  expect(partChanges(before, { refunds: [] })).toBeUndefined();
});
