import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { readBytes } from './http-server.js';

/** An HTTP request as it came, for whoever needs its very bytes: somebody may have signed them. */
export interface RawRequest {
  method: string;
  /** Without the query string. */
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer<ArrayBuffer>;
}

/** `body` is sent as text. */
export interface RawAnswer {
  status: number;
  body?: string;
}

export type RawHandler = (request: RawRequest) => Promise<RawAnswer>;

/** Reads the whole request. Throws HttpError 413 as soon as its body is over `maxBytes`. */
export async function readRaw(request: IncomingMessage, maxBytes: number): Promise<RawRequest> {
  const { method = 'GET', url = '/', headers } = request;
  const body = await readBytes(request, maxBytes);
  return { method, path: url.split('?', 1)[0] as string, headers, body };
}
