import { z } from 'zod';
import { ISSUER_SETTINGS } from './issuer-settings.js';
import type { Environment } from './settings.js';

const MEND = 'give a whole number, 1 or more';

const wholeNumber = (fallback: number, description: string) =>
  z.coerce.number(MEND).int(MEND).min(1, MEND).default(fallback).describe(description);

/** Who keeps the accounts, and how long people stay logged in; see docs/accounts.md. */
export const ACCOUNT_SETTINGS = {
  TOKEN_TTL_SECONDS: wholeNumber(900, 'How long an access token is accepted.'),
  SESSION_DAYS: wholeNumber(30, 'How long somebody stays logged in who does not come back.'),
  SESSION_MAX_DAYS: wholeNumber(
    90,
    'How long somebody stays logged in at the most, however often they come back.',
  ),
  SIGNING_KEY_DAYS: wholeNumber(30, 'How long a key signs access tokens before the next one does.'),
  PARTNER_MAX_COST: wholeNumber(
    1_000,
    'Most that one operation of a partner of the rate class STANDARD may cost, a tenth of HIGH.',
  ),
  ...ISSUER_SETTINGS,
} as const;

const schema = z.object(ACCOUNT_SETTINGS);
export type AccountSettings = z.output<typeof schema>;

/** Them alone; all have defaults. */
export function accountSettings(environment: Environment = {}): AccountSettings {
  return schema.parse(environment);
}

const DAY = 86_400;

/** The settings as the users context has them. */
export function accountOptions(settings: AccountSettings) {
  return {
    tokenTtlSeconds: settings.TOKEN_TTL_SECONDS,
    sessionTtlSeconds: settings.SESSION_DAYS * DAY,
    sessionMaxSeconds: settings.SESSION_MAX_DAYS * DAY,
    keyTtlSeconds: settings.SIGNING_KEY_DAYS * DAY,
    accountsKeptElsewhere: Boolean(settings.AUTH_ISSUER),
    partnerMaxCost: settings.PARTNER_MAX_COST,
  };
}

/** The settings again, for a process of its own. */
export function accountEnvironment(settings: AccountSettings): Environment {
  const names = Object.keys(ACCOUNT_SETTINGS) as Array<keyof AccountSettings>;
  return Object.fromEntries(names.map((name) => [name, settings[name]?.toString()]));
}
