import { GraphQLInt, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FetchEvent } from './execution/run.js';
import {
  type Authenticate,
  createGateway,
  type Gateway,
  type GatewayOptions,
  memoryStore,
  type Safelist,
  UnauthenticatedError,
} from './index.js';
import { type TestGraph, testGateway } from './testing/graph.js';
import { get, post, sha256 } from './testing/http.js';
import { ask, webSocketClient } from './testing/web-socket-client.js';

const OWN = 'query Own($n: Int!) { topProducts(first: $n) { upc reviews { body } } }';
const ADD = 'mutation Add { addReview(upc: "table", body: "mine") { body } }';
const ADDED = 'subscription Added { reviewAdded { body } }';
const FOREIGN = 'query Foreign { latestReviews { body } }';
const FOREIGN_ADD = 'mutation ForeignAdd { addReview(upc: "table", body: "foreign") { body } }';
const FOREIGN_ADDED = 'subscription ForeignAdded { reviewAdded { id } }';
const HOUSE = 'query House { me { name } }';

const byId = (texts: readonly string[]) => new Map(texts.map((text) => [sha256(text), text]));
const SAFELISTS = new Map([
  ['acme', byId([OWN, ADD, ADDED])],
  ['globex', byId([FOREIGN, FOREIGN_ADD, FOREIGN_ADDED])],
  ['empty', byId([])],
]);

const authenticate: Authenticate = ({ authorization }) => {
  if (authorization === undefined) return { kind: 'anonymous' };
  const name = authorization.slice('Bearer '.length);
  if (!SAFELISTS.has(name)) throw new UnauthenticatedError('forged');
  return { kind: 'service', name };
};

/** How a request names what it wants to run. */
type Asked = { query?: string; extensions?: object; documentId?: string; variables?: object };
type Answer = { data?: unknown; errors?: readonly object[] };

const hash = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(text) } });

/** What somebody tries who may run operations of their own and no others, with the answer that it gets. */
const ATTACKS: ReadonlyArray<readonly [name: string, asked: Asked, code: string]> = [
  ['raw text', { query: '{ me { name } }' }, 'QUERY_NOT_IN_SAFELIST'],
  ['the raw text of an own operation', { query: ADD }, 'QUERY_NOT_IN_SAFELIST'],
  ['automatic registration', { query: HOUSE, extensions: hash(HOUSE) }, 'QUERY_NOT_IN_SAFELIST'],
  ['an automatic hash', { extensions: hash('{ me { id } }') }, 'PERSISTED_QUERY_NOT_FOUND'],
  ['an id of the house', { documentId: sha256(HOUSE) }, 'PERSISTED_QUERY_NOT_FOUND'],
  ["another's query", { extensions: hash(FOREIGN) }, 'PERSISTED_QUERY_NOT_FOUND'],
  ["another's mutation", { documentId: sha256(FOREIGN_ADD) }, 'PERSISTED_QUERY_NOT_FOUND'],
  ["another's subscription", { documentId: sha256(FOREIGN_ADDED) }, 'PERSISTED_QUERY_NOT_FOUND'],
  [
    "another's with its text",
    { query: FOREIGN, ...{ documentId: sha256(FOREIGN) } },
    'QUERY_NOT_IN_SAFELIST',
  ],
  ['a name of an object', { documentId: 'constructor' }, 'PERSISTED_QUERY_NOT_FOUND'],
  ['nothing', {}, 'BAD_REQUEST'],
];

let gateway: Gateway;
let graph: TestGraph;
let fetches: FetchEvent[];
let url: string;
const used: string[] = [];

async function open(options: Partial<GatewayOptions> = {}) {
  return testGateway({
    authenticate,
    persistedOperations: { [sha256(HOUSE)]: HOUSE },
    caching: { store: memoryStore() },
    safelistFor: async (identity) => {
      if (identity.kind !== 'service') return undefined;
      const operations = SAFELISTS.get(identity.name);
      const onUse = (id: string) => void used.push(id);
      return { text: (id) => operations?.get(id), maxCost: 100, onUse } satisfies Safelist;
    },
    ...options,
  });
}

beforeAll(async () => {
  ({ gateway, graph, fetches } = await open());
  ({ url } = await gateway.listen(0));
});
afterAll(() => gateway.close());

const acme = { authorization: 'Bearer acme' };

/** Every way in, each for a caller with that key. */
const WAYS: ReadonlyArray<readonly [name: string, send: (asked: Asked) => Promise<Answer>]> = [
  ['POST', async (asked) => (await post(url, asked, acme)).body],
  ['GET', async (asked) => (await get(url, { ...asked }, acme)).body],
  ['a WebSocket', (asked) => overWebSocket({ Authorization: 'Bearer acme' }, asked)],
  [
    'an anonymous WebSocket, with a key of its own',
    (asked) => overWebSocket({}, asked, { headers: { Authorization: 'Bearer acme' } }),
  ],
  [
    'the process itself',
    async (asked) =>
      gateway.execute({ ...asked, identity: { kind: 'service', name: 'acme' } } as never),
  ],
  [
    'a subscription of the process',
    async (asked) => {
      const identity = { kind: 'service', name: 'acme' } as const;
      return (await gateway.subscribe({ ...asked, identity } as never)) as Answer;
    },
  ],
];

async function overWebSocket(
  params: Record<string, unknown>,
  asked: Asked,
  more: object = {},
): Promise<Answer> {
  const client = webSocketClient(url, params);
  try {
    const extensions = { ...asked.extensions, ...more };
    return await ask(client, { query: '', ...asked, extensions } as never);
  } catch (errors) {
    return { errors: errors as object[] };
  } finally {
    await client.dispose();
  }
}

