import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { StockErrorCode as Code, type StockError, StockUserError } from '../stock/errors.js';
import { Location, type LocationRow, type LocationValues, toLocation } from './location.js';

@InputType({ description: 'What a location may have and need not.' })
export class LocationDetailsInput {
  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-2 code of its country.' })
  country?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where it is, in lines of text: at most 500 characters.',
  })
  address?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'From 0 to 10,000: the lower, the sooner it serves an order; a new one has 100.',
  })
  priority?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it serves new orders.' })
  active?: boolean | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The location, or why it stayed as it was.', simpleResolvers: true })
export class LocationPayload {
  @Field(() => Location, { nullable: true, description: 'The location as it is now.' })
  location: Location | null;

  @Field(() => [StockUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: StockError[];
}

/** What a change of a location led to. */
export interface SavedLocation {
  location: LocationRow | null;
  errors: StockError[];
}

export const refused = (...errors: StockError[]): SavedLocation => ({ location: null, errors });

export const presentLocation = ({ location, errors }: SavedLocation): LocationPayload => ({
  location: location && toLocation(location),
  userErrors: errors,
});

/** What a location has that nobody said anything of. */
export const PLAIN: LocationValues = {
  name: '',
  country: null,
  address: null,
  priority: 100,
  active: true,
};

const MAX_NAME = 100;
const MAX_ADDRESS = 500;
const MAX_PRIORITY = 10_000;
const CODE = /^(?=.{2,40}$)[a-z0-9]+(-[a-z0-9]+)*$/;
const COUNTRY = /^[A-Z]{2}$/;
const CONTROLS = /\p{Cc}/u;
const CONTROLS_IN_LINES = /[^\P{Cc}\n]/u;

interface Changes extends LocationDetailsInput {
  name?: string | null;
}

/** Reads the fields of one input; what is wrong with it gathers in `errors`. */
export class LocationReader {
  readonly errors: StockError[] = [];

  code(code: string): string {
    return this.#checked(CODE.test(code), Code.INVALID_CODE, 'code', code);
  }

  /** The values as they are with the changes: what is absent stays, null takes away what can be taken away. */
  changed(before: LocationValues, changes: Changes): LocationValues {
    const { name, country, address, priority, active } = changes;
    return {
      name: name == null ? before.name : this.#text('name', name.trim(), MAX_NAME, CONTROLS),
      country: country == null ? kept(country, before.country) : this.#country(country),
      address:
        address == null
          ? kept(address, before.address)
          : this.#text('address', address.trim(), MAX_ADDRESS, CONTROLS_IN_LINES),
      priority: priority == null ? before.priority : this.#priority(priority),
      active: active ?? before.active,
    };
  }

  #text(field: string, text: string, max: number, forbidden: RegExp): string {
    const good = text.length > 0 && text.length <= max && !forbidden.test(text);
    return this.#checked(good, Code.INVALID_TEXT, field, text);
  }

  #country(value: string): string {
    return this.#checked(COUNTRY.test(value), Code.INVALID_COUNTRY, 'country', value);
  }

  #priority(value: number): number {
    const good = value >= 0 && value <= MAX_PRIORITY;
    return this.#checked(good, Code.INVALID_PRIORITY, 'priority', value);
  }

  #checked<Value>(good: boolean, code: Code, field: string, value: Value): Value {
    if (!good) this.errors.push(userError(code, `${field} cannot be this.`, [field]));
    return value;
  }
}

const kept = (change: null | undefined, before: string | null) => (change === null ? null : before);
