import { expect } from 'vitest';
import type { Shop } from './shop.js';

/** The code in somebody's mail with this subject, once it is here. */
export async function codeSent(
  shop: Pick<Shop, 'mails'>,
  { email }: { email: string },
  subject: string,
): Promise<string> {
  const codes = async () => {
    const mails = await shop.mails();
    const own = mails.filter((mail) => mail.to.includes(email) && mail.subject === subject);
    return own.flatMap(({ text }) => /^[\w-]{43}$/m.exec(text) ?? []);
  };
  await expect.poll(codes).not.toEqual([]);
  return String((await codes()).at(-1));
}
