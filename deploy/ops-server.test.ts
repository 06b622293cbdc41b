import { once } from 'node:events';
import { openQueues, type Queues } from '@waybill/jobs/queues.js';
import { newId } from '@waybill/kernel/ids.js';
import { silentLog } from '@waybill/kernel/log.js';
import { type QueueBackend, queueBackend } from '@waybill/kernel/queue-backend.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import type { StoredEvent } from '@waybill/schema/commands.js';
import { UnrecoverableError } from 'bullmq';
import { createTransport } from 'nodemailer';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAILS_KEPT, type MailCatcher, startMailCatcher } from './mail-catcher.js';
import { countJobs, metricsOf, watchProjections } from './metrics.js';
import { type OpsServer, startOpsServer } from './ops-server.js';

let mail: MailCatcher;
let backend: QueueBackend;
let queues: Queues;
let server: OpsServer;
let projections = async () => ({ behindSeconds: 1.5, setAside: 2 });

beforeAll(async () => {
  mail = await startMailCatcher({ port: 0 });
  backend = queueBackend({ databaseUrl: await testDatabase() });
  queues = await openQueues(backend, silentLog);
  const registry = new Registry();
  countJobs(registry, queues.all);
  watchProjections(registry, { describeProjections: () => projections() });
  server = await startOpsServer({ port: 0, queues, mail, metrics: metricsOf(registry) });
});

afterAll(async () => {
  await server.close();
  await queues.close();
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

describe('the metrics', () => {
  it('tell how many jobs there are', async () => {
    const response = await fetch(`${server.url}/metrics`);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await response.text()).toContain('waybill_jobs{queue="payment",state="failed"} 0\n');
  });

  it('tell how far lists and reports are behind, and all others where nobody knows that', async () => {
    const text = async () => (await fetch(`${server.url}/metrics`)).text();
    expect(await text()).toMatch(/waybill_read_models_behind_seconds 1.5\n/);
    expect(await text()).toMatch(/waybill_orders_set_aside 2\n/);
    projections = () => Promise.reject(new Error('away'));
    expect(await text()).toMatch(/waybill_jobs.+waybill_read_models_behind_seconds Nan\n/is);
  });

  it('are none of a process that there is not', async () => {
    expect((await fetch(`${server.url}/metrics/nobody`)).status).toBe(404);
    expect((await fetch(`${server.url}/metricsnobody`)).status).toBe(404);
  });
});

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
    await expect(startOpsServer({ port: server.port, queues })).rejects.toThrow(
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

  it('lets no page of another site change anything', async () => {
    const pause = (origin: string) =>
      fetch(`${server.url}/queues/api/queues/reservation/pause`, {
        method: 'PUT',
        headers: { origin },
      });
    expect((await pause('https://elsewhere.example')).status).toBe(403);
    expect((await pause('null')).status).toBe(403);
    expect((await pause(server.url)).status).toBe(200);
    await queues.all.find(({ name }) => name === 'reservation')?.resume();
  });

  it('shows the jobs of a queue', async () => {
    const queue = queues.all.find(({ name }) => name === 'payment');
    await queue?.add('settle', { orderId: '1' });
    const board = JSON.parse(await page('/queues/api/queues'));
    const shown = board.queues.find(({ name }: { name: string }) => name === 'payment');
    expect(shown).toMatchObject({ counts: { waiting: 1 } });
  });
});

describe('the dead letters', () => {
  const event = {
    id: newId(),
    type: 'order.placed',
    subject: newId(),
    data: { items: [], notify: false, customerId: null },
  };
  const retry = (id: string, type = 'application/json') =>
    fetch(`${server.url}/dead-letters/${id}/retry`, {
      method: 'POST',
      headers: { 'content-type': type },
    });

  it('are listed, and retried by id', async () => {
    expect(JSON.parse(await page('/dead-letters'))).toEqual([]);
    await failForGood(event);
    expect(JSON.parse(await page('/dead-letters'))).toMatchObject([
      { queue: 'reservation', id: event.id, orderId: event.subject, reason: 'no way' },
    ]);
    expect((await retry(event.id)).status).toBe(200);
    expect(JSON.parse(await page('/dead-letters'))).toEqual([]);
  });

  it('take no retry that a foreign page could send, nor one of an unknown id', async () => {
    expect((await retry(event.id, 'text/plain')).status).toBe(415);
    expect((await retry(newId())).status).toBe(404);
  });
});

/** Publishes the event and lets its job use up all of its attempts at once. */
async function failForGood(event: StoredEvent): Promise<void> {
  await queues.publish([event]);
  const worker = backend.worker(
    'reservation',
    () => Promise.reject(new UnrecoverableError('no way')),
    {},
  );
  await once(worker, 'failed');
  await worker.close();
}
