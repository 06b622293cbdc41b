import { isIP } from 'node:net';
import { z } from 'zod';
import type { Environment } from './settings.js';

function wholeNumber(least: number, fallback: number, mend: string, description: string) {
  return z.coerce.number(mend).int(mend).min(least, mend).default(fallback).describe(description);
}

const seconds = (fallback: number, description: string) =>
  wholeNumber(1, fallback, 'give a whole number of seconds, 1 or more', description);

const units = (description: string) =>
  wholeNumber(0, 0, 'give a whole number, 0 for no limit', description);

function addresses(description: string) {
  const mend = 'give addresses or CIDR ranges with commas between them, such as 10.0.0.0/8';
  const listed = z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean));
  const valid = (all: string[]) => all.every((each) => isIP(each.split('/')[0] ?? '') > 0);
  return listed.refine(valid, mend).default([]).describe(description);
}

/** How long the gateway waits for those it asks, and how much it does for those who ask. */
export const FRONT_SETTINGS = {
  SUBGRAPH_TIMEOUT_SECONDS: seconds(10, 'How long the gateway waits for one answer of a subgraph.'),
  REQUEST_TIMEOUT_SECONDS: seconds(30, 'How long it waits for all of them that a request needs.'),
  USER_RATE_LIMIT_PER_MINUTE: units('What a user may ask for, in units of cost; 0 for no limit.'),
  PARTNER_RATE_LIMIT_PER_MINUTE: units(
    'What a partner of the rate class STANDARD may ask for, a tenth of HIGH; 0 for no limit.',
  ),
  ANONYMOUS_RATE_LIMIT_PER_MINUTE: units(
    'What callers without a token may ask for from one address; 0 for no limit.',
  ),
  TRUSTED_PROXIES: addresses(
    'Proxies whose X-Forwarded-For is believed: addresses or CIDR ranges, with commas between them.',
  ),
} as const;

const schema = z.object(FRONT_SETTINGS);
export type FrontSettings = z.output<typeof schema>;

/** Them alone; all have defaults. */
export function frontSettings(environment: Environment = {}): FrontSettings {
  return schema.parse(environment);
}

/** The same as text, for a process of its own. */
export function frontEnvironment(settings: FrontSettings): Environment {
  const names = Object.keys(FRONT_SETTINGS) as Array<keyof FrontSettings>;
  return Object.fromEntries(names.map((name) => [name, String(settings[name])]));
}

/** How long a process goes on after SIGTERM. */
export const SHUTDOWN_GRACE_SECONDS = wholeNumber(
  0,
  0,
  'give a whole number of seconds, 0 for none',
  'How long a process goes on after SIGTERM, not ready any more.',
);
