import { once } from 'node:events';
import { createClient } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { ANONYMOUS, ASSERTION_HEADER, type Identity, signAssertion } from './identity.js';
import { createLog, silentLog } from './log.js';
import { type SubgraphServer, serveSubgraph } from './subgraph-server.js';
import { greetings } from './testing/greetings.js';

const secret = 'secret';
const subgraph = greetings();
const USER: Identity = { kind: 'user', userId: 'u', roles: ['CUSTOMER'] };
const SERVICE: Identity = { kind: 'service', name: 'jobs' };

let server: SubgraphServer;
beforeAll(async () => {
  const publicRoutes = { '/keys': async () => ({ keys: [] }) };
  server = await serveSubgraph(subgraph, { port: 0, secret, log: silentLog, publicRoutes });
});
afterAll(() => server.close());
afterEach(() => {
  subgraph.healthy = true;
});

const headersFor = (identity: Identity, key = secret): Record<string, string> => ({
  [ASSERTION_HEADER]: signAssertion(identity, key),
});

async function post(path: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(server.url + path, { method: 'POST', body, headers });
  return { status: response.status, body: await response.json() };
}

const ask = (query: string) => post('/graphql', JSON.stringify({ query }), headersFor(USER));

describe('without a valid assertion', () => {
  const expired = signAssertion(SERVICE, secret, Date.now() - 61_000);
  const refused = {
    status: 401,
    body: { errors: [{ message: 'UNAUTHENTICATED', extensions: { code: 'UNAUTHENTICATED' } }] },
  };

  it.each<[string, Record<string, string>]>([
    ['none', {}],
    ['forged', headersFor(SERVICE, 'other')],
    ['expired', { [ASSERTION_HEADER]: expired }],
    ['garbage', { [ASSERTION_HEADER]: 'a.b' }],
  ])('(%s) everything but health and public routes is refused', async (_name, headers) => {
    const service = JSON.stringify({ query: '{ _service { sdl } }' });
    expect(await post('/graphql', '{"query":"{ whoAmI }"}', headers)).toEqual(refused);
    expect(await post('/graphql', service, headers)).toEqual(refused);
    expect(await post('/commands/greet', '[{"name":"Ada"}]', headers)).toEqual(refused);
    expect(await post('/elsewhere', '{}', headers)).toEqual(refused);
  });
});

describe('health', () => {
  const get = async (path: string) => {
    const response = await fetch(server.url + path);
    return { status: response.status, body: await response.json() };
  };

  it('is told to anybody', async () => {
    expect(await get('/livez')).toEqual({ status: 200, body: { status: 'live' } });
    expect(await get('/readyz?verbose')).toEqual({ status: 200, body: { status: 'ready' } });
    expect(await get('/keys')).toEqual({ status: 200, body: { keys: [] } });
  });

  it('without its database it lives and is not ready', async () => {
    subgraph.healthy = false;
    expect(await get('/readyz')).toMatchObject({ status: 503 });
    expect(await get('/livez')).toMatchObject({ status: 200 });
  });
});

describe('a webhook', () => {
  const send = async (path: string, body: string) => {
    const response = await fetch(server.url + path, { method: 'POST', body });
    return [response.status, await response.text()];
  };

  it('comes in as it is, from anybody', async () => {
    expect(await send('/webhooks/echo?a=b', ' {"a":\n1}')).toEqual([
      202,
      'POST /webhooks/echo  {"a":\n1}',
    ]);
  });

  it('is refused when it is too large, and where nobody wants any', async () => {
    expect((await send('/webhooks/echo', 'x'.repeat(1024 * 1024 + 1)))[0]).toBe(413);
    const { webhooks: _, ...deaf } = greetings();
    const options = { port: 0, secret, log: silentLog };
    const other = await serveSubgraph(deaf, options);
    onTestFinished(() => other.close());
    const response = await fetch(`${other.url}/webhooks/echo`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(404);
  });
});

describe('an operation', () => {
  it('is run as who asks', async () => {
    expect(await ask('{ whoAmI }')).toEqual({
      status: 200,
      body: { data: { whoAmI: JSON.stringify(USER) } },
    });
  });

  it('answers its errors with their codes', async () => {
    expect(await ask('{ broken }')).toMatchObject({
      status: 200,
      body: {
        data: { broken: null },
        errors: [{ message: 'no', extensions: { code: 'FORBIDDEN' } }],
      },
    });
  });

  it.each([
    ['{', 'MALFORMED_JSON'],
    ['', 'MALFORMED_JSON'],
    ['null', 'NO_OPERATION'],
    ['{"query":1}', 'NO_OPERATION'],
    ['{"query":"{"}', 'GRAPHQL_PARSE_FAILED'],
  ])('of body %j is refused', async (body, code) => {
    expect(await post('/graphql', body, headersFor(USER))).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code } }] },
    });
  });
});

