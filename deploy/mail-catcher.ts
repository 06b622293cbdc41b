import type { AddressInfo, Server } from 'node:net';
import PostalMime, { type Address } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { listenFault } from './fault.js';

/** Mails kept in memory; the oldest is dropped first. */
export const MAILS_KEPT = 500;

/** A mail that was sent and went no further. */
export interface CaughtMail {
  id: number;
  receivedAt: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string | null;
}

export interface MailCatcher {
  port: number;
  /** SMTP_URL of whoever sends. */
  smtpUrl: string;
  /** Newest first. */
  mails(): Promise<CaughtMail[]>;
  mail(id: number): Promise<CaughtMail | undefined>;
  close(): Promise<void>;
}

/** Takes mail for anybody from anybody on this machine and keeps the last MAILS_KEPT. */
export async function startMailCatcher(options: { port: number }): Promise<MailCatcher> {
  const kept = new Map<number, () => Promise<CaughtMail>>();
  let lastId = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    onData: (stream, _session, done) => {
      read(stream).then((raw) => {
        lastId += 1;
        kept.set(lastId, parsedOnce(lastId, new Date(), raw));
        kept.delete(lastId - MAILS_KEPT);
        done();
      }, done);
    },
  });
  const listening = await listen(server, options.port);
  const { port } = listening.address() as AddressInfo;
  return {
    port,
    smtpUrl: `smtp://127.0.0.1:${port}`,
    mails: async () => Promise.all([...kept.values()].toReversed().map((mail) => mail())),
    mail: async (id) => kept.get(id)?.(),
    close: () => closed(server),
  };
}

async function listen(server: SMTPServer, port: number): Promise<Server> {
  const refused = new Promise<never>((_, reject) => {
    // It stays on: a sender that hangs up later is an error event, too, and no fault of ours.
    server.on('error', (error) => reject(listenFault(error, 'SMTP_PORT', port)));
  });
  const listening = server.listen(port, '127.0.0.1');
  await Promise.race([new Promise((resolve) => listening.once('listening', resolve)), refused]);
  return listening;
}

async function read(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Parsed when somebody looks: a replay of a year's orders sends thousands that nobody reads. */
function parsedOnce(id: number, receivedAt: Date, raw: Buffer): () => Promise<CaughtMail> {
  let mail: Promise<CaughtMail> | undefined;
  return () => {
    mail ??= PostalMime.parse(raw).then((parsed) => ({
      id,
      receivedAt: receivedAt.toISOString(),
      from: parsed.from ? addressText(parsed.from) : '',
      to: (parsed.to ?? []).map(addressText),
      subject: parsed.subject ?? '',
      text: parsed.text ?? '',
      html: parsed.html ?? null,
    }));
    return mail;
  };
}

function addressText({ name, address }: Address): string {
  return name && address ? `${name} <${address}>` : (address ?? name);
}

async function closed(server: SMTPServer): Promise<void> {
  // The last goodbye of an idle sender is not worth waiting for.
  for (const connection of server.connections) connection.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
