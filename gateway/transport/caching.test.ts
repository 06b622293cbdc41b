import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { memoryStore } from '../caching/memory-store.js';
import type { GatewayOptions } from '../create-gateway.js';
import { type Authenticate, UnauthenticatedError } from '../index.js';
import { cachedGraph } from '../testing/cached-graph.js';
import { testGateway } from '../testing/graph.js';
import { post, sha256 } from '../testing/http.js';

const HEADLINE = 'query Headline { headline }';
const TOPIC = 'query Topic($topic: Topic) { headline(topic: $topic) }';
const MINE = 'query Mine { mine }';
const STORY = 'query Story { story(id: "1") { title author } }';
const READERS = 'query Readers { story(id: "1") { title readers } }';
const TICKER = 'query Ticker { headline ticker }';
const FAILING = 'query Failing { headline failing }';
const PUBLISH = 'mutation Publish { publish }';
const ALL = [HEADLINE, TOPIC, MINE, STORY, READERS, TICKER, FAILING, PUBLISH];

/** Whoever names themselves is believed. */
const byName: Authenticate = ({ authorization: name }) => {
  if (!name) return { kind: 'anonymous' };
  if (name === 'forged') throw new UnauthenticatedError('forged');
  const [userId = '', role] = name.split('/');
  return { kind: 'user', userId, roles: role === 'staff' ? ['STAFF'] : [] };
};

/** `fetch` would send no-cache along, unless told something else. */
const ifNoneMatch = (tag: string | null) => ({
  'if-none-match': tag ?? '',
  'cache-control': 'max-age=3600',
});

interface Asked {
  method?: 'GET' | 'POST';
  variables?: object;
  as?: string;
  headers?: Record<string, string>;
}

/** A served gateway; `ask` sends an operation by its id, or by its text to a gateway that has no ids. */
async function served(registered: boolean, options: Partial<GatewayOptions> = {}) {
  const persistedOperations = registered
    ? Object.fromEntries(ALL.map((text) => [sha256(text), text]))
    : {};
  const { gateway, fetches } = await testGateway(
    { authenticate: byName, persistedOperations, ...options },
    cachedGraph(),
  );
  onTestFinished(() => gateway.close());
  const { url } = await gateway.listen(0);

  async function ask(
    text: string,
    { method = 'GET', variables = {}, as, headers = {} }: Asked = {},
  ) {
    const named: Record<string, string> = registered
      ? { documentId: sha256(text) }
      : { query: text };
    const all = { ...(as && { authorization: as }), ...headers };
    const search = new URLSearchParams({ ...named, variables: JSON.stringify(variables) });
    const response =
      method === 'GET'
        ? await fetch(`${url}?${search}`, { headers: all })
        : await fetch(url, {
            method,
            headers: { 'content-type': 'application/json', ...all },
            body: JSON.stringify({ ...named, variables }),
          });
    const body = await response.text();
    const header = (name: string) => response.headers.get(name);
    return {
      status: response.status,
      cacheControl: header('cache-control'),
      etag: header('etag'),
      header,
      body,
      data: body ? JSON.parse(body).data : undefined,
    };
  }
  return { ask, fetches, gateway, url };
}

afterEach(() => {
  vi.useRealTimers();
});

