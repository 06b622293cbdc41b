import { queueBackend } from '@waybill/kernel/queue-backend.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import type { Queue } from 'bullmq';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAILS_KEPT, type MailCatcher, startMailCatcher } from './mail-catcher.js';
import { type OpsServer, startOpsServer } from './ops-server.js';

let mail: MailCatcher;
let queue: Queue;
let server: OpsServer;

beforeAll(async () => {
  mail = await startMailCatcher({ port: 0 });
  queue = queueBackend({ databaseUrl: await testDatabase() }).queue('reservation');
  server = await startOpsServer({ port: 0, queues: [queue], mail });
});

afterAll(async () => {
  await server.close();
  await queue.close();
  await mail.close();
});

const page = async (path: string) => (await fetch(server.url + path)).text();

/** Addresses of other hosts that a browser would ask while it shows the page. */
const foreign = (html: string) => html.match(/(src|href|url)\s*[=(]\s*["']?(https?:)?\/\/[^"')]*/g);

async function send(message: { subject: string; text?: string; html?: string }, times = 1) {
  const transport = createTransport({ url: mail.smtpUrl, pool: true } as never);
  const sending = Array.from({ length: times }, () =>
    transport.sendMail({ from: 'shop@a.example', to: 'Ada <ada@b.example>', ...message }),
  );
  await Promise.all(sending);
  transport.close();
}

describe('the mail page', () => {
  it('shows what was sent, and escapes it', async () => {
    await send({
      subject: 'Order <b>7</b> is confirmed',
      text: 'Thank you & goodbye',
      html: '<script>alert("hi")</script><img src="https://tracker.example/x.png">Thank you',
    });
    expect(await page('/mail')).toContain('Order &lt;b&gt;7&lt;/b&gt; is confirmed');
    const [{ id, to }] = JSON.parse(await page('/mail.json'));
    expect(to).toEqual(['Ada <ada@b.example>']);
    const message = await page(`/mail/${id}`);
    expect(message).toContain('Thank you &amp; goodbye');
    expect(message).toContain('<iframe sandbox title="The mail" srcdoc="&lt;script&gt;');
  });

  it('forbids the browser to fetch anything from elsewhere', async () => {
    const { headers } = await fetch(`${server.url}/mail`);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(foreign(await page('/mail'))).toBeNull();
  });

  it('answers 404 for a mail that is not there', async () => {
    for (const id of ['99999', 'nonsense']) {
      expect((await fetch(`${server.url}/mail/${id}`)).status).toBe(404);
    }
  });

  it('keeps the newest mails only', async () => {
    await send({ subject: 'many', text: 'one of many' }, MAILS_KEPT + 5);
    const mails = await mail.mails();
    expect(mails).toHaveLength(MAILS_KEPT);
    expect(new Set(mails.map(({ subject }) => subject))).toEqual(new Set(['many']));
  });

  it('names the setting when its port is taken', async () => {
    await expect(startMailCatcher({ port: mail.port })).rejects.toThrow(
      `port ${mail.port} is in use: stop what uses it or set SMTP_PORT`,
    );
    await expect(startOpsServer({ port: server.port, queues: [] })).rejects.toThrow(
      `port ${server.port} is in use: stop what uses it or set OPS_PORT`,
    );
  });
});

describe('the queue board', () => {
  it('comes with its scripts and asks nothing of other hosts', async () => {
    const html = await page('/queues');
    expect(html).toContain('Waybill queues');
    expect(foreign(html)).toBeNull();
    const [script] = /static\/js\/main[^"]*/.exec(html) ?? [];
    expect((await fetch(`${server.url}/queues/${script}`)).status).toBe(200);
  });

  it('shows the jobs of a queue', async () => {
    await queue.add('reserve', { orderId: '1' });
    const { queues } = JSON.parse(await page('/queues/api/queues'));
    expect(queues).toMatchObject([{ name: 'reservation', counts: { waiting: 1 } }]);
  });
});
