import { z } from 'zod';

/** Characters in a name or one line of an address, at the most. */
export const MAX_TEXT = 200;

const CONTROL = /\p{Cc}/u;
const emailAddress = z.email().max(254);
const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** The text without surrounding space; undefined when nothing is left, or it is too long or has control characters. */
export function cleanText(text: string): string | undefined {
  const trimmed = text.trim();
  const good = trimmed.length > 0 && trimmed.length <= MAX_TEXT && !CONTROL.test(trimmed);
  return good ? trimmed : undefined;
}

/** In lower case, so that one mailbox is one account; undefined when it is no address. */
export function cleanEmail(text: string): string | undefined {
  const { success, data } = emailAddress.safeParse(text.trim().toLowerCase());
  return success ? data : undefined;
}

/** Whether this is a region code of ISO 3166-1 alpha-2 that is in use. */
export function isCountryCode(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && regions.of(code) !== undefined;
}
