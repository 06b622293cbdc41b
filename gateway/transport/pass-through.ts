import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpError } from '@waybill/kernel/http-server.js';
import { ASSERTION_HEADER } from '@waybill/kernel/identity.js';
import {
  MAX_RAW_BYTES,
  type RawAnswer,
  type RawHandler,
  type RawRequest,
  readRaw,
  sendRaw,
} from '@waybill/kernel/raw-request.js';
import { send } from './responses.js';

/**
 * Requests that are none of GraphQL's and that the gateway hands over as they come, to whoever can tell what they
 * mean: others' webhooks, which are signed over every byte, and files. It asks nobody who they are, and limits nothing but size.
 */
export interface PassThrough {
  /** How their paths begin, such as `/webhooks/`. */
  prefix: string;
  to: RawHandler;
  /** The largest body; 1 MiB by default. */
  maxBodyBytes?: number;
}

export async function passOn(
  { to, maxBodyBytes = MAX_RAW_BYTES }: PassThrough,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    sendRaw(response, await to(await readRaw(request, maxBodyBytes)));
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    send(response, error.status, 'text/plain', error.code);
  }
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

/** Hands requests on over HTTP. Throws HttpError 502 where nobody answers within `timeoutMs`. */
export function forwardTo(baseUrl: string, timeoutMs = 10_000): RawHandler {
  return async (request) => {
    const { method, path, body } = request;
    const url = new URL(path, baseUrl);
    // `/webhooks/../elsewhere` does not come out of its prefix.
    if (url.pathname !== path) throw new HttpError(404, 'NOT_FOUND');
    try {
      const response = await fetch(url, {
        method,
        headers: forwarded(request),
        body: body.length > 0 ? body : null,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      return await answerOf(response);
    } catch {
      throw new HttpError(502, 'NOT_REACHED');
    }
  };
}

/** What caches and readers of an answer need to know of it. */
const PASSED_BACK = ['content-type', 'cache-control', 'etag', 'content-security-policy'];

async function answerOf(response: Response): Promise<RawAnswer> {
  const headers = PASSED_BACK.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  const body = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: Object.fromEntries(headers), body };
}

function forwarded({ headers }: RawRequest): Array<[string, string]> {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || OWN_HEADERS.has(name) ? [] : [[name, String(value)]],
  );
}