describe.each([
  ['a registered operation', true],
  ['any other operation', false],
])('the answer to %s', (_name, registered) => {
  it.each([
    ['how long it may be kept', HEADLINE, 'max-age=60, public'],
    ['the least that any subgraph allows', READERS, 'max-age=5, public'],
    ['that one may keep it for oneself', MINE, 'max-age=60, private'],
    ['that it is not to be kept without a hint', TICKER, 'no-store'],
    ['that it is not to be kept with an error', FAILING, 'no-store'],
  ])('says %s', async (_what, text, expected) => {
    const { ask } = await served(registered);
    expect((await ask(text)).cacheControl).toBe(expected);
    expect((await ask(text, { method: 'POST' })).cacheControl).toBe('no-store');
  });

  it('to a mutation is not to be kept, whatever a hint says', async () => {
    const { ask } = await served(registered, { caching: { store: memoryStore() } });
    const first = await ask(PUBLISH, { method: 'POST' });
    const second = await ask(PUBLISH, { method: 'POST' });
    expect([first.cacheControl, first.data.publish]).toEqual(['no-store', 1]);
    expect(second.data.publish).toBe(2);
  });

  it('says on what it depends', async () => {
    const { ask } = await served(registered);
    expect((await ask(HEADLINE)).header('vary')).toBe('accept');
    expect((await ask(MINE)).header('vary')).toBe('accept, authorization, cookie');
    expect((await ask(TICKER)).header('vary')).toBeNull();
  });

  it('is not sent again over GET to who has it', async () => {
    const { ask } = await served(registered, { caching: { store: memoryStore() } });
    const first = await ask(HEADLINE);
    expect(first.etag).toMatch(/^"[\w-]{20,}"$/);
    for (const known of [first.etag, `"other", W/${first.etag}`, '*']) {
      const again = await ask(HEADLINE, { headers: ifNoneMatch(known) });
      expect([again.status, again.body]).toEqual([304, '']);
      expect([again.etag, again.cacheControl]).toEqual([first.etag, 'max-age=60, public']);
      expect(again.header('vary')).toBe('accept');
    }
    const other = await ask(HEADLINE, { headers: ifNoneMatch('"other"') });
    expect([other.status, other.body]).toEqual([200, first.body]);
    const post = await ask(HEADLINE, { method: 'POST', headers: ifNoneMatch(first.etag) });
    expect([post.status, post.etag]).toEqual([200, null]);
  });

  it('has another tag when it is another, or of another media type', async () => {
    const { ask } = await served(registered, { caching: { store: memoryStore() } });
    const first = await ask(HEADLINE);
    const typed = await ask(HEADLINE, { headers: { accept: 'application/graphql-response+json' } });
    expect([typed.body, typed.header('content-type')]).toEqual([
      first.body,
      'application/graphql-response+json; charset=utf-8',
    ]);
    const fresh = await ask(HEADLINE, { headers: { 'cache-control': 'no-cache' } });
    expect(new Set([first.etag, typed.etag, fresh.etag]).size).toBe(3);
  });

  it('says nothing of the kind where caching is off', async () => {
    const { ask } = await served(registered, { caching: false });
    const { cacheControl, etag } = await ask(HEADLINE);
    expect([cacheControl, etag]).toEqual(['no-store', null]);
  });
});