const latest = async () => (await gateway.execute({ query: FOREIGN })).data;

describe.each(WAYS)('over %s a caller with a safelist', (_, send) => {
  it.each(ATTACKS)('is refused %s', async (_name, asked, code) => {
    const before = await latest();
    const [asking, using, opened] = [fetches.length, used.length, graph.feed.opened];
    const { data, errors } = await send(asked);
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code } }]);
    expect([fetches.length, used.length, graph.feed.opened]).toEqual([asking, using, opened]);
    expect(await latest()).toEqual(before);
  });
});

describe('a caller with a safelist', () => {
  it.each(WAYS.slice(0, 5))(
    'runs its own operations over %s, and each is counted',
    async (_, send) => {
      used.length = 0;
      const asked = { documentId: sha256(OWN), variables: { n: 1 } };
      const { data } = await send(asked);
      expect(data).toMatchObject({ topProducts: [{ upc: 'table' }] });
      await send(asked);
      expect(used).toEqual([sha256(OWN), sha256(OWN)]);
    },
  );

  it('runs what is registered under the id, whatever text comes with it', async () => {
    const { body } = await post(
      url,
      { documentId: sha256(OWN), query: HOUSE, variables: { n: 1 } },
      acme,
    );
    expect(body.data).toMatchObject({ topProducts: [{ upc: 'table' }] });
  });

  it('runs its own mutations and subscriptions', async () => {
    const client = webSocketClient(url, { Authorization: 'Bearer acme' });
    const { opened } = graph.feed;
    const event = ask(client, { query: '', extensions: hash(ADDED) });
    await expect.poll(() => graph.feed.opened).toBe(opened + 1);
    expect((await post(url, { documentId: sha256(ADD) }, acme)).body.data).toEqual({
      addReview: { body: 'mine' },
    });
    expect(await event).toMatchObject({ data: { reviewAdded: { body: 'mine' } } });
    await client.dispose();
  });

  it('has no further event of a subscription that is on it no more', async () => {
    const own = SAFELISTS.get('acme');
    const client = webSocketClient(url, { Authorization: 'Bearer acme' });
    const { opened } = graph.feed;
    const events = client.iterate({ query: '', extensions: hash(ADDED) });
    const first = events.next();
    await expect.poll(() => graph.feed.opened).toBe(opened + 1);
    const review = { id: '1', body: 'seen', authorId: '1', upc: 'table' };
    graph.feed.publish(review);
    expect((await first).value).toEqual({ data: { reviewAdded: { body: 'seen' } } });
    own?.delete(sha256(ADDED));
    graph.feed.publish({ ...review, body: 'unseen' });
    expect((await events.next()).value).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
    expect((await events.next()).done).toBe(true);
    await expect.poll(() => graph.feed.open.size).toBe(0);
    own?.set(sha256(ADDED), ADDED);
    await client.dispose();
  });

  it('is held to what a request of it may cost', async () => {
    const asking = fetches.length;
    const asked = { documentId: sha256(OWN), variables: { n: 1000 } };
    const { body } = await post(url, asked, acme);
    expect(body.errors).toMatchObject([
      { extensions: { code: 'COST_ESTIMATED_TOO_EXPENSIVE', maximum: 100 } },
    ]);
    expect(fetches).toHaveLength(asking);
  });

  it('leaves the operations of the others as they are', async () => {
    expect((await post(url, { documentId: sha256(HOUSE) })).body.data).toMatchObject({ me: {} });
    expect((await post(url, { query: FOREIGN })).body.data).toBeDefined();
    const foreign = await post(url, { documentId: sha256(OWN), variables: { n: 1 } });
    expect(foreign.body.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('goes on with them when another graph is taken over', async () => {
    await gateway.reload({ supergraph: graph.supergraph });
    const asked = { documentId: sha256(OWN), variables: { n: 1 } };
    expect((await post(url, asked, acme)).body.data).toMatchObject({ topProducts: [{}] });
  });
});

it('nothing is run where nobody knows what the caller may run', async () => {
  const failing = await open({ safelistFor: () => Promise.reject(new Error('no answer')) });
  const { url: there } = await failing.gateway.listen(0);
  const { status, body } = await post(there, { query: HOUSE }, acme);
  expect(status).toBe(500);
  expect(body.errors?.[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR');
  const inside = await failing.gateway.execute({ query: HOUSE });
  expect(inside.errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
  expect(failing.fetches).toEqual([]);
  await failing.gateway.close();
});

it('a plain schema heeds it, too, event by event', async () => {
  const own = new Map([['ticks', 'subscription Ticks { tick }']]);
  const { gateway: plain } = await plainGateway((id) => own.get(id));
  const stream = await plain.subscribe({
    documentId: 'ticks',
    identity: { kind: 'service', name: 'x' },
  });
  if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream));
  expect((await stream.next()).value).toEqual({ data: { tick: 1 } });
  own.clear();
  const { value } = await stream.next();
  expect(value?.errors).toMatchObject([{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }]);
  expect((await stream.next()).done).toBe(true);
  await plain.close();
});

/** A gateway over a schema of its own, whose events come as fast as they are taken. */
async function plainGateway(text: Safelist['text']) {
  const fields = {
    tick: {
      type: GraphQLInt,
      async *subscribe() {
        for (let tick = 1; ; tick += 1) yield { tick };
      },
    },
  };
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { now: { type: GraphQLInt } } }),
    subscription: new GraphQLObjectType({ name: 'Subscription', fields }),
  });
  return { gateway: await createGateway({ schema, safelistFor: () => ({ text }) }) };
}
