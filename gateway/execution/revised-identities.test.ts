import type { Identity } from '@waybill/kernel/identity.js';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createGateway } from '../index.js';
import { bearerOrAnonymous } from '../testing/bearer.js';
import { post } from '../testing/http.js';
import {
  type JournalGateway,
  journalInProcess,
  journalOverHttp,
} from '../testing/journal-gateway.js';
import { acknowledgedSocket, type RawSocket, rawSocket } from '../testing/raw-socket.js';
import { ReviewFeed, reviews } from '../testing/reviews.js';

const CUSTOMER: Identity = { kind: 'user', userId: '1', roles: ['CUSTOMER'] };
const STAFF: Identity = { kind: 'user', userId: '1', roles: ['STAFF'] };
const TOKEN = { authorization: 'Bearer good' };
const ENTRIES = `subscription ($topic: String! = "all") {
  entries(topic: $topic) { text isForStaff author { name } }
}`;
const internal = { variables: { topic: 'internal' } };

const code = (name: string) => ({ extensions: { code: name } });
const entry = (text: string, isForStaff: boolean) => ({
  payload: { data: { entries: { text, isForStaff, author: { name: 'Ada Lovelace' } } } },
});

describe.each([
  ['in process', journalInProcess],
  ['over HTTP and WebSocket', journalOverHttp],
] as const)('somebody whose access changes, subgraph %s', (_, start) => {
  let served: JournalGateway;
  let url: string;
  /** Who they are by now, whatever their token says. */
  let now: Identity | undefined;
  beforeEach(async () => {
    now = CUSTOMER;
    served = await start({
      authenticate: ({ authorization }) => bearerOrAnonymous({ authorization }),
      reviseIdentity: (identity) => (identity.kind === 'user' ? now : identity),
    });
    ({ url } = await served.gateway.listen(0));
  });
  afterEach(() => served.close());

  const connected = (): Promise<RawSocket> => acknowledgedSocket(url, { token: 'good' });
  const query = () => post(url, { query: '{ topics }' }, TOKEN);
  const append = (text: string) => served.journal.append(text);

  it('is refused with the next request, on each way in', async () => {
    const open = await connected();
    expect((await query()).body).toEqual({ data: { topics: ['all'] } });
    now = undefined;
    expect((await query()).body.errors).toMatchObject([code('UNAUTHENTICATED')]);
    open.subscribe('1', '{ topics }');
    expect(await open.next()).toMatchObject({
      type: 'error',
      payload: [code('UNAUTHENTICATED')],
    });
    const late = await rawSocket(url);
    late.send({ type: 'connection_init', payload: { token: 'good' } });
    expect((await late.closed).code).toBe(4403);
    expect((await post(url, { query: '{ topics }' })).body.data).toEqual({ topics: ['all'] });
  });

  it.each(['entries', 'live'])(
    'is told nothing more of %s from the next event on',
    async (root) => {
      const raw = await connected();
      raw.subscribe('1', `subscription { ${root} { text } }`);
      await expect.poll(() => served.journal.readers.size).toBe(1);
      append('one');
      expect(await raw.next()).toMatchObject({ payload: { data: { [root]: { text: 'one' } } } });
      now = undefined;
      append('two');
      expect(await raw.next()).toMatchObject({
        payload: { data: null, errors: [code('UNAUTHENTICATED')] },
      });
      expect(await raw.next()).toEqual({ id: '1', type: 'complete' });
      await expect.poll(() => served.journal.readers.size).toBe(0);
    },
  );

  it('sees the next event with the roles that they have by then, and misses none', async () => {
    const raw = await connected();
    raw.subscribe('1', ENTRIES);
    append('one');
    expect(await raw.next()).toMatchObject(entry('one', false));
    now = STAFF;
    append('two');
    append('three');
    expect(await raw.next()).toMatchObject(entry('two', true));
    expect(await raw.next()).toMatchObject(entry('three', true));
    now = CUSTOMER;
    append('four');
    expect(await raw.next()).toMatchObject(entry('four', false));
    await expect.poll(() => served.journal.readers.size).toBe(1);
  });

  it('loses what is for staff with the next event, and gains it with the next request', async () => {
    const refused = await connected();
    refused.subscribe('1', ENTRIES, internal);
    expect(JSON.stringify(await refused.next())).toContain('FORBIDDEN');
    const raw = await connected();
    now = STAFF;
    raw.subscribe('2', ENTRIES, internal);
    append('one');
    expect(await raw.next()).toMatchObject(entry('one', true));
    now = CUSTOMER;
    append('two');
    expect(await raw.next()).toMatchObject({
      payload: { data: null, errors: [code('FORBIDDEN')] },
    });
    expect(await raw.next()).toEqual({ id: '2', type: 'complete' });
  });

  it('asks again for a stream that cannot be resumed', async () => {
    const raw = await connected();
    raw.subscribe('1', 'subscription { live { text isForStaff } }');
    await expect.poll(() => served.journal.readers.size).toBe(1);
    now = STAFF;
    append('one');
    expect(await raw.next()).toMatchObject({
      payload: { data: null, errors: [code('UNAUTHENTICATED')] },
    });
  });
});

it('holds for a plain schema, too', async () => {
  const feed = new ReviewFeed();
  let isIn = true;
  const gateway = await createGateway({
    schema: reviews(feed).schema,
    reviseIdentity: (identity) => (isIn ? identity : undefined),
  });
  onTestFinished(() => gateway.close());
  const raw = await acknowledgedSocket((await gateway.listen(0)).url);
  raw.subscribe('1', 'subscription { reviewAdded { id } }');
  await expect.poll(() => feed.open.size).toBe(1);
  isIn = false;
  feed.publish({ id: '1', body: '', authorId: '1', upc: 'table' });
  expect(await raw.next()).toMatchObject({ payload: { errors: [code('UNAUTHENTICATED')] } });
  await expect.poll(() => feed.open.size).toBe(0);
});
