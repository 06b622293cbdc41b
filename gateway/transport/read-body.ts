import type { IncomingMessage } from 'node:http';
import { gatewayError } from '../errors.js';

/** Reads a request's body as UTF-8; throws PAYLOAD_TOO_LARGE as soon as it is over `maxBytes`. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    return Promise.reject(gatewayError('PAYLOAD_TOO_LARGE'));
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else {
        request.pause();
        reject(gatewayError('PAYLOAD_TOO_LARGE'));
      }
    });
    request.on('end', () => resolve(chunks.length === 1 ? String(chunks[0]) : join(chunks)));
    request.on('error', reject);
  });
}

function join(chunks: Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
