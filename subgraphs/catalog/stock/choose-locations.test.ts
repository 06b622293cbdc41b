import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Shelf, takeFrom } from './choose-locations.js';

/** Shelves by location, in the order of priority: `{ main: { A: 2 } }`. */
function shelvesOf(places: Record<string, Record<string, number>>): Shelf[] {
  return Object.entries(places).flatMap(([locationId, units]) =>
    Object.entries(units).map(([sku, available]) => ({ sku, locationId, available })),
  );
}

function taken(places: Record<string, Record<string, number>>, wanted: Record<string, number>) {
  const takes = takeFrom(shelvesOf(places), new Map(Object.entries(wanted)));
  return takes.map(({ shelf, units }) => `${units} ${shelf.sku} from ${shelf.locationId}`);
}

describe('takeFrom', () => {
  it('serves from the first location that has everything', () => {
    const places = { one: { A: 5 }, two: { A: 1, B: 1 }, three: { A: 9, B: 9 } };
    expect(taken(places, { A: 1, B: 1 })).toEqual(['1 A from two', '1 B from two']);
    expect(taken(places, { A: 1 })).toEqual(['1 A from one']);
    expect(taken(places, { A: 2, B: 1 })).toEqual(['2 A from three', '1 B from three']);
  });

  it('serves from as few as possible where no location has everything', () => {
    const places = { one: { A: 1 }, two: { A: 1 }, three: { A: 2 }, four: { A: 1, B: 1 } };
    expect(taken(places, { A: 3, B: 1 })).toEqual([
      '2 A from three',
      '1 A from four',
      '1 B from four',
    ]);
  });

  it('of equally few takes those that come first', () => {
    const places = { one: { A: 1 }, two: { A: 1 }, three: { A: 1 } };
    expect(taken(places, { A: 2 })).toEqual(['1 A from one', '1 A from two']);
  });

  it('passes over what is empty, or promised more than there is', () => {
    expect(taken({ one: { A: 0 }, two: { A: -2 }, three: { A: 1 } }, { A: 1 })).toEqual([
      '1 A from three',
    ]);
  });

  it('goes by priority alone where there are too many ways to look at', () => {
    const places = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`l${i}`, { A: 1 }]));
    expect(taken(places, { A: 20 })).toEqual(
      Array.from({ length: 20 }, (_, i) => `1 A from l${i}`),
    );
  });
});

const SKUS = ['A', 'B', 'C'];
const shop = fc.array(fc.tuple(...SKUS.map(() => fc.nat({ max: 3 }))), {
  minLength: 1,
  maxLength: 6,
});

it('takes exactly what is wanted, never more than a shelf has, from the fewest locations', () => {
  const property = fc.property(shop, fc.array(fc.nat({ max: 100 })), (places, parts) => {
    const shelves = places.flatMap((units, i) =>
      units.map((available, j) => ({ sku: SKUS[j] ?? '', locationId: `l${i}`, available })),
    );
    const has = (sku: string, locations: string[]) =>
      shelves
        .filter((shelf) => shelf.sku === sku && locations.includes(shelf.locationId))
        .reduce((all, { available }) => all + available, 0);
    const all = places.map((_, i) => `l${i}`);
    const wanted = new Map(
      SKUS.map((sku, i) => [sku, (parts[i] ?? 1) % (has(sku, all) + 1)] as const).filter(
        ([, units]) => units > 0,
      ),
    );
    const takes = takeFrom(shelves, wanted);
    for (const { shelf, units } of takes) {
      expect(units).toBeGreaterThan(0);
      expect(units).toBeLessThanOrEqual(shelf.available);
    }
    for (const sku of SKUS) {
      const units = takes.filter(({ shelf }) => shelf.sku === sku).map((take) => take.units);
      expect(units.reduce((sum, each) => sum + each, 0)).toBe(wanted.get(sku) ?? 0);
    }
    const used = new Set(takes.map(({ shelf }) => shelf.locationId)).size;
    const enough = subsets(all).filter((some) =>
      [...wanted].every(([sku, units]) => has(sku, some) >= units),
    );
    expect(used).toBe(Math.min(...enough.map(({ length }) => length)));
  });
  fc.assert(property, { numRuns: 200 });
});

function subsets(all: string[]): string[][] {
  return Array.from({ length: 2 ** all.length }, (_, bits) =>
    all.filter((_, i) => Math.floor(bits / 2 ** i) % 2 === 1),
  );
}
