import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { HttpError } from '@waybill/kernel/http-server.js';
import { ASSERTION_HEADER } from '@waybill/kernel/identity.js';
import {
  MAX_RAW_BYTES,
  type RawAnswer,
  type RawHandler,
  type RawRequest,
  rawRequest,
  sendRaw,
} from '@waybill/kernel/raw-request.js';
import { send } from './responses.js';

/**
 * Requests that are none of GraphQL's and that the gateway hands over as they come, to whoever can tell what they
 * mean: others' webhooks, which are signed over every byte, and files. It asks nobody who they are, so it bounds what they
 * can have it hold: the size of a body, and how many are read at once.
 */
export interface PassThrough {
  /** How their paths begin, such as `/webhooks/`. */
  prefix: string;
  to: RawHandler;
  /** The largest body; 1 MiB by default. */
  maxBodyBytes?: number;
  /** Bodies taken in at once; 32 by default. One more is asked to come again (503). */
  maxBodies?: number;
}

const MAX_BODIES = 32;

/** How many bodies are being taken in. */
const bodies = new WeakMap<PassThrough, number>();

export async function passOn(
  passThrough: PassThrough,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { to, maxBodyBytes = MAX_RAW_BYTES, maxBodies = MAX_BODIES } = passThrough;
  const underWay = bodies.get(passThrough) ?? 0;
  const isOne = hasBody(request) ? 1 : 0;
  if (underWay + isOne > maxBodies) return comeAgain(request, response);
  bodies.set(passThrough, underWay + isOne);
  try {
    await sendRaw(response, await to(rawRequest(request, maxBodyBytes)));
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    send(response, error.status, 'text/plain', error.code);
  } finally {
    bodies.set(passThrough, (bodies.get(passThrough) ?? 0) - isOne);
  }
}

function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** What is still being sent is not read: the connection ends with the answer. */
function comeAgain(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => request.destroy());
  send(response, 503, 'text/plain', 'BUSY', ['retry-after', '1', 'connection', 'close']);
}

/** Belong to one connection (RFC 9110, 7.6.1), are made anew, or are for us: they do not go on. */
const OWN_HEADERS = new Set([
  'connection',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'host',
  'content-length',
  'authorization',
  'cookie',
  ASSERTION_HEADER,
]);

/** Hands requests on over HTTP as they come. Throws HttpError 502 where nobody has answered within `timeoutMs`. */
export function forwardTo(baseUrl: string, timeoutMs = 10_000): RawHandler {
  return async (request) => {
    const { method, path, body } = request;
    const url = new URL(path, baseUrl);
    // `/webhooks/../elsewhere` does not come out of its prefix.
    if (url.pathname !== path) throw new HttpError(404, 'NOT_FOUND');
    try {
      const forwarding: RequestInit & { duplex: 'half' } = {
        method,
        headers: forwarded(request),
        body: hasBody(request) ? (Readable.toWeb(body) as BodyInit) : null,
        duplex: 'half',
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      };
      const response = await fetch(url, forwarding);
      return answerOf(response);
    } catch {
      if (body.errored instanceof HttpError) throw body.errored;
      throw new HttpError(502, 'NOT_REACHED');
    }
  };
}

/** What caches and readers of an answer need to know of it. */
const PASSED_BACK = [
  'content-type',
  'content-disposition',
  'cache-control',
  'etag',
  'content-security-policy',
];

function answerOf(response: Response): RawAnswer {
  const headers = PASSED_BACK.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  const answer = { status: response.status, headers: Object.fromEntries(headers) };
  return response.body
    ? { ...answer, body: Readable.fromWeb(response.body as ReadableStream) }
    : answer;
}

function forwarded({ headers }: RawRequest): Array<[string, string]> {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || OWN_HEADERS.has(name) ? [] : [[name, String(value)]],
  );
}
