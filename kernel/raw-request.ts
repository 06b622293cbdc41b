import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HttpError } from './http-server.js';

/** An HTTP request as it came, for whoever needs its very bytes: somebody may have signed them, or they are a file. */
export interface RawRequest {
  method: string;
  /** Without the query string. */
  path: string;
  headers: IncomingHttpHeaders;
  /** Can be read once, or left alone. Fails with HttpError 413 where it is larger than may be. */
  body: Readable;
}

/** The type is that of text, unless the headers say another. A stream is sent as fast as it is taken. */
export interface RawAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array | Readable;
}

export type RawHandler = (request: RawRequest) => Promise<RawAnswer>;

/** The largest body of a request that is handed on as it comes: one with a file in it, and any other. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024;
export const MAX_RAW_BYTES = 1024 * 1024;

/** The request with its body yet to be read. Throws HttpError 413 where it says itself that it is over `maxBytes`. */
export function rawRequest(request: IncomingMessage, maxBytes: number): RawRequest {
  const { method = 'GET', url = '/', headers } = request;
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  const body = Readable.from(bounded(request, maxBytes), { objectMode: false });
  return { method, path: url.split('?', 1)[0] as string, headers, body };
}

const tooLarge = () => new HttpError(413, 'BODY_TOO_LARGE');

/** Where it ends early the connection stays: whoever sends hears why. */
async function* bounded(body: Readable, maxBytes: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    yield chunk;
  }
}

/** All of a body. Throws HttpError 413 as soon as it is over `maxBytes`. */
export async function bytesOf(
  { body }: Pick<RawRequest, 'body'>,
  maxBytes: number,
): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of bounded(body, maxBytes)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function sendRaw(
  response: ServerResponse,
  { status, headers, body }: RawAnswer,
): Promise<void> {
  const type = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };
  response.writeHead(status, { ...type, ...headers });
  if (!(body instanceof Readable)) response.end(body);
  // What breaks off is seen to have broken off: the connection ends without the end of the body.
  else await pipeline(body, response).catch(() => response.destroy());
}
