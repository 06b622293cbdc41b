import type { StorefrontSummary } from '@waybill/schema/storefronts.js';
import type { Mail } from './mailer.js';

/** A mail as its storefront sends it: signed with its name, and from its sender where it has one. */
export function inTheNameOf(
  storefront: StorefrontSummary | null,
  mail: Pick<Mail, 'subject' | 'text'>,
): Pick<Mail, 'subject' | 'text' | 'from'> {
  if (!storefront) return mail;
  const { name, sender } = storefront;
  return { ...mail, text: `${mail.text}\n-- \n${name}\n`, ...(sender && { from: sender }) };
}
