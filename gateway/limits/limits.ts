import type { GraphQLError } from 'graphql';
import { DEFAULT_LIST_SIZE } from '../cost/operation-cost.js';
import { type GatewayErrorCode, gatewayError } from '../errors.js';

/** What an operation that is not registered may ask for at most; `Infinity` switches a single limit off. */
export interface Limits {
  /** Characters of the text; 100,000 by default. */
  readonly maxCharacters: number;
  /** Lexical tokens of the text; 5,000 by default. */
  readonly maxTokens: number;
  /** Brackets of any kind within brackets, and selection sets within selection sets; 100 by default. */
  readonly maxNesting: number;
  /** Fields within fields; 20 by default. */
  readonly maxDepth: number;
  /** Fields, fragments spread and inline fragments; 1,000 by default. */
  readonly maxSelections: number;
  /** Aliases, also of `__typename`; 50 by default. */
  readonly maxAliases: number;
  /** Fields of the query, mutation or subscription itself; 20 by default. */
  readonly maxRootFields: number;
  /** Directives; 50 by default. */
  readonly maxDirectives: number;
  /** Selections of one field in the same place, which GraphQL merges; 100 by default. */
  readonly maxRepeats: number;
  /** Estimated cost, by `@cost` and `@listSize`; 100,000 by default. */
  readonly maxCost: number;
  /** Things that a list is taken to hold where neither the schema nor an argument says so; 10 by default. */
  readonly listSize: number;
}

export type LimitOptions = Partial<Limits>;

export type LimitName = Exclude<keyof Limits, 'listSize'>;

export const DEFAULT_LIMITS: Limits = {
  maxCharacters: 100_000,
  maxTokens: 5_000,
  maxNesting: 100,
  maxDepth: 20,
  maxSelections: 1_000,
  maxAliases: 50,
  maxRootFields: 20,
  maxDirectives: 50,
  maxRepeats: 100,
  maxCost: 100_000,
  listSize: DEFAULT_LIST_SIZE,
};

/** The codes are those of Apollo Router where it has the limit, and like them where it has not. */
const CODES: Readonly<Record<LimitName, GatewayErrorCode>> = {
  maxCharacters: 'MAX_CHARACTERS_LIMIT',
  maxTokens: 'MAX_TOKENS_LIMIT',
  maxNesting: 'MAX_NESTING_LIMIT',
  maxDepth: 'MAX_DEPTH_LIMIT',
  maxSelections: 'MAX_SELECTIONS_LIMIT',
  maxAliases: 'MAX_ALIASES_LIMIT',
  maxRootFields: 'MAX_ROOT_FIELDS_LIMIT',
  maxDirectives: 'MAX_DIRECTIVES_LIMIT',
  maxRepeats: 'MAX_REPEATS_LIMIT',
  maxCost: 'COST_ESTIMATED_TOO_EXPENSIVE',
};

/** All limits with the options given; undefined where there are none. Throws a RangeError for one that is no number. */
export function limitsOf(options: LimitOptions | false): Limits | undefined {
  if (!options) return undefined;
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    if (!(name in DEFAULT_LIMITS)) throw new RangeError(`There is no limit "${name}"`);
    if (!(typeof value === 'number' && value >= 0)) {
      throw new RangeError(`The limit "${name}" must be a number of 0 or more`);
    }
  }
  return { ...DEFAULT_LIMITS, ...Object.fromEntries(given) };
}

/** The refusal of what is over a limit; without `actual` where counting stopped at the limit. */
export function overLimit(limits: Limits, name: LimitName, actual?: number): GraphQLError {
  const maximum = limits[name];
  const found = actual === undefined ? {} : { actual };
  return gatewayError(CODES[name], undefined, { maximum, ...found });
}
