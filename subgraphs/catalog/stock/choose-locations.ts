/** What a location has of one SKU and can give. */
export interface Shelf {
  sku: string;
  locationId: string;
  available: number;
}

/** Units to be taken from one shelf. */
export interface Take<Of extends Shelf> {
  shelf: Of;
  units: number;
}

/**
 * From where an order is served: from as few locations as can give everything, since each packs a parcel of its own;
 * of equally few from those that come first. `shelves` stand in the order of their locations' priority, and have enough
 * together.
 */
export function takeFrom<Of extends Shelf>(shelves: Of[], wanted: Map<string, number>): Take<Of>[] {
  const stocked = shelves.filter(({ available }) => available > 0);
  const locations = [...new Set(stocked.map(({ locationId }) => locationId))];
  const preferred = fewest(locations, (some) => haveAll(stocked, some, wanted));
  return [...wanted].flatMap(([sku, units]) =>
    preferred.flatMap(
      takeUnits(
        stocked.filter((shelf) => shelf.sku === sku),
        units,
      ),
    ),
  );
}

/** Sets of locations that are looked at. Where none of them is enough, priority alone decides. */
const MOST_CHOICES = 1000;

function fewest(locations: string[], areEnough: (some: string[]) => boolean): string[] {
  let looks = 0;
  for (const some of choices(locations)) {
    if (areEnough(some)) return some;
    looks += 1;
    if (looks === MOST_CHOICES) break;
  }
  return locations;
}

/** Sets of locations: the smallest first, and of one size those that come first. */
function* choices(locations: string[]): Generator<string[], undefined> {
  for (let size = 1; size <= locations.length; size += 1) yield* choose(locations, size);
}

function* choose(locations: string[], size: number): Generator<string[], undefined> {
  if (size === 0) yield [];
  else
    for (const [i, first] of locations.entries())
      for (const rest of choose(locations.slice(i + 1), size - 1)) yield [first, ...rest];
}

function haveAll(shelves: Shelf[], locations: string[], wanted: Map<string, number>): boolean {
  return [...wanted].every(([sku, units]) => {
    const there = shelves.filter(
      (shelf) => shelf.sku === sku && locations.includes(shelf.locationId),
    );
    return there.reduce((all, { available }) => all + available, 0) >= units;
  });
}

/** Takes units of one SKU location by location until there are enough. */
function takeUnits<Of extends Shelf>(shelves: Of[], units: number) {
  let missing = units;
  return (locationId: string): Take<Of>[] => {
    const shelf = shelves.find((each) => each.locationId === locationId);
    const taken = Math.min(missing, shelf?.available ?? 0);
    missing -= taken;
    return shelf && taken > 0 ? [{ shelf, units: taken }] : [];
  };
}
