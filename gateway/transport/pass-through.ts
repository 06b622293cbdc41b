import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpError } from '@waybill/kernel/http-server.js';
import { ASSERTION_HEADER } from '@waybill/kernel/identity.js';
import { type RawHandler, type RawRequest, readRaw } from '@waybill/kernel/raw-request.js';
import { send } from './responses.js';

/**
 * Requests that are none of GraphQL's and that the gateway hands over as they come, to whoever can tell what they
 * mean: others' webhooks, which are signed over every byte. It asks nobody who they are, and limits nothing but size.
 */
export interface PassThrough {
  /** How their paths begin, such as `/webhooks/`. */
  prefix: string;
  to: RawHandler;
  /** The largest body; 1 MiB by default. */
  maxBodyBytes?: number;
}

export async function passOn(
  { to, maxBodyBytes = 1_048_576 }: PassThrough,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { status, body = '' } = await to(await readRaw(request, maxBodyBytes));
    send(response, status, 'text/plain', body);
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
      return { status: response.status, body: await response.text() };
    } catch {
      throw new HttpError(502, 'NOT_REACHED');
    }
  };
}

function forwarded({ headers }: RawRequest): Array<[string, string]> {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || OWN_HEADERS.has(name) ? [] : [[name, String(value)]],
  );
}
