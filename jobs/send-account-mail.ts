import type { DomainEvent } from '@waybill/schema/events.js';
import { composeAccountMail } from './mail/compose-account-mail.js';
import { inTheNameOf } from './mail/in-the-name-of.js';
import type { Mailer } from './mail/mailer.js';
import type { CommandClients } from './workers.js';

/** Sends somebody mail about their account; one that is delivered thrice goes out once. */
export async function sendAccountMail(
  { subject: mailId }: DomainEvent,
  { users, catalog }: Pick<CommandClients, 'users' | 'catalog'>,
  mailer: Mailer,
): Promise<void> {
  const claimed = await users.claimMail({ mailId });
  if (claimed.claim === 'SETTLED') return;
  // Whoever took it may have died on the way: a later attempt finds out.
  if (claimed.claim === 'TAKEN') throw new Error('this mail is being sent by another worker');
  const { mail } = claimed;
  try {
    const storefront = await catalog.describeStorefront({ storefrontId: mail.storefrontId });
    const composed = inTheNameOf(storefront, composeAccountMail(mail));
    await mailer.send({ ...composed, to: mail.to, id: mailId });
  } catch (error) {
    await users.giveBackMail({ mailId });
    throw error;
  }
  await users.settleMail({ mailId });
}
