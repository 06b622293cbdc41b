import { describe, expect, it } from 'vitest';
import { parcel, wholeOrderIn } from '../testing/order-state.js';
import { packingOf, refuseTaking, type Shelves } from './packing.js';

const held = (locationId: string, sku: string, quantity: number) => ({ locationId, sku, quantity });
const units = (lineNumber: number, sku: string, quantity: number) => ({
  lineNumber,
  sku,
  quantity,
});

const ALL = [units(1, 'A', 3), units(2, 'B', 1)];
const TWO = [held('main', 'A', 2), held('north', 'A', 1), held('north', 'B', 1)];

function pack(
  { named = null, ...shelves }: Partial<Shelves> & { named?: string | null },
  wanted = ALL,
  isNamed = false,
  order = wholeOrderIn('CONFIRMED'),
) {
  const packing = packingOf(order, wanted, { held: [], ...shelves, locationId: named }, isNamed);
  return 'errors' in packing ? packing.errors.map(({ code }) => code) : packing;
}

describe('where a parcel is packed', () => {
  it('is where all of the order is held, whatever the numbers say of it', () => {
    expect(pack({ held: [held('main', 'A', 1)] })).toEqual({ lines: ALL, locationId: 'main' });
    expect(pack({})).toEqual({ lines: ALL, locationId: null });
  });

  it('is the first location that holds some of what is left, with all that is there', () => {
    expect(pack({ held: TWO })).toEqual({ lines: [units(1, 'A', 2)], locationId: 'main' });
    expect(pack({ held: TWO, named: 'north' })).toEqual({
      lines: [units(1, 'A', 1), units(2, 'B', 1)],
      locationId: 'north',
    });
  });

  it('is for units that were named a location that holds all of them', () => {
    const wanted = [units(1, 'A', 1), units(2, 'B', 1)];
    expect(pack({ held: TWO }, wanted, true)).toEqual({ lines: wanted, locationId: 'north' });
    expect(pack({ held: TWO }, ALL, true)).toEqual(['HELD_ELSEWHERE']);
    expect(pack({ held: TWO, named: 'main' }, wanted, true)).toEqual(['HELD_ELSEWHERE']);
  });

  it('is nowhere where nothing of the order is held', () => {
    expect(pack({ held: TWO, named: 'south' })).toEqual(['HELD_ELSEWHERE']);
    expect(pack({ held: [], named: 'south' })).toEqual(['HELD_ELSEWHERE']);
  });

  it('takes no unit that waits in another parcel, and counts one that has left no more', () => {
    const packed = { lines: [units(1, 'A', 2)], locationId: 'main' };
    const waiting = wholeOrderIn('PROCESSING', { fulfillments: [parcel('OPEN', packed)] });
    const left = [units(1, 'A', 1), units(2, 'B', 1)];
    expect(pack({ held: TWO }, left, false, waiting)).toEqual({ lines: left, locationId: 'north' });
    expect(pack({ held: TWO, named: 'main' }, left, false, waiting)).toEqual(['HELD_ELSEWHERE']);
    const gone = wholeOrderIn('PROCESSING', { fulfillments: [parcel('SHIPPED', packed)] });
    expect(pack({ held: TWO }, left, false, gone)).toMatchObject({ locationId: 'main' });
  });

  it('is nowhere for units that have not come in yet, and for others where they are', () => {
    const waiting = { ...held('main', 'A', 0), backordered: 3, expectedAt: '2027-01-02T03:04:05Z' };
    expect(pack({ held: [waiting] })).toEqual(['BACKORDERED']);
    const some = [{ ...held('main', 'A', 2), backordered: 1 }, held('main', 'B', 1)];
    expect(pack({ held: some })).toEqual({
      lines: [units(1, 'A', 2), units(2, 'B', 1)],
      locationId: 'main',
    });
    expect(pack({ held: some }, [units(1, 'A', 3)], true)).toEqual(['BACKORDERED']);
    expect(pack({ held: some }, [units(1, 'A', 2)], true)).toMatchObject({ locationId: 'main' });
    expect(refuseTaking(wholeOrderIn('CONFIRMED'), [waiting])).toMatchObject({
      why: 'BACKORDERED',
      nextStep: 'Wait until they have: they are expected on 2027-01-02 03:04 UTC.',
    });
    expect(refuseTaking(wholeOrderIn('CONFIRMED'), some)).toBeUndefined();
  });

  it('is nowhere while units go back to stock, which may be at either place', () => {
    const given = { id: 'c', status: 'PENDING' as const, lines: [units(1, 'A', 1)], reason: null };
    const order = wholeOrderIn('CONFIRMED', { lineCancellations: [given] });
    expect(pack({ held: TWO }, ALL, false, order)).toEqual(['INVALID_STATE']);
    expect(refuseTaking(order, TWO)?.why).toBe('UNITS_BEING_RELEASED');
    expect(refuseTaking(order, [held('main', 'A', 2)])).toBeUndefined();
    const done = wholeOrderIn('CONFIRMED', { lineCancellations: [{ ...given, status: 'DONE' }] });
    expect(refuseTaking(done, TWO)).toBeUndefined();
  });

  it('shares what is there between lines of one SKU', () => {
    const lines = [units(1, 'A', 2), units(2, 'A', 2)];
    expect(pack({ held: [held('main', 'A', 3), held('north', 'A', 1)] }, lines)).toEqual({
      lines: [units(1, 'A', 2), units(2, 'A', 1)],
      locationId: 'main',
    });
  });
});