describe.each([
  ['registered operations', true],
  ['any other operations', false],
])('a response cache for %s', (_name, registered) => {
  const withStore = () => served(registered, { caching: { store: memoryStore() } });

  it('answers without asking any subgraph, whatever the method', async () => {
    const { ask, fetches } = await withStore();
    const first = await ask(STORY);
    expect(fetches).toHaveLength(2);
    const second = await ask(STORY, { method: 'POST' });
    expect([second.body, second.cacheControl]).toEqual([first.body, 'no-store']);
    expect(second.header('content-type')).toBe('application/json; charset=utf-8');
    expect(fetches).toHaveLength(2);
  });

  it('says how old an answer is, and asks anew after its time', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { ask } = await withStore();
    const first = await ask(HEADLINE);
    vi.setSystemTime(Date.now() + 59_000);
    const second = await ask(HEADLINE);
    expect([second.body, second.header('age')]).toEqual([first.body, '59']);
    vi.setSystemTime(Date.now() + 1_000);
    const third = await ask(HEADLINE);
    expect(third.data).toEqual({ headline: 'Headline 2' });
    expect([first.header('age'), third.header('age')]).toEqual([null, null]);
  });

  it('keeps private answers apart by who asks and what they are, others for all', async () => {
    const { ask } = await withStore();
    const mine = async (as?: string) => (await ask(MINE, as ? { as } : {})).data.mine;
    expect(await mine('ada')).toBe('ada 1');
    expect(await mine('alan')).toBe('alan 2');
    expect(await mine('ada')).toBe('ada 1');
    expect(await mine('ada/staff')).toBe('ada 3');
    expect(await mine()).toBe('anonymous 4');
    expect(await mine()).toBe('anonymous 4');
    const shared = await ask(HEADLINE, { as: 'ada' });
    expect((await ask(HEADLINE, { as: 'alan' })).body).toBe(shared.body);
  });

  it('has nothing for who is refused', async () => {
    const { ask } = await withStore();
    await ask(HEADLINE);
    expect((await ask(HEADLINE, { as: 'forged' })).status).toBe(401);
  });

  it('tells variables apart by what they are, not by how they are written', async () => {
    const { ask } = await withStore();
    const headline = async (variables: object) => (await ask(TOPIC, { variables })).data.headline;
    const first = await headline({ topic: { name: 'rain', region: 'north' } });
    expect(await headline({ topic: { region: 'north', name: 'rain' } })).toBe(first);
    expect(await headline({ topic: { name: 'rain', region: 'north' }, unknown: 1 })).toBe(first);
    const others = [{}, { topic: null }, { topic: {} }, { topic: { name: 'rain' } }];
    const answers = new Set([first]);
    for (const variables of others) answers.add(await headline(variables));
    expect(answers.size).toBe(5);
  });

  it.each([
    ['no-cache', 'Headline 2', 'Headline 2'],
    ['max-age=0', 'Headline 2', 'Headline 2'],
    ['no-store', 'Headline 2', 'Headline 1'],
    ['max-age=30', 'Headline 1', 'Headline 1'],
  ])('heeds %s of a request', async (wish, answer, later) => {
    const { ask } = await withStore();
    await ask(HEADLINE);
    const asked = await ask(HEADLINE, { headers: { 'cache-control': wish } });
    expect(asked.data.headline).toBe(answer);
    expect((await ask(HEADLINE)).data.headline).toBe(later);
  });

  it('keeps no error, and nothing without a hint', async () => {
    const { ask, fetches } = await withStore();
    for (const text of [FAILING, FAILING, TICKER, TICKER]) await ask(text);
    expect(fetches).toHaveLength(4);
  });

  it('shows nobody what is older than their own last change', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { ask } = await withStore();
    const headline = async (as: string) => (await ask(HEADLINE, { as })).data.headline;
    expect([await headline('ada'), await headline('alan')]).toEqual(['Headline 1', 'Headline 1']);
    await ask(PUBLISH, { method: 'POST', as: 'ada' });
    expect(await headline('alan')).toBe('Headline 1');
    vi.setSystemTime(Date.now() + 1);
    expect([await headline('ada'), await headline('alan')]).toEqual(['Headline 3', 'Headline 3']);
  });
});

describe('a response cache', () => {
  it('answers alike by id and by text', async () => {
    const { ask, url, fetches } = await served(true, { caching: { store: memoryStore() } });
    const { data } = await ask(HEADLINE);
    expect(await post(url, { query: HEADLINE })).toMatchObject({ body: { data } });
    expect(fetches).toHaveLength(1);
  });

  it('has nothing of another version of the supergraph', async () => {
    const store = memoryStore();
    const { ask, gateway } = await served(true, { caching: { store } });
    expect((await ask(HEADLINE)).data).toEqual({ headline: 'Headline 1' });
    const { supergraph } = cachedGraph();
    await gateway.reload({ supergraph: supergraph.replace('maxAge: 30', 'maxAge: 31') });
    expect((await ask(HEADLINE)).data).toEqual({ headline: 'Headline 2' });
    await gateway.reload({ supergraph });
    expect((await ask(HEADLINE)).data).toEqual({ headline: 'Headline 1' });
  });

  it('is for HTTP only', async () => {
    const { gateway, fetches } = await served(true, { caching: { store: memoryStore() } });
    for (const n of [1, 2]) {
      const { data } = await gateway.execute({ query: HEADLINE });
      expect(data).toEqual({ headline: `Headline ${n}` });
    }
    expect(fetches).toHaveLength(2);
  });
});
