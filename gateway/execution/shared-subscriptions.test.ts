import type { Identity } from '@waybill/kernel/identity.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type JournalGateway,
  journalInProcess,
  journalOverHttp,
  subscribed,
} from '../testing/journal-gateway.js';

const LIVE = 'subscription { live { text author { name } } }';
const ENTRIES = `subscription($topic: String!, $seq: Int! = 0) {
  entries(topic: $topic, afterSeq: $seq) { text }
}`;
const ADA: Identity = { kind: 'user', userId: '1', roles: ['CUSTOMER'] };
const ALAN: Identity = { kind: 'user', userId: '2', roles: ['CUSTOMER'] };

const topologies: Record<string, typeof journalInProcess> = {
  'in process': journalInProcess,
  'over HTTP and WebSocket': journalOverHttp,
};

describe.each(Object.entries(topologies))('identical subscriptions, subgraph %s', (name, start) => {
  let served: JournalGateway;
  beforeEach(async () => {
    served = await start();
  });
  afterEach(() => served.close());

  const subscribe = (query: string, variables = {}, identity = ADA) =>
    subscribed(served.gateway, { query, variables, identity });
  const live = (identity = ADA) => subscribe(LIVE, {}, identity);
  const entries = (topic: string) => subscribe(ENTRIES, { topic });
  const upstreams = () => served.journal.readers.size;

  it('of one identity share an upstream, that of another has its own', async () => {
    const [first, second, stranger] = [await live(), await live(), await live(ALAN)];
    const answers = [first, second, stranger].map((each) => each.next());
    await expect.poll(upstreams).toBe(2);
    served.journal.append('hello');
    for (const answer of answers) {
      expect((await answer).value).toEqual({
        data: { live: { text: 'hello', author: { name: 'Ada Lovelace' } } },
      });
    }
    expect(served.journal.subscriptions).toBe(2);
  });

  it('close their upstream when the last one leaves, and open another later', async () => {
    const [first, second] = [await live(), await live()];
    const waiting = [first.next(), second.next()];
    await expect.poll(upstreams).toBe(1);
    await first.return?.();
    served.journal.append('still here');
    expect((await waiting[1])?.value).toMatchObject({ data: { live: { text: 'still here' } } });
    await second.return?.();
    await expect.poll(upstreams).toBe(0);
    const third = await live();
    const next = third.next();
    await expect.poll(upstreams).toBe(1);
    served.journal.append('again');
    expect((await next).value).toMatchObject({ data: { live: { text: 'again' } } });
  });

  it('go on when one of them is left in the middle of an event', async () => {
    const [first, second] = [await live(), await live()];
    const [left, kept] = [first.next(), second.next()];
    await expect.poll(upstreams).toBe(1);
    served.journal.append('one');
    await first.return?.();
    expect((await left).done).toBe(true);
    expect((await kept).value).toMatchObject({ data: { live: { text: 'one' } } });
  });

  it('share where they start, until the first event', async () => {
    served.journal.append('one');
    const [first, second] = [await entries('a'), await entries('a')];
    expect((await first.next()).value).toEqual({ data: { entries: { text: 'one' } } });
    expect(served.journal.subscriptions).toBe(1);
    const late = await entries('a');
    served.journal.append('two');
    for (const each of [late, second, first]) {
      if (each !== first) {
        expect((await each.next()).value).toEqual({ data: { entries: { text: 'one' } } });
      }
      expect((await each.next()).value).toEqual({ data: { entries: { text: 'two' } } });
    }
    expect(served.journal.subscriptions).toBe(2);
  });

  it('with other variables are not identical', async () => {
    const streams = [await entries('a'), await entries('b')];
    for (const each of streams) void each.next();
    await expect.poll(upstreams).toBe(2);
  });

  it('keep to themselves when they are told to', async () => {
    await served.close();
    served = await start({ upstreams: { share: false } });
    const streams = [await live(), await live()];
    for (const each of streams) void each.next();
    await expect.poll(upstreams).toBe(2);
  });

  it.runIf(name !== 'in process')('use one socket per identity', async () => {
    const streams = [await entries('a'), await entries('b'), await live()];
    const stranger = await live(ALAN);
    for (const each of [...streams, stranger]) void each.next();
    await expect.poll(upstreams).toBe(4);
    expect(served.sockets()).toBe(2);
    for (const each of streams.slice(1)) await each.return?.();
    await expect.poll(upstreams).toBe(2);
    expect(served.sockets()).toBe(2);
    await streams[0]?.return?.();
    await expect.poll(served.sockets).toBe(1);
  });
});
