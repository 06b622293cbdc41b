import { randomUUID } from 'node:crypto';
import type { Client } from 'graphql-ws';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { GatewayOptions } from '../index.js';
import { bearerOrAnonymous } from '../testing/bearer.js';
import { testGateway } from '../testing/graph.js';
import { get, type HttpAnswer, post, sha256 } from '../testing/http.js';
import { ask, webSocketClient } from '../testing/web-socket-client.js';
import { memoryRateLimits } from './memory-store.js';
import type { RateLimitOptions } from './rate-limiter.js';
import { redisRateLimits } from './redis-store.js';

const ME = 'query Me { me { name } }';
const ADD = 'mutation { addReview(upc: "table", body: "Wobbly") { body } }';
const SUBSCRIPTION = 'subscription { reviewAdded { body } }';
const AS_SOMEBODY = { authorization: 'Bearer good' };
const from = (address: string) => ({ 'x-forwarded-for': address });

/** Ten units, one a second, by a clock of the test's own. */
async function limited(
  rateLimits: Partial<RateLimitOptions> = {},
  options: Partial<GatewayOptions> = {},
) {
  const time = { now: 0 };
  const store = memoryRateLimits({ clock: () => time.now });
  const policy = { name: 'test', capacity: 10, refillPerSecond: 1 };
  const { gateway, graph, fetches } = await testGateway({
    authenticate: bearerOrAnonymous,
    persistedOperations: { [sha256(ME)]: ME },
    rateLimits: {
      policyFor: () => policy,
      trustedProxies: ['127.0.0.0/8', '::1'],
      store,
      ...rateLimits,
    },
    ...options,
  });
  onTestFinished(() => gateway.close());
  const { url } = await gateway.listen(0);
  const connect = (token?: string): Client => {
    const client = webSocketClient(url, token ? { token } : {});
    onTestFinished(() => void client.dispose());
    return client;
  };
  return { gateway, graph, fetches, url, time, connect };
}

async function times<Answer>(count: number, act: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let n = 0; n < count; n++) answers.push(await act());
  return answers;
}

const left = ({ headers }: HttpAnswer) => headers.get('ratelimit');
const codes = ({ body }: HttpAnswer) => body.errors?.map(({ extensions }) => extensions.code);

describe('rate limits over HTTP', () => {
  const ways: Array<[string, (url: string) => Promise<HttpAnswer>]> = [
    ['registered over POST', (url) => post(url, { id: sha256(ME) })],
    ['registered over GET', (url) => get(url, { id: sha256(ME) })],
    ['ad hoc over POST', (url) => post(url, { query: '{ me { name } }' })],
    ['ad hoc over GET', (url) => get(url, { query: '{ me { name } }' })],
  ];

  it.each(ways)('hold for an operation %s', async (_, send) => {
    const { url, time } = await limited();
    const answers = await times(10, () => send(url));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"test";q=10;w=10');
    expect(answers.slice(0, 2).map(left)).toEqual(['"test";r=9;t=1', '"test";r=8;t=2']);
    expect(answers[0]?.headers.get('retry-after')).toBeNull();

    const refused = await send(url);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(left(refused)).toBe('"test";r=0;t=10');
    expect(refused.body).toEqual({
      errors: [
        {
          message: expect.any(String),
          extensions: {
            code: 'RATE_LIMITED',
            retryAfter: 1,
            cost: {
              requestedQueryCost: 1,
              throttleStatus: { maximumAvailable: 10, currentlyAvailable: 0, restoreRate: 1 },
            },
            requestId: refused.headers.get('x-request-id'),
          },
        },
      ],
    });

    time.now += 1_000;
    expect((await send(url)).status).toBe(200);
    expect((await send(url)).status).toBe(429);
  });

  it('count what an operation costs, with the variables of the request', async () => {
    const { url, connect } = await limited();
    const query = 'query ($n: Int) { topProducts(first: $n) { upc } }';
    const send = (n: number) => post(url, { query, variables: { n } });
    expect(left(await send(3))).toBe('"test";r=7;t=3');
    expect(left(await send(5))).toBe('"test";r=2;t=8');
    const refused = await send(4);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
    expect(refused.body.errors?.[0]?.extensions).toMatchObject({ cost: { requestedQueryCost: 4 } });
    const onSocket = ask(connect(), { query, variables: { n: 5 } });
    await expect(onSocket).rejects.toMatchObject([{ extensions: { retryAfter: 3 } }]);
    expect(left(await send(2))).toBe('"test";r=0;t=10');
  });

  it('ask no subgraph for what they refuse', async () => {
    const { url, fetches } = await limited({
      policyFor: () => ({ capacity: 1, refillPerSecond: 1 }),
    });
    const answers = await times(3, () => post(url, { query: ADD }));
    expect(answers.map(({ status }) => status)).toEqual([200, 429, 429]);
    expect(fetches).toHaveLength(1);
  });

  it('give everybody known a bucket of their own, and others that of their address', async () => {
    const { url } = await limited();
    const ask = (headers: Record<string, string>) => () => post(url, { id: sha256(ME) }, headers);
    await times(10, ask(from('192.0.2.1')));
    expect((await ask(from('192.0.2.1'))()).status).toBe(429);
    expect((await ask(from('192.0.2.2'))()).status).toBe(200);
    expect((await ask({ ...AS_SOMEBODY, ...from('192.0.2.1') })()).status).toBe(200);
    await times(9, ask({ ...AS_SOMEBODY, ...from('192.0.2.3') }));
    expect((await ask({ ...AS_SOMEBODY, ...from('192.0.2.4') })()).status).toBe(429);
  });

  it('do not believe an address from anybody', async () => {
    const { url } = await limited({ trustedProxies: [] });
    let n = 0;
    const answers = await times(11, () => {
      n += 1;
      return post(url, { id: sha256(ME) }, from(`192.0.2.${n}`));
    });
    expect(answers.at(-1)?.status).toBe(429);
  });

  it('charge what is refused, too', async () => {
    const { url } = await limited();
    const rubbish = [
      () => post(url, { query: '{ me {' }),
      () => post(url, { query: '{ nothing }' }),
      () => post(url, { id: 'unknown' }),
      () => post(url, { variables: {} }),
      () => get(url, { query: ADD }),
    ];
    for (const send of rubbish) expect(codes(await send())).not.toContain('RATE_LIMITED');
    await times(5, () => post(url, { id: sha256(ME) }));
    for (const send of rubbish) {
      const refused = await send();
      expect([refused.status, codes(refused)]).toEqual([429, ['RATE_LIMITED']]);
    }
  });

  it('leave introspection and health alone', async () => {
    const { url } = await limited();
    const introspection = { query: '{ __schema { queryType { name } } __typename }' };
    const answers = await times(12, () => post(url, introspection));
    expect(answers.every((each) => each.status === 200 && left(each) === null)).toBe(true);
    await times(11, () => post(url, { id: sha256(ME) }));
    const ready = await fetch(url.replace('/graphql', '/ready'));
    expect(ready.status).toBe(200);
    expect(ready.headers.get('ratelimit')).toBeNull();
  });

  it('leave alone whom they are not for', async () => {
    const { url } = await limited({
      policyFor: ({ identity }) =>
        identity.kind === 'user' ? undefined : { capacity: 1, refillPerSecond: 0.01 },
    });
    const answers = await times(5, () => post(url, { id: sha256(ME) }, AS_SOMEBODY));
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
    expect(answers.map(left)).toEqual(Array(5).fill(null));
  });

  it('are off unless set', async () => {
    const { url } = await limited({}, { rateLimits: false });
    const answers = await times(20, () => post(url, { id: sha256(ME) }));
    expect(answers.every((each) => each.status === 200 && left(each) === null)).toBe(true);
  });

  it('need proxies that are addresses', async () => {
    const wrong = limited({ trustedProxies: ['proxy.example'] });
    await expect(wrong).rejects.toThrow('"proxy.example" is no address');
  });
});

