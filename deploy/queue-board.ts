import type { RequestListener } from 'node:http';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import type { Queue } from 'bullmq';

/** The browser itself refuses what the page might ask of any other host. */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:";

/** Stylesheets of other hosts: the page asks Google for its fonts, and does well without them. */
const FOREIGN_LINK = /<link\s[^>]*href="https?:[^>]*>/g;

type EntryRoute = Parameters<ExpressAdapter['setEntryRoute']>[0];

/** Bull Board's pages under `path`, asking nothing of any other host. */
export function queueBoard(path: string, queues: readonly Queue[]): RequestListener {
  const serverAdapter = new OfflineAdapter(path);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue)),
    serverAdapter,
    options: { uiConfig: { boardTitle: 'Waybill queues' } },
  });
  const pages = serverAdapter.getRouter() as RequestListener;
  return (request, response) => {
    request.url = request.url?.slice(path.length) || '/';
    response.setHeader('content-security-policy', POLICY);
    pages(request, response);
  };
}

class OfflineAdapter extends ExpressAdapter {
  constructor(path: string) {
    super();
    this.setBasePath(path);
  }

  override setEntryRoute({ method, route, handler }: EntryRoute): this {
    const { basePath, uiConfig } = this;
    this.app[method](route, (_request: unknown, response: Rendering) => {
      const { name, params } = handler({ basePath, uiConfig });
      response.render(String(name), params, (error, html) => {
        if (error) response.status(500).end();
        else response.send(html.replaceAll(FOREIGN_LINK, ''));
      });
    });
    return this;
  }
}

/** The part of Express's response used above. */
interface Rendering {
  render(view: string, params: object, done: (error: Error | null, html: string) => void): void;
  status(code: number): { end(): void };
  send(html: string): void;
}
