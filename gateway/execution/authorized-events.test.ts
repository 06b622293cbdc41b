import { ASSERTION_HEADER, type Identity, signAssertion } from '@waybill/kernel/identity.js';
import { GraphQLError } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createGateway,
  type Gateway,
  httpSource,
  type SubscriptionEvent,
  UnauthenticatedError,
} from '../index.js';
import { accounts } from '../testing/accounts.js';
import { graphOf, testGateway } from '../testing/graph.js';
import { Journal, journal } from '../testing/journal.js';
import { journalInProcess, journalOverHttp } from '../testing/journal-gateway.js';
import { memoryLog } from '../testing/memory-log.js';
import { acknowledgedSocket } from '../testing/raw-socket.js';
import { ReviewFeed, reviews } from '../testing/reviews.js';
import { SECRET, serveSubgraph } from '../testing/serve-subgraph.js';

const ENTRIES =
  'subscription Entries($topic: String = "all") { entries(topic: $topic) { text author { name } } }';
const ADA: Identity = { kind: 'user', userId: '1', roles: ['CUSTOMER'] };

async function listening(gateway: Gateway) {
  const { url } = await gateway.listen(0);
  return acknowledgedSocket(url);
}

describe.each([
  ['in process', journalInProcess],
  ['over HTTP and WebSocket', journalOverHttp],
] as const)('events of a subgraph %s', (_, start) => {
  it('are authorized one by one; a refusal ends the stream and its upstream', async () => {
    const asked: SubscriptionEvent[] = [];
    const {
      gateway,
      journal: kept,
      close,
    } = await start({
      authenticate: () => ADA,
      authorizeEvent: (event) => {
        asked.push(event);
        const { text } = event.data.entries as { text: string };
        if (text === 'secret')
          throw new GraphQLError('Not for you', { extensions: { code: 'FORBIDDEN' } });
      },
    });
    onTestFinished(close);
    const raw = await listening(gateway);
    raw.subscribe('1', ENTRIES, { variables: { topic: 'all' } });
    kept.append('open');
    const payload = { data: { entries: { text: 'open', author: { name: 'Ada Lovelace' } } } };
    expect(await raw.next()).toEqual({ id: '1', type: 'next', payload });
    kept.append('secret');
    expect(await raw.next()).toMatchObject({
      payload: {
        data: null,
        errors: [{ message: 'Not for you', extensions: { code: 'FORBIDDEN' } }],
      },
    });
    expect(await raw.next()).toEqual({ id: '1', type: 'complete' });
    await expect.poll(() => kept.readers.size).toBe(0);
    expect(asked).toHaveLength(2);
    expect(asked[0]).toMatchObject({
      ...{ identity: ADA, operation: 'Entries', variables: { topic: 'all' } },
      data: { entries: { text: 'open' } },
    });
  });

  it('are authorized once for all who share them', async () => {
    let asked = 0;
    const {
      gateway,
      journal: kept,
      close,
    } = await start({
      authorizeEvent: () => {
        asked += 1;
      },
    });
    onTestFinished(close);
    const raw = await listening(gateway);
    for (const id of ['1', '2', '3']) raw.subscribe(id, ENTRIES);
    await expect.poll(() => kept.readers.size).toBe(1);
    kept.append('one');
    for (let i = 0; i < 3; i += 1) expect(await raw.next()).toMatchObject({ type: 'next' });
    expect([asked, kept.subscriptions]).toEqual([1, 1]);
  });

  it.each([
    [new UnauthenticatedError('revoked'), 'UNAUTHENTICATED'],
    [new Error('postgres://root@10.0.0.1'), 'INTERNAL_SERVER_ERROR'],
  ])('that are refused by %s end with %s and no more words', async (error, code) => {
    const log = memoryLog();
    const {
      gateway,
      journal: kept,
      close,
    } = await start({
      authorizeEvent: () => Promise.reject(error),
      log,
    });
    onTestFinished(close);
    const raw = await listening(gateway);
    raw.subscribe('1', ENTRIES);
    kept.append('one');
    const { payload } = await raw.next();
    expect(payload).toMatchObject({ data: null, errors: [{ extensions: { code } }] });
    expect(JSON.stringify(payload)).not.toContain(error.message);
    if (code === 'INTERNAL_SERVER_ERROR') expect(log.text()).toContain(error.message);
  });

  it('end with what the subgraph says when it does not give them any more', async () => {
    const { gateway, journal: kept, close } = await start();
    onTestFinished(close);
    const raw = await listening(gateway);
    raw.subscribe('1', ENTRIES);
    kept.append('one');
    await raw.next();
    const gone = new GraphQLError('There is no such topic', { extensions: { code: 'NOT_FOUND' } });
    for (const { queue } of kept.readers) queue.fail(gone);
    expect(await raw.next()).toMatchObject({
      payload: {
        data: null,
        errors: [{ message: gone.message, extensions: { code: 'NOT_FOUND' } }],
      },
    });
    expect(await raw.next()).toEqual({ id: '1', type: 'complete' });
  });
});

it('events of a plain schema are authorized, too', async () => {
  const feed = new ReviewFeed();
  const authorizeEvent = () => {
    throw new GraphQLError('Not for you', { extensions: { code: 'FORBIDDEN' } });
  };
  const gateway = await createGateway({ schema: reviews(feed).schema, authorizeEvent });
  onTestFinished(() => gateway.close());
  await gateway.reload({ schema: reviews(feed).schema });
  const raw = await listening(gateway);
  raw.subscribe('1', 'subscription { reviewAdded { id } }');
  await expect.poll(() => feed.open.size).toBe(1);
  feed.publish({ id: '1', body: '', authorId: '1', upc: 'table' });
  expect(await raw.next()).toMatchObject({
    payload: { errors: [{ extensions: { code: 'FORBIDDEN' } }] },
  });
  await expect.poll(() => feed.open.size).toBe(0);
});

it('the rest of each event is fetched under a fresh assertion of who asks', async () => {
  const kept = new Journal();
  const people = accounts();
  const served = await serveSubgraph(people);
  // The clock of the gateway's assertions; the subgraph takes none that is older than a minute.
  let now = Date.now();
  const source = httpSource({
    url: served.url,
    headersFor: (identity) => ({ [ASSERTION_HEADER]: signAssertion(identity, SECRET, now) }),
  });
  const { gateway } = await testGateway(
    { authenticate: () => ADA, dataSources: { accounts: source } },
    graphOf([people, journal(kept)]),
  );
  onTestFinished(async () => {
    await gateway.close();
    await served.close();
  });
  const raw = await listening(gateway);
  raw.subscribe('1', ENTRIES);
  const next = async (text: string, author: object | null) => {
    kept.append(text);
    expect(await raw.next()).toMatchObject({ payload: { data: { entries: { text, author } } } });
  };
  const named = { name: 'Ada Lovelace' };
  await next('one', named);
  now -= 120_000;
  await next('an old assertion', { name: null });
  now += 120_000;
  await next('a fresh one', named);
});