describe('commands', () => {
  it('are run for services, each with its own answer', async () => {
    const inputs = JSON.stringify([{ name: 'Ada' }, { name: '' }, { name: 'ghost' }]);
    expect(await post('/commands/greet', inputs, headersFor(SERVICE))).toEqual({
      status: 200,
      body: [{ ok: { text: 'Hello Ada' } }, { error: 'nobody to greet' }, { ok: null }],
    });
  });

  it.each<[string, string, Identity, number]>([
    ['/commands/greet', '[]', USER, 403],
    ['/commands/sing', '[]', SERVICE, 404],
    ['/commands/toString', '[]', SERVICE, 404],
    ['/commands/', '[]', SERVICE, 404],
    ['/commands/greet', '{}', SERVICE, 400],
    ['/commands/greet', '[', SERVICE, 400],
    ['/commands/greet', '[{"name":"all"}]', SERVICE, 500],
    ['/elsewhere', '{}', SERVICE, 404],
  ])('%s of %s by %j answers %i', async (path, body, identity, status) => {
    expect(await post(path, body, headersFor(identity))).toMatchObject({ status });
  });

  it('say nothing of what failed inside', async () => {
    const { body } = await post('/commands/greet', '[{"name":"all"}]', headersFor(SERVICE));
    expect(JSON.stringify(body)).not.toContain('all failed');
  });

  it('are no pages', async () => {
    const response = await fetch(`${server.url}/commands/greet`, { headers: headersFor(SERVICE) });
    expect(response.status).toBe(405);
  });
});

describe('the request id of the gateway', () => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const log = createLog('greetings', { level: 'info', pretty: false, destination });
  let logged: SubgraphServer;
  beforeAll(async () => {
    logged = await serveSubgraph(subgraph, { port: 0, secret, log });
  });
  afterAll(() => logged.close());

  async function send(path: string, body: object, identity: Identity) {
    const headers = { ...headersFor(identity), 'x-request-id': 'request-7' };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await (await fetch(logged.url + path, init)).json();
    return { answer, log: lines.splice(0).map((line) => JSON.parse(line)) };
  }

  it('is told to resolvers', async () => {
    const { answer, log } = await send('/graphql', { query: '{ requestId }' }, USER);
    expect([answer, log]).toEqual([{ data: { requestId: 'request-7' } }, []]);
  });

  it('stands beside what failed, and where', async () => {
    const { log } = await send('/graphql', { query: '{ crash broken }' }, USER);
    expect(log).toMatchObject([
      {
        requestId: 'request-7',
        path: ['crash'],
        err: { message: 'a bug', stack: expect.stringContaining('greetings') },
      },
    ]);
    const { log: ofCommand } = await send('/commands/greet', [{ name: 'all' }], SERVICE);
    expect(ofCommand).toMatchObject([
      { requestId: 'request-7', url: '/commands/greet', err: { message: 'all failed' } },
    ]);
  });
});

describe('a subscription', () => {
  const connect = (headers: Record<string, string>) =>
    createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: headers,
      retryAttempts: 0,
    });

  async function results(query: string, headers: Record<string, string>): Promise<unknown[]> {
    const client = connect(headers);
    const seen: unknown[] = [];
    try {
      for await (const { data } of client.iterate({ query })) seen.push(data);
    } finally {
      await client.dispose();
    }
    return seen;
  }

  it('is told event by event, and ends', async () => {
    const query = 'subscription { count(to: 3) }';
    expect(await results(query, headersFor(USER))).toEqual([1, 2, 3].map((count) => ({ count })));
  });

  it('is run as who connected', async () => {
    expect(await results('subscription { whoAmI }', headersFor(USER))).toEqual([
      { whoAmI: JSON.stringify(USER) },
    ]);
  });

  it('is run as whom it names, where several share a connection', async () => {
    const client = connect(headersFor(ANONYMOUS));
    const whoAmI = async (headers?: Record<string, string>) => {
      const query = 'subscription { whoAmI }';
      const extensions = headers && { headers };
      for await (const { data } of client.iterate({ query, extensions })) return data?.whoAmI;
      return undefined;
    };
    expect(await whoAmI(headersFor(USER))).toBe(JSON.stringify(USER));
    expect(await whoAmI()).toBe(JSON.stringify(ANONYMOUS));
    await expect(whoAmI(headersFor(USER, 'other'))).rejects.toMatchObject([
      { extensions: { code: 'UNAUTHENTICATED' } },
    ]);
    await client.dispose();
  });

  it.each<[string, Record<string, string>]>([
    ['without an assertion', {}],
    ['with a forged one', headersFor(USER, 'other')],
  ])('is refused %s', async (_name, headers) => {
    await expect(results('subscription { whoAmI }', headers)).rejects.toMatchObject({ code: 4403 });
  });
});

describe('a server that closes', () => {
  it('goes on for its grace, not ready any more, and lets connections go', async () => {
    const own = await serveSubgraph(greetings(), {
      port: 0,
      secret,
      log: silentLog,
      graceMs: 1_000,
    });
    const closed = own.close();
    expect((await fetch(`${own.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${own.url}/livez`)).status).toBe(200);
    const init = { method: 'POST', headers: headersFor(USER), body: '{"query":"{ whoAmI }"}' };
    const response = await fetch(`${own.url}/graphql`, init);
    expect(response.headers.get('connection')).toBe('close');
    expect(await response.json()).toEqual({ data: { whoAmI: JSON.stringify(USER) } });
    await closed;
    await expect(fetch(`${own.url}/livez`)).rejects.toThrow();
  });

  it('tells subscribers that it goes away', async () => {
    const own = await serveSubgraph(greetings(), { port: 0, secret, log: silentLog });
    const socket = new WebSocket(`${own.url}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    const goodbye = once(socket, 'close');
    await own.close();
    expect((await goodbye)[0]).toBe(1001);
  });
});

it('a port in use is an error, not a crash', async () => {
  const port = Number(new URL(server.url).port);
  await expect(serveSubgraph(greetings(), { port, secret, log: silentLog })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
