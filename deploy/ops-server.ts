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

export interface OpsServerOptions {
  /** OPS_PORT; 0 takes any free one. */
  port: number;
  host?: string | undefined;
  queues: Pick<Queues, 'all' | 'deadLetters' | 'retry'>;
  /** Where mail is caught; without it mail leaves by SMTP_URL and there is no mail page. */
  mail?: MailCatcher | undefined;
}

export interface OpsServer {
  port: number;
  url: string;
  close(): Promise<void>;
}

/** The pages for whoever runs the system: mail that was caught, and the queues. */
export async function startOpsServer(options: OpsServerOptions): Promise<OpsServer> {
  const { mail, host = '127.0.0.1' } = options;
  const board = boardOnDemand(options.queues.all);
  const answer: RequestListener = (request, response) => {
    const path = request.url?.split('?')[0] ?? '/';
    if (isForeign(request)) return send(response, 403, 'text/plain', 'Not from another page.');
    if (path === '/queues' || path.startsWith('/queues/')) return board(request, response);
    if (path === '/livez') return send(response, 200, 'application/json', '{"status":"live"}');
    if (path.startsWith('/dead-letters')) {
      return void answerDeadLetters(options.queues, request, path, response).catch((error) =>
        response.destroy(error),
      );
    }
    if (path.startsWith('/mail')) {
      if (!mail)
        return send(response, 404, 'text/plain', 'Mail leaves by SMTP_URL: none is caught.');
      return void answerMail(mail, path, response).catch((error) => response.destroy(error));
    }
    return send(response, 404, 'text/plain', 'Here are /mail, /queues and /dead-letters.');
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
