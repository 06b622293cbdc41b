import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { LogInDocument, MeDocument } from '@waybill/schema/generated/graphql.js';
import { afterEach, describe, expect, it } from 'vitest';
import { Client } from './client.js';

/** What the other side of the connection may do; the real gateway is asked in tests/e2e. */
type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(handler: Handler): Promise<string> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    handler(request, response, body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

const ME = JSON.stringify({ data: { me: null } });

describe('Client', () => {
  it('sends the hash of the operation, its variables and the token', async () => {
    let seen: unknown;
    const url = await listen((request, response, body) => {
      const { method, url: path, headers } = request;
      seen = { method, path, authorization: headers.authorization, body: JSON.parse(body) };
      response.end(ME);
    });
    const client = new Client({ url, token: async () => 'secret' });
    expect(await client.run(MeDocument, {})).toEqual({ me: null });
    expect(seen).toMatchObject({
      method: 'POST',
      path: '/graphql',
      authorization: 'Bearer secret',
      body: {
        extensions: {
          persistedQuery: { version: 1, sha256Hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
        },
        variables: {},
      },
    });
    expect(seen).not.toHaveProperty('body.query');
    await client.close();
  });

  it('says to start the server where nothing answers', async () => {
    const url = await listen(() => {});
    const [server] = servers.splice(0);
    await new Promise((resolve) => server?.close(resolve));
    const client = new Client({ url, retries: 3 });
    await expect(client.run(MeDocument, {})).rejects.toThrow(
      `nothing answers at ${url}: run npm start first`,
    );
  });

  it('says that something else answers', async () => {
    const url = await listen((_, response) => response.end('<html>'));
    const client = new Client({ url });
    await expect(client.run(MeDocument, {})).rejects.toThrow(
      `what answers at ${url} is not Waybill`,
    );
  });

  it('turns GraphQL errors into one line, with codes to act on', async () => {
    const error = {
      message: 'Log in first.',
      extensions: { code: 'UNAUTHENTICATED', requestId: 'r1' },
    };
    const url = await listen((_, response) => {
      response.end(JSON.stringify({ data: null, errors: [error, error] }));
    });
    const client = new Client({ url });
    await expect(client.run(MeDocument, {})).rejects.toMatchObject({
      message: 'Me: Log in first. (UNAUTHENTICATED, request r1) and 1 more errors',
      codes: ['UNAUTHENTICATED', 'UNAUTHENTICATED'],
    });
  });

  it('asks again, where that is safe, after a broken connection and a busy server', async () => {
    let requests = 0;
    const url = await listen((request, response) => {
      requests += 1;
      if (requests === 1) request.socket.destroy();
      else if (requests === 2) response.writeHead(503).end('{}');
      else response.end(ME);
    });
    const patient = new Client({ url, retries: 3 });
    expect(await patient.run(MeDocument, {})).toEqual({ me: null });
    expect(requests).toBe(3);
    await patient.close();
  });

  it('does not ask again unless told so', async () => {
    const url = await listen((request) => request.socket.destroy());
    const client = new Client({ url });
    const input = { email: 'a@b.c', password: 'x' };
    await expect(client.run(LogInDocument, { input })).rejects.toThrow('broke off');
  });
});
