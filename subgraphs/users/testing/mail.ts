import { localCommands } from '@waybill/kernel/commands.js';
import type { AccountMail, Commands } from '@waybill/schema/commands.js';
import type { TestUsers } from './users.js';

/** Takes every mail that waits to be sent, in order, and settles it as if it had been sent. */
export async function takeMails({ subgraph }: TestUsers): Promise<AccountMail[]> {
  const users = localCommands<Commands['users']>(subgraph.commands);
  const { events } = await users.findUnsentMail({ olderThanSeconds: 0, limit: 100 });
  const mails: AccountMail[] = [];
  for (const { subject: mailId } of events.toReversed()) {
    const claimed = await users.claimMail({ mailId });
    if (claimed.claim === 'GRANTED') mails.push(claimed.mail);
    await users.settleMail({ mailId });
  }
  return mails;
}

/** The code in the last mail that waits. */
export async function takeCode(users: TestUsers): Promise<string> {
  return (await takeMails(users)).at(-1)?.token ?? '';
}
