import { type Mailer, openMailer } from '@waybill/jobs/mail/mailer.js';
import type { Identity } from '@waybill/kernel/identity.js';
import { globalId, newId } from '@waybill/kernel/ids.js';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { System } from './system.js';

export interface ReceivedMail {
  to: string[];
  from: string;
  subject: string;
  text: string;
  messageId: string;
}

export interface Inbox {
  smtpUrl: string;
  /** As they came in. */
  mails: ReceivedMail[];
  /** Sends to this inbox. */
  mailer: Mailer;
  /** A new customer whose mail comes here. */
  buyer(system: System, name?: string): Promise<Identity & { kind: 'user' }>;
  emailOf(buyer: Identity & { kind: 'user' }): string;
  /** Mail about orders. */
  to(buyer: Identity & { kind: 'user' }): ReceivedMail[];
  close(): Promise<void>;
}

const userId = globalId('User');

const REGISTER = `mutation ($input: RegisterInput!) {
  register(input: $input) { user { id } userErrors { code message } }
}`;

/** A mail server that takes everything; `port` where it comes back after it was away. */
export async function openInbox(port = 0): Promise<Inbox> {
  const mails: ReceivedMail[] = [];
  const emails = new Map<string, string>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    onData: (stream, { envelope }, done) => {
      const to = envelope.rcptTo.map(({ address }) => address);
      received(stream, to).then((mail) => {
        mails.push(mail);
        done();
      }, done);
    },
  });
  server.on('error', () => {});
  const listening = server.listen(port, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  const address = listening.address() as { port: number };
  const smtpUrl = `smtp://127.0.0.1:${address.port}`;
  const mailer = openMailer({ smtpUrl, from: 'Test <test@waybill.example>' });
  const emailOf = ({ userId }: { userId: string }) => emails.get(userId) ?? '';
  return {
    smtpUrl,
    mails,
    mailer,
    emailOf,
    to: (buyer) =>
      mails.filter(({ to, subject }) => to.includes(emailOf(buyer)) && subject.includes('(order ')),
    async buyer(system, name = 'Ada Lovelace') {
      const email = `${newId()}@buyers.example`;
      const { register } = await system.ask<{ register: { user: { id: string } } }>(
        'users',
        { kind: 'anonymous' },
        REGISTER,
        { input: { email, name, password: 'a long password' } },
      );
      const id = userId.decode(register.user.id) as string;
      emails.set(id, email);
      return { kind: 'user', userId: id, roles: ['CUSTOMER'] };
    },
    async close() {
      mailer.close();
      for (const connection of server.connections) connection.close();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function received(stream: AsyncIterable<unknown>, to: string[]): Promise<ReceivedMail> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const mail = await PostalMime.parse(Buffer.concat(chunks));
  return {
    to,
    from: mail.from?.address ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    messageId: mail.messageId ?? '',
  };
}
