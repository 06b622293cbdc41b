import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FreeLevel, serveWaiting, type WaitingItem } from './serve-waiting.js';

const waits = (orderId: string, backordered: number, locationId = 'main', variantId = 'A') => ({
  ...{ orderId, variantId, locationId, backordered },
});
const level = (locationId: string, free: number, variantId = 'A') => ({
  ...{ variantId, locationId, free },
});

function served(waiting: WaitingItem[], levels: FreeLevel[]) {
  return serveWaiting(waiting, levels).map(
    ({ orderId, variantId, to, units }) => `${orderId}: ${units} ${variantId} at ${to}`,
  );
}

describe('units that come in', () => {
  it('go to whoever waits longest, as far as they reach', () => {
    const waiting = [waits('first', 2), waits('second', 2), waits('third', 1)];
    expect(served(waiting, [level('main', 3)])).toEqual([
      'first: 2 A at main',
      'second: 1 A at main',
    ]);
  });

  it('are held where the order waits for them, if they are there, else where they are', () => {
    const levels = [level('east', 2), level('main', 2)];
    expect(served([waits('first', 2), waits('second', 1)], levels)).toEqual([
      'first: 2 A at main',
      'second: 1 A at east',
    ]);
    expect(served([waits('first', 3)], levels)).toEqual([
      'first: 2 A at main',
      'first: 1 A at east',
    ]);
  });

  it('are no use to those who wait for something else', () => {
    const waiting = [waits('first', 1, 'main', 'B'), waits('second', 1)];
    expect(served(waiting, [level('main', 1)])).toEqual(['second: 1 A at main']);
  });

  it('are none where more was promised than is there', () => {
    expect(served([waits('first', 1)], [level('main', -1), level('east', 0)])).toEqual([]);
  });
});

it('serves all that is there or all that is waited for, and nobody before an older order', () => {
  const units = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 6 });
  const free = fc.array(fc.integer({ min: -1, max: 6 }), { minLength: 1, maxLength: 3 });
  const property = fc.property(units, free, (wanted, there) => {
    const waiting = wanted.map((each, i) => waits(`o${i}`, each, `l${i % 2}`));
    const levels = there.map((each, i) => level(`l${i}`, each));
    const given = serveWaiting(waiting, levels);
    const sum = (all: number[]) => all.reduce((total, each) => total + each, 0);
    const of = (orderId: string) =>
      sum(given.filter((each) => each.orderId === orderId).map((each) => each.units));
    expect(sum(given.map((each) => each.units))).toBe(
      Math.min(sum(wanted), sum(there.map((each) => Math.max(0, each)))),
    );
    for (const [i, { orderId, backordered }] of waiting.entries()) {
      expect(of(orderId)).toBeLessThanOrEqual(backordered);
      if (of(orderId) < backordered)
        expect(waiting.slice(i + 1).every((later) => of(later.orderId) === 0)).toBe(true);
    }
    for (const { locationId, free: most } of levels) {
      const taken = given.filter(({ to }) => to === locationId).map((each) => each.units);
      expect(sum(taken)).toBeLessThanOrEqual(Math.max(0, most));
    }
  });
  fc.assert(property, { numRuns: 200 });
});
