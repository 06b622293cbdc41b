import {
  DEFAULT_LIMITS,
  type LimitName,
  type LimitOptions,
} from '@waybill/gateway/limits/default-limits.js';
import { z } from 'zod';

const NUMBER_MEND = 'give a whole number, 0 or more';

function limit(name: LimitName, description: string) {
  const number = z.coerce.number(NUMBER_MEND).int(NUMBER_MEND).min(0, NUMBER_MEND);
  const text = `${description} in an operation that is not registered; see docs/limits.md.`;
  return number.default(DEFAULT_LIMITS[name]).describe(text);
}

const INTROSPECTION = 'Show the schema: answer introspection, suggest names in errors.';

export const introspection = (fallback: boolean) =>
  z.stringbool('give true or false').default(fallback).describe(INTROSPECTION);

/** What operators decide about the operations of clients. */
export const OPERATION_SETTINGS = {
  INTROSPECTION: introspection(false),
  OPERATION_MAX_COST: limit('maxCost', 'Most estimated cost'),
  OPERATION_MAX_DEPTH: limit('maxDepth', 'Most fields within fields'),
  OPERATION_MAX_ALIASES: limit('maxAliases', 'Most aliases'),
  OPERATION_MAX_ROOT_FIELDS: limit('maxRootFields', 'Most root fields'),
  OPERATION_MAX_SELECTIONS: limit('maxSelections', 'Most fields and fragments'),
} as const;

type OperationSettings = {
  readonly [Name in keyof typeof OPERATION_SETTINGS]: z.output<(typeof OPERATION_SETTINGS)[Name]>;
};

/** The same for the gateway; limits that are left out are its own defaults. */
export interface OperationPolicy {
  introspection: boolean;
  limits: LimitOptions;
}

const LIMITS = {
  OPERATION_MAX_COST: 'maxCost',
  OPERATION_MAX_DEPTH: 'maxDepth',
  OPERATION_MAX_ALIASES: 'maxAliases',
  OPERATION_MAX_ROOT_FIELDS: 'maxRootFields',
  OPERATION_MAX_SELECTIONS: 'maxSelections',
} as const;

const LIMIT_SETTINGS = Object.entries(LIMITS) as ReadonlyArray<
  [keyof typeof LIMITS, (typeof LIMITS)[keyof typeof LIMITS]]
>;

export function operationPolicy(settings: OperationSettings): OperationPolicy {
  const limits = LIMIT_SETTINGS.map(([setting, name]) => [name, settings[setting]]);
  return { introspection: settings.INTROSPECTION, limits: Object.fromEntries(limits) };
}

/** The settings again, for a process of its own. */
export function operationEnvironment({ introspection, limits }: OperationPolicy) {
  const given = LIMIT_SETTINGS.map(([setting, name]) => [setting, limits[name]?.toString()]);
  return { INTROSPECTION: String(introspection), ...Object.fromEntries(given) };
}