const { REDIS_URL: redisUrl } = process.env;

it.skipIf(!redisUrl)('gateways with one Redis count together', async () => {
  const prefix = `test-${randomUUID()}:`;
  // Nothing flows back during the test.
  const policyFor = () => ({ capacity: 10, refillPerSecond: 0.001 });
  const shared = () => redisRateLimits({ url: redisUrl ?? '', prefix, timeoutMs: 10_000 });
  const gateways = [
    await limited({ policyFor, store: shared() }),
    await limited({ policyFor, store: shared() }),
  ];
  const urls = gateways.map(({ url }) => url);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => post(urls[n % 2] ?? '', { id: sha256(ME) })),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(10);
  expect(refused[0]?.headers.get('retry-after')).toMatch(/^(999|1000)$/);
});

describe('rate limits over WebSocket', () => {
  const refusal = [
    expect.objectContaining({
      extensions: expect.objectContaining({
        code: 'RATE_LIMITED',
        retryAfter: 1,
        requestId: expect.any(String),
      }),
    }),
  ];

  it('refuse an operation, and keep the socket', async () => {
    const { connect, time, graph } = await limited();
    const client = connect();
    const stream = client.iterate({ query: SUBSCRIPTION });
    const event = stream.next();
    await expect.poll(() => graph.feed.open.size).toBe(1);
    await times(9, () => ask(client, { query: ME }));
    await expect(ask(client, { query: ME })).rejects.toEqual(refusal);
    await expect(ask(client, { query: SUBSCRIPTION })).rejects.toEqual(refusal);
    // A mutation costs more than the bucket holds, so all of it.
    time.now += 10_000;
    await ask(client, { query: ADD });
    expect((await event).value).toEqual({ data: { reviewAdded: { body: 'Wobbly' } } });
  });

  it('say nothing of HTTP', async () => {
    const { connect } = await limited({ policyFor: () => ({ capacity: 1, refillPerSecond: 1 }) });
    const client = connect();
    await ask(client, { query: ME });
    const refused = await ask(client, { query: ME }).catch((errors) => errors);
    expect(Object.keys(refused[0].extensions)).not.toContain('http');
  });

  it('charge the same buckets as those over HTTP', async () => {
    const { connect, url } = await limited();
    await times(9, () => post(url, { id: sha256(ME) }, AS_SOMEBODY));
    await ask(connect('good'), { query: ME });
    expect((await post(url, { id: sha256(ME) }, AS_SOMEBODY)).status).toBe(429);
    await expect(ask(connect('good'), { query: ME })).rejects.toEqual(refusal);
  });

  it('charge a subscription when it begins, and what is refused', async () => {
    const { connect, graph } = await limited({
      policyFor: () => ({ capacity: 2, refillPerSecond: 1 }),
    });
    const client = connect();
    const stream = client.iterate({ query: SUBSCRIPTION });
    const first = stream.next();
    await expect.poll(() => graph.feed.open.size).toBe(1);
    await expect(ask(client, { query: '{ nothing }' })).rejects.toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
    await expect(ask(client, { query: '{ nothing }' })).rejects.toEqual(refusal);
    await ask(connect(), { query: '{ __typename }' });
    await stream.return?.();
    await first;
  });
});
