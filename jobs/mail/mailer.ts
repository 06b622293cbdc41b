import { createTransport } from 'nodemailer';

export interface MailOptions {
  /** `smtp://user:password@host:port` */
  smtpUrl: string;
  /** Sender, e.g. `Waybill <orders@waybill.example>`. */
  from: string;
  /** Where mail for staff goes; left out, they get none. */
  staff?: string | undefined;
}

export interface Mail {
  /** Becomes the Message-ID, so that a mail sent again is known as the same. */
  id: string;
  to: string;
  subject: string;
  text: string;
  /** In place of the deployment's sender. */
  from?: { name: string; address: string };
}

export interface Mailer {
  /** Resolves when the server has accepted the mail. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** A few connections are kept open and shared by all mails. */
export function openMailer({ smtpUrl, from }: MailOptions): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 4,
    connectionTimeout: 5000,
    socketTimeout: 10_000,
  });
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost';
  return {
    send: async ({ id, ...mail }) => {
      await transport.sendMail({ from, ...mail, messageId: `<${id}@${domain}>` });
    },
    close: () => transport.close(),
  };
}
