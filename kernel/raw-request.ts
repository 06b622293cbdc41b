import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { readBytes } from './http-server.js';

/** An HTTP request as it came, for whoever needs its very bytes: somebody may have signed them. */
export interface RawRequest {
  method: string;
  /** Without the query string. */
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer<ArrayBuffer>;
}

/** The type is that of text, unless the headers say another. */
export interface RawAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

export type RawHandler = (request: RawRequest) => Promise<RawAnswer>;

/** Reads the whole request. Throws HttpError 413 as soon as its body is over `maxBytes`. */
export async function readRaw(request: IncomingMessage, maxBytes: number): Promise<RawRequest> {
  const { method = 'GET', url = '/', headers } = request;
  const body = await readBytes(request, maxBytes);
  return { method, path: url.split('?', 1)[0] as string, headers, body };
}

/** The largest body of a request that is handed on as it comes: one with a file in it, and any other. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;
export const MAX_RAW_BYTES = 1024 * 1024;

export function sendRaw(response: ServerResponse, { status, headers, body }: RawAnswer): void {
  const type = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };
  response.writeHead(status, { ...type, ...headers }).end(body);
}
