import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Queues } from '@waybill/jobs/queues.js';

export type { DeadLetter } from '@waybill/jobs/queues.js';

export type DeadLetterBox = Pick<Queues, 'deadLetters' | 'retry'>;

const RETRY = /^\/dead-letters\/([\w-]+)\/retry$/;

/**
 * `GET /dead-letters` lists the jobs that have failed for good, `POST /dead-letters/<id>/retry` gives one its attempts
 * anew. A POST must carry JSON, which no foreign web page can send unasked.
 */
export async function answerDeadLetters(
  box: DeadLetterBox,
  request: IncomingMessage,
  path: string,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'GET' && path === '/dead-letters') {
    return sendJson(response, 200, await box.deadLetters());
  }
  const id = RETRY.exec(path)?.[1];
  if (request.method !== 'POST' || !id) return sendJson(response, 404, { error: 'NOT_FOUND' });
  if (request.headers['content-type'] !== 'application/json') {
    return sendJson(response, 415, { error: 'UNSUPPORTED_MEDIA_TYPE' });
  }
  const retried = await box.retry(id);
  return sendJson(
    response,
    retried ? 200 : 404,
    retried ? { retried: id } : { error: 'NOT_FOUND' },
  );
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
