import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { prepareOperation } from '../planning/prepare-operation.js';
import { distributedGateway } from '../testing/distributed-graph.js';
import { testGateway } from '../testing/graph.js';
import type { Awaitable, CallHandle, DataSource, PreparedOperation } from './data-source.js';
import { AnswerTooLargeError, isPassing, SubgraphStatusError } from './failures.js';
import { httpSource } from './http.js';

const NESTED = `query Nested { users { name secret
  reviews { body product { upc name shelf shippingEstimate reviews { author { username } } } } } }`;

describe('subgraphs behind HTTP', () => {
  let distributed: Awaited<ReturnType<typeof distributedGateway>>;
  beforeAll(async () => {
    distributed = await distributedGateway();
  });
  afterAll(() => distributed.close());

  it('answer what they answer in process, errors included, with as many fetches', async () => {
    const { gateway, fetches } = await testGateway();
    const operation = { query: NESTED, requestId: 'request-42' };
    const inProcess = await gateway.execute(operation);
    const remote = await distributed.gateway.execute(operation);
    expect(JSON.stringify(remote)).toBe(JSON.stringify(inProcess));
    expect(distributed.fetches.length).toBe(fetches.length);
  });

  it('are told who asks and under which request id', async () => {
    const identity = { kind: 'service', name: 'tests' } as const;
    const operation = { query: '{ whoAmI }', identity, requestId: 'request-42' };
    expect(await distributed.gateway.execute(operation)).toEqual({
      data: { whoAmI: 'service request-42' },
    });
  });

  it('are ready, or not', async () => {
    const { url } = await distributed.gateway.listen(0);
    const ready = url.replace('/graphql', '/readyz');
    expect((await fetch(ready)).status).toBe(200);
    await distributed.servers.get('inventory')?.close();
    distributed.servers.delete('inventory');
    const response = await fetch(ready);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('"inventory":"away"');
  });

  it('refuse whoever has no assertion, and are there all the same', async () => {
    const url = distributed.servers.get('accounts')?.url ?? '';
    const stranger = httpSource({ url });
    const operation = prepareOperation('{ me { id } }', undefined);
    const context = { identity: ANONYMOUS, requestId: 'request-1' };
    expect(await stranger.execute({ operation, variables: {}, context })).toMatchObject({
      errors: [{ message: 'Who asks?' }],
    });
    await stranger.ready();
    await stranger.close();
  });

  it('have to answer in time', async () => {
    const silent = createServer(() => {});
    await once(silent.listen(0), 'listening');
    const { port } = silent.address() as AddressInfo;
    const url = `http://localhost:${port}/graphql`;
    const accounts = httpSource({ url, headersFor: () => ({}), timeoutMs: 100 });
    const { gateway } = await testGateway({ dataSources: { accounts } });
    const { data, errors } = await gateway.execute({ query: '{ me { id } topProducts { upc } }' });
    expect(data).toMatchObject({ me: null, topProducts: expect.any(Array) });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    silent.closeAllConnections();
    silent.close();
    await gateway.close();
  });
});

