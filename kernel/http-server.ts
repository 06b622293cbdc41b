import type { IncomingMessage, ServerResponse } from 'node:http';

/** The largest body taken from another of our processes: a bulk import is a few megabytes. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** An answer other than 200, with a code for machines. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

/** The JSON body of a request. Throws HttpError 400 where it is no JSON and 413 where it is too large. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBytes(request, MAX_BODY_BYTES);
  try {
    return JSON.parse(bytes.toString());
  } catch {
    throw new HttpError(400, 'MALFORMED_JSON');
  }
}

/** The body of a request. Throws HttpError 413 as soon as it is over `maxBytes`. */
export function readBytes(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer<ArrayBuffer>> {
  const tooLarge = () => new HttpError(413, 'BODY_TOO_LARGE');
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else {
        request.pause();
        reject(tooLarge());
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
