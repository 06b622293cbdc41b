import type { GraphQLError } from 'graphql';
import { type GatewayErrorCode, gatewayError } from '../errors.js';
import {
  DEFAULT_LIMITS,
  type LimitName,
  type LimitOptions,
  type Limits,
} from './default-limits.js';

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
  return overMaximum(CODES[name], limits[name], actual);
}

/** The refusal of an operation that would cost too much. */
export function overCost(maximum: number, actual: number): GraphQLError {
  return overMaximum(CODES.maxCost, maximum, actual);
}

function overMaximum(code: GatewayErrorCode, maximum: number, actual?: number): GraphQLError {
  return gatewayError(code, undefined, { maximum, ...(actual !== undefined && { actual }) });
}
