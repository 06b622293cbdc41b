import { describe, expect, it } from 'vitest';
import { ORDER_STATUSES } from '../order.js';
import { withParts } from '../order-parts.js';
import { parcel, wholeOrderIn } from '../testing/order-state.js';
import { canBeCancelled, cancel } from './cancellation.js';

const BEFORE_PACKING = ['PENDING', 'VALIDATED', 'RESERVED', 'AUTHORIZED', 'CONFIRMED'];

describe('an order can be called off', () => {
  it.each(ORDER_STATUSES)('when it is %s, by its customer only before it is packed', (status) => {
    expect(canBeCancelled(wholeOrderIn(status), false)).toBe(BEFORE_PACKING.includes(status));
  });

  it.each([
    ['OPEN', true],
    ['ON_HOLD', true],
    ['CANCELLED', true],
    ['SHIPPING', false],
    ['SHIPPED', false],
  ] as const)('by staff while its parcel is %s: %s', (status, allowed) => {
    const order = wholeOrderIn('PROCESSING', { fulfillments: [parcel(status)] });
    expect(canBeCancelled(order, true)).toBe(allowed);
    expect(canBeCancelled(order, false)).toBe(false);
  });
});

it('its parcels are unpacked', () => {
  const order = wholeOrderIn('PROCESSING', { fulfillments: [parcel('OPEN')] });
  const decision = cancel(order, 'changed my mind');
  expect(decision.patch).toMatchObject({ status: 'CANCELLING', cancelTarget: 'CANCELLED' });
  const after = withParts(order, decision.parts ?? {});
  expect(after.fulfillments[0]?.status).toBe('CANCELLED');
  expect(after.lines.map(({ fulfilled }) => fulfilled)).toEqual([0, 0, 0]);
});
