import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { actorOf } from '@waybill/kernel/identity.js';
import { Field, InputType, ObjectType } from 'type-graphql';
import type { CatalogContext } from '../../products/context.js';
import { storable } from '../../storable.js';
import { StockErrorCode as Code, type StockError, StockUserError } from '../errors.js';
import type { Cause, ChangedLevels } from './change-levels.js';
import { MAX_UNITS } from './plan-changes.js';
import { StockLevel, toLevel } from './stock.js';

/** Lines in one call; more would hold their rows locked for too long. */
export const MAX_LINES = 10_000;
const MAX_NOTE = 500;

@InputType({ description: 'One SKU at one location.' })
export class StockPlaceInput {
  @Field(() => String, { description: 'Stock keeping unit.' })
  sku: string;

  @Field(() => String, { defaultValue: 'main', description: 'Code of the location.' })
  location: string;
}

@InputType({ description: 'What is said of a change of stock.' })
export class StockChangeInput {
  @Field(() => String, {
    nullable: true,
    description: 'What the ledger shall say of it, at most 500 characters.',
  })
  note?: string | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({
  description: 'What there is now, or why nothing was changed: all lines count, or none.',
  simpleResolvers: true,
})
export class StockPayload {
  @Field(() => [StockLevel], {
    description: 'What the change led to, in the order of the lines; of a transfer both places.',
  })
  levels: StockLevel[];

  @Field(() => [StockUserError], {
    description: 'What stood in the way, with the path of each line; empty on success.',
  })
  userErrors: StockError[];
}

export const presentLevels = ({ levels, errors }: ChangedLevels): StockPayload => ({
  levels: levels.map(toLevel),
  userErrors: errors,
});

/** Of a call that was refused. */
export const refusedLevels = (errors: StockError[]): StockPayload => ({
  levels: [],
  userErrors: errors,
});

/** Reads the lines of one call; what is wrong with it gathers in `errors`. */
export class StockReader {
  readonly errors: StockError[] = [];

  note(note: string | null | undefined): string | null {
    if (note == null) return null;
    const text = note.trim();
    const good = text.length > 0 && text.length <= MAX_NOTE && !/\p{Cc}/u.test(text);
    if (!good)
      this.#wrong(Code.INVALID_TEXT, `The note is not 1 to ${MAX_NOTE} characters.`, ['note']);
    return text;
  }

  /** The lines as `read` makes them, unless there are none or too many. */
  lines<Line, Result>(lines: Line[], read: (line: Line, path: string[]) => Result): Result[] {
    if (lines.length > 0 && lines.length <= MAX_LINES)
      return lines.map((line, i) => read(line, ['lines', String(i)]));
    this.#wrong(Code.TOO_MANY_LINES, `One call has 1 to ${MAX_LINES} lines.`, ['lines']);
    return [];
  }

  /** Units from `min` on. */
  units(value: number, min: number, field: string[]): number {
    const good = Number.isInteger(value) && value >= min && value <= MAX_UNITS;
    if (!good) this.#wrong(Code.INVALID_QUANTITY, `${field.join('.')} is no such number.`, field);
    return value;
  }

  unexpected(field: string[]): void {
    this.#wrong(Code.EXPECTED_WHEN, 'A preorder needs the time when units are expected.', field);
  }

  sameLocation(): void {
    this.#wrong(Code.SAME_LOCATION, 'Units cannot go where they are.', ['to']);
  }

  #wrong(code: Code, message: string, field: string[]): void {
    this.errors.push(userError(code, message, field));
  }
}

/** What the ledger will say of it. */
export const causeOf = (
  { identity, lowStockThreshold: threshold }: CatalogContext,
  reason: string,
  note: string | null,
): Cause => ({ actor: actorOf(identity), reason, note, threshold });

/** Where a line points to, for messages. */
export const placeAt = (
  { sku, location }: StockPlaceInput,
  path: string[],
  units: string,
  locationField = [...path, 'location'],
) => ({
  sku: storable(sku),
  location: storable(location),
  fields: { sku: [...path, 'sku'], location: locationField, units: [...path, units] },
});