describe('an HTTP source', () => {
  const operation = prepareOperation('{ me { id } }', undefined);
  const context = { identity: ANONYMOUS, requestId: 'request-1' };
  const request = { operation, variables: {}, context };
  let server: Server;
  let source: DataSource;
  let answer: RequestListener;
  beforeEach(async () => {
    server = createServer((...args) => answer(...args));
    await once(server.listen(0), 'listening');
    const { port } = server.address() as AddressInfo;
    const url = `http://localhost:${port}/graphql`;
    source = httpSource({ url, headersFor: () => ({}), maxAnswerBytes: 1_000 });
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await source.close();
  });

  it.each([400, 500])('takes GraphQL for an answer, also with status %i', async (status) => {
    answer = (_, response) => response.writeHead(status).end('{"errors":[{"message":"No"}]}');
    expect(await source.execute(request)).toEqual({ errors: [{ message: 'No' }] });
  });

  it.each([
    [200, '<p>Welcome</p>'],
    [200, '[1]'],
    [200, 'null'],
    [404, 'Not found'],
    [503, ''],
  ])('fails where the answer is %i %s', async (status, body) => {
    answer = (_, response) => response.writeHead(status).end(body);
    await expect(source.execute(request)).rejects.toEqual(new SubgraphStatusError(status));
  });

  it.each(['with a length', 'in chunks'])('takes no more than its limit, %s', async (how) => {
    const body = JSON.stringify({ data: { me: 'x'.repeat(1_000) } });
    answer = (_, response) => {
      if (how === 'in chunks') response.write(body.slice(0, 500));
      response.end(how === 'in chunks' ? body.slice(500) : body);
    };
    await expect(source.execute(request)).rejects.toBeInstanceOf(AnswerTooLargeError);
  });

  it('may be tried again where nobody listens, not where an answer breaks off', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{', () => response.destroy());
    };
    const broken = await rejection(source.execute(request));
    answer = (_, response) => response.destroy();
    const reset = await rejection(source.execute(request));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const refused = await rejection(source.execute(request));
    expect([broken, reset, refused].map(isPassing)).toEqual([false, true, true]);
  });

  it.each(['before', 'in the middle of'])('breaks a call off %s its answer', async (when) => {
    const asked = Promise.withResolvers<void>();
    const gone = Promise.withResolvers<void>();
    answer = (_, response) => {
      response.once('close', () => gone.resolve());
      if (when === 'before') asked.resolve();
      else response.write('{', () => asked.resolve());
    };
    const call: CallHandle = { cancel: undefined };
    const outcome = rejection(source.execute(request, call));
    await asked.promise;
    call.cancel?.(new Error('late'));
    expect(isPassing(await outcome)).toBe(false);
    await gone.promise;
    // Its connection is not used again, and a new one is made.
    answer = (_, response) => response.end('{"data":{}}');
    expect(await source.execute(request)).toEqual({ data: {} });
  });
});

describe('an HTTP source whose reads share connections', () => {
  it('gives everybody their own answer, whatever takes how long', async () => {
    const { gateway, close } = await distributedGateway();
    const ask = async (name: string) => {
      const identity = { kind: 'service', name } as const;
      const query = name.endsWith('7')
        ? `{ whoAmI ${NESTED.slice(NESTED.indexOf('{') + 1)}`
        : '{ whoAmI }';
      const { data } = await gateway.execute({ query, identity, requestId: name });
      return data?.whoAmI;
    };
    const names = Array.from({ length: 200 }, (_, i) => `caller-${i}`);
    // Twice: at first, nobody knows which are quick.
    for (const round of [1, 2]) {
      const answers = await Promise.all(names.map(ask));
      expect(answers, `round ${round}`).toEqual(names.map((name) => `service ${name}`));
    }
    await close();
  });

  it('never lets a mutation share, nor asks one twice', async () => {
    const arrivals: string[][] = [];
    const server = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        const kinds = [...bytes.toString().matchAll(/"query":"(\w+)/g)].map(
          ([, kind = '']) => kind,
        );
        arrivals.push(kinds);
        socket.write(
          'HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{"data":{}}'.repeat(kinds.length),
        );
      });
    });
    await once(server.listen(0), 'listening');
    const { port } = server.address() as AddressInfo;
    const source = httpSource({ url: `http://localhost:${port}/graphql`, pipelining: 8 });
    const context = { identity: ANONYMOUS, requestId: 'request-1' };
    const run = (text: string) => {
      const operation = text.startsWith('query') ? read : write;
      return source.execute({ operation, variables: {}, context });
    };
    const [read, write] = ['query A { me { id } }', 'mutation B { like }'].map((text) =>
      prepareOperation(text, undefined),
    ) as [PreparedOperation, PreparedOperation];
    // Then it is known how quick they are.
    for (let i = 0; i < 20; i += 1) for (const kind of ['query', 'mutation']) await run(kind);
    arrivals.length = 0;
    await Promise.all(['query', 'query', 'mutation', 'query', 'mutation'].map(run));
    expect(arrivals.filter((kinds) => kinds.includes('mutation'))).toEqual([
      ...[['mutation'], ['mutation']],
    ]);
    await source.close();
    server.close();
  });
});

function rejection(answer: Awaitable<unknown>): Promise<unknown> {
  return Promise.resolve(answer).then(
    () => expect.fail('it was answered'),
    (error: unknown) => error,
  );
}
