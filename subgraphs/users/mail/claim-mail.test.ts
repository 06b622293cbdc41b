import { localCommands } from '@waybill/kernel/commands.js';
import type { Commands } from '@waybill/schema/commands.js';
import { expect, it } from 'vitest';
import { openUsers } from '../testing/users.js';

async function openMail() {
  const users = await openUsers();
  await users.person('ada');
  const input = '{ email: "ada@example.com" }';
  await users.run(`mutation { requestPasswordReset(input: ${input}) { done } }`);
  const commands = localCommands<Commands['users']>(users.subgraph.commands);
  const { events } = await commands.findUnsentMail({ olderThanSeconds: 0, limit: 10 });
  return { users, commands, mailId: events[0]?.subject ?? '' };
}

it('goes to one of many workers', async () => {
  const { commands, mailId } = await openMail();
  const claims = await Promise.all([1, 2, 3, 4].map(() => commands.claimMail({ mailId })));
  expect(claims.map(({ claim }) => claim).toSorted()).toEqual([
    'GRANTED',
    'TAKEN',
    'TAKEN',
    'TAKEN',
  ]);
});

it('goes to another when the first has died, or gives it back; the code is a new one then', async () => {
  const { users, commands, mailId } = await openMail();
  const codes: unknown[] = [];
  const claim = async () => {
    const claimed = await commands.claimMail({ mailId });
    if (claimed.claim === 'GRANTED') codes.push(claimed.mail.token);
    return claimed.claim;
  };
  expect(await claim()).toBe('GRANTED');
  await users.sql(`update account_mails set claimed_at = now() - interval '61 seconds'`);
  expect(await claim()).toBe('GRANTED');
  await commands.giveBackMail({ mailId });
  expect(await claim()).toBe('GRANTED');
  expect(new Set(codes).size).toBe(3);
  await commands.settleMail({ mailId });
  expect(await claim()).toBe('SETTLED');
  const unsent = await commands.findUnsentMail({ olderThanSeconds: 0, limit: 10 });
  expect(unsent.events).toEqual([]);
});

it('keeps no code that anybody could use', async () => {
  const { users, commands, mailId } = await openMail();
  const claimed = await commands.claimMail({ mailId });
  const token = claimed.claim === 'GRANTED' ? String(claimed.mail.token) : '';
  expect(token).toHaveLength(43);
  const kept = await users.sql(`select m::text, encode(token_hash, 'base64') from account_mails m`);
  expect(JSON.stringify(kept)).not.toContain(token);
  expect(await users.sql('select data from outbox')).toEqual([{ data: { notify: true } }]);
});
