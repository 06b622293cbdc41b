import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Pool } from 'undici';
import { serveParent, settings } from './worker-side.js';

/** Passes bytes on and knows nothing of GraphQL: what HTTP alone costs in Node. */
const { origin, pathname } = new URL(settings<{ url: string }>().url);
const pool = new Pool(origin, { connections: 128 });

async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { authorization } = request.headers;
  const { statusCode, body } = await pool.request({
    method: 'POST',
    path: pathname,
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: await buffer(request),
  });
  const answer = Buffer.from(await body.arrayBuffer());
  const headers = { 'content-type': 'application/json', 'content-length': answer.length };
  response.writeHead(statusCode, headers).end(answer);
}

const server = createServer((request, response) => {
  passOn(request, response).catch(() => response.destroy());
});
await once(server.listen(0, '127.0.0.1'), 'listening');
serveParent({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` });
