import { userError } from '@waybill/kernel/graphql/user-error.js';
import { StockErrorCode as Code, type StockError } from '../errors.js';
import type { LevelRow } from './stock.js';

/** Units of one SKU at one location are to become more or fewer. */
export interface AskedChange {
  sku: string;
  /** Code of the location. */
  location: string;
  /** Units on hand afterwards, of those that are there now. */
  next(onHand: number): number;
  /** What messages call the SKU, the location and the number of units. */
  fields: { sku: string[]; location: string[]; units: string[] };
  /** What the ledger says of it, where that differs from change to change. */
  reason?: string;
  note?: string | null;
}

/** A level while its row is locked. */
export interface LockedLevel extends LevelRow {
  location: string;
}

export interface LevelChange<Asked extends AskedChange = AskedChange> extends LockedLevel {
  delta: number;
  asked: Asked;
}

/** What the catalog knows of what was named. */
export interface KnownPlaces {
  skus: Set<string>;
  locations: Set<string>;
}

export const MAX_UNITS = 2_147_483_647;

/** Changes of levels, and what is wrong with those that cannot be: whether the others count is up to the caller. */
export function planChanges<Asked extends AskedChange>(
  asked: Asked[],
  levels: LockedLevel[],
  known: KnownPlaces,
): { changes: LevelChange<Asked>[]; errors: StockError[] } {
  const byPlace = new Map(levels.map((level) => [placeOf(level), level]));
  const named = new Set<string>();
  const changes: LevelChange<Asked>[] = [];
  const errors = new Map<string, StockError>();
  for (const change of asked) {
    const place = placeOf(change);
    const level = byPlace.get(place);
    const error = named.has(place) ? duplicate(change) : refuse(change, level, known);
    named.add(place);
    // Both ends of a transfer may be refused for one reason.
    if (error) errors.set(JSON.stringify([error.code, error.field]), error);
    else if (level) changes.push(changed(level, change));
  }
  return { changes, errors: [...errors.values()] };
}

const placeOf = ({ sku, location }: { sku: string; location: string }) =>
  JSON.stringify([sku, location]);

function changed<Asked extends AskedChange>(level: LockedLevel, asked: Asked): LevelChange<Asked> {
  const onHand = asked.next(level.onHand);
  return { ...level, onHand, delta: onHand - level.onHand, asked };
}

function refuse(
  { sku, location, next, fields }: AskedChange,
  level: LockedLevel | undefined,
  { skus, locations }: KnownPlaces,
): StockError | undefined {
  if (!skus.has(sku)) return userError(Code.NOT_FOUND, `There is no SKU ${sku}.`, fields.sku);
  if (!locations.has(location)) {
    const message = `There is no location ${location}.`;
    return userError(Code.LOCATION_NOT_FOUND, message, fields.location);
  }
  const { onHand, reserved } = level ?? { onHand: 0, reserved: 0 };
  const units = next(onHand);
  if (units > MAX_UNITS) {
    const message = `${location} would have more than ${MAX_UNITS} of ${sku}.`;
    return userError(Code.INVALID_QUANTITY, message, fields.units);
  }
  if (units >= reserved) return undefined;
  const message = `${location} has ${onHand} of ${sku}, and ${reserved} of them are reserved.`;
  return userError(Code.STOCK_BELOW_RESERVED, message, fields.units);
}

function duplicate({ sku, location, fields }: AskedChange): StockError {
  const message = `An earlier line is about ${sku} at ${location}, too.`;
  return userError(Code.DUPLICATE_LINE, message, fields.sku);
}
