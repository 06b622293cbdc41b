import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Queues } from '@waybill/jobs/queues.js';
import type { Queue } from 'bullmq';
import { answerDeadLetters } from './dead-letters.js';
import { listenFault } from './fault.js';
import type { MailCatcher } from './mail-catcher.js';
import { MAIL_PAGE_POLICY, mailListPage, mailPage, noSuchMailPage } from './mail-pages.js';
import type { ReadMetrics } from './metrics.js';

export interface OpsServerOptions {
  /** OPS_PORT; 0 takes any free one. */
  port: number;
  host?: string | undefined;
  /** Served at /metrics and /metrics/<process>. */
  metrics?: ReadMetrics;
  /** Without them there are no pages of queues and dead letters. */
  queues?: Pick<Queues, 'all' | 'deadLetters' | 'retry'> | undefined;
  /** Where mail is caught; without it mail leaves by SMTP_URL and there is no mail page. */
  mail?: MailCatcher | undefined;
}

export interface OpsServer {
  port: number;
  url: string;
  close(): Promise<void>;
}

/** The pages for whoever runs the system: metrics, mail that was caught, and the queues. */
export async function startOpsServer(options: OpsServerOptions): Promise<OpsServer> {
  const { mail, queues, metrics, host = '127.0.0.1' } = options;
  const board = queues && boardOnDemand(queues.all);
  const answer: RequestListener = (request, response) => {
    const path = request.url?.split('?')[0] ?? '/';
    const destroy = (error: Error) => void response.destroy(error);
    if (isForeign(request)) return send(response, 403, 'text/plain', 'Not from another page.');
    if (path === '/livez') return send(response, 200, 'application/json', '{"status":"live"}');
    if (metrics && /^\/metrics(\/|$)/.test(path))
      return void sendMetrics(metrics, path, response).catch(destroy);
    if (board && (path === '/queues' || path.startsWith('/queues/')))
      return board(request, response);
    if (queues && path.startsWith('/dead-letters')) {
      return void answerDeadLetters(queues, request, path, response).catch(destroy);
    }
    if (path.startsWith('/mail')) {
      if (!mail)
        return send(response, 404, 'text/plain', 'Mail leaves by SMTP_URL: none is caught.');
      return void answerMail(mail, path, response).catch(destroy);
    }
    return send(response, 404, 'text/plain', queues ? PLACES : 'Here is /metrics.');
  };
  const server = createServer(answer).listen(options.port, host);
  await once(server, 'listening').catch((error) => {
    throw listenFault(error, 'OPS_PORT', options.port);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://${host === '127.0.0.1' ? 'localhost' : host}:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const PLACES = 'Here are /metrics, /mail, /queues and /dead-letters.';

async function sendMetrics(metrics: ReadMetrics, path: string, response: ServerResponse) {
  const text = await metrics(path.slice('/metrics/'.length));
  if (text === undefined) return send(response, 404, 'text/plain', 'No such process.');
  return send(response, 200, 'text/plain; version=0.0.4; charset=utf-8', text);
}

/** A page of another site that has the operator's browser change something here. */
function isForeign({ method, headers }: IncomingMessage): boolean {
  if (method === 'GET' || headers.origin === undefined) return false;
  return !URL.canParse(headers.origin) || new URL(headers.origin).host !== headers.host;
}

/** Bull Board is as large as the rest of the process together, and most of the time nobody looks at it. */
function boardOnDemand(queues: readonly Queue[]): RequestListener {
  let board: Promise<RequestListener> | undefined;
  return (request, response) => {
    board ??= import('./queue-board.js').then(({ queueBoard }) => queueBoard('/queues', queues));
    board.then(
      (pages) => pages(request, response),
      (error) => response.destroy(error),
    );
  };
}

async function answerMail(catcher: MailCatcher, path: string, response: ServerResponse) {
  if (path === '/mail.json') {
    return send(response, 200, 'application/json', JSON.stringify(await catcher.mails()));
  }
  if (path === '/mail') return sendPage(response, 200, mailListPage(await catcher.mails()));
  const mail = await catcher.mail(Number(path.slice('/mail/'.length)));
  return mail ? sendPage(response, 200, mailPage(mail)) : sendPage(response, 404, noSuchMailPage());
}

function sendPage(response: ServerResponse, status: number, html: string): void {
  response.setHeader('content-security-policy', MAIL_PAGE_POLICY);
  send(response, status, 'text/html; charset=utf-8', html);
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  const headers = { 'content-type': type, 'cache-control': 'no-store' };
  response.writeHead(status, { ...headers, 'x-content-type-options': 'nosniff' }).end(body);
}
