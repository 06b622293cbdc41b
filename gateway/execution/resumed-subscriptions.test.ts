import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { journalOverHttp, subscribed } from '../testing/journal-gateway.js';

const ENTRIES = `subscription Entries($seq: Int! = 0) {
  entries(afterSeq: $seq) { text author { name } }
}`;
const said = (text: string) => ({ data: { entries: { text, author: { name: 'Ada Lovelace' } } } });

describe('a subscription to a subgraph that is restarted', () => {
  let served: Awaited<ReturnType<typeof journalOverHttp>>;
  beforeEach(async () => {
    served = await journalOverHttp();
  });
  afterEach(() => served.close());

  async function restart(whileAway: readonly string[]) {
    await served.stop();
    for (const text of whileAway) served.journal.append(text);
    await served.start();
  }

  it('goes on without a gap: every event once, in order, and nothing else', async () => {
    const { gateway, journal } = served;
    const stream = await subscribed(gateway, { query: ENTRIES });
    const texts = Array.from({ length: 9 }, (_, index) => `entry ${index + 1}`);
    journal.append('entry 1');
    expect((await stream.next()).value).toEqual(said('entry 1'));
    journal.append('entry 2');
    for (const [index, text] of texts.slice(1).entries()) {
      if (index % 3 === 1) await restart([`entry ${index + 2}`]);
      else if (index > 0) journal.append(text);
      expect((await stream.next()).value).toEqual(said(text));
    }
    expect(journal.subscriptions).toBeGreaterThan(2);
  });

  it('delivers what it had not delivered when the subgraph went away', async () => {
    const { gateway, journal } = served;
    for (const text of ['one', 'two', 'three']) journal.append(text);
    const stream = await subscribed(gateway, { query: ENTRIES, variables: { seq: 1 } });
    expect((await stream.next()).value).toEqual(said('two'));
    await restart(['four']);
    expect((await stream.next()).value).toEqual(said('three'));
    expect((await stream.next()).value).toEqual(said('four'));
  });

  it('goes on for all who share it', async () => {
    const { gateway, journal } = served;
    const operation = { query: ENTRIES };
    const streams = [await subscribed(gateway, operation), await subscribed(gateway, operation)];
    const first = streams.map((each) => each.next());
    journal.append('one');
    for (const each of first) expect((await each).value).toEqual(said('one'));
    const second = streams.map((each) => each.next());
    await restart(['two']);
    for (const each of second) expect((await each).value).toEqual(said('two'));
    expect(journal.subscriptions).toBe(2);
  });

  it.each([
    ['selects the position itself', 'subscription { e: entries { seq gateway: seq text } }'],
    [
      'hides its root in fragments',
      'subscription { ...F } fragment F on Subscription { e: entries { ...G } } fragment G on Entry { seq gateway: seq text }',
    ],
    [
      'gives its position as a literal',
      'subscription { e: entries(afterSeq: 0) { seq gateway: seq text } }',
    ],
    [
      'has a condition at its root',
      'subscription($on: Boolean = true) { e: entries @include(if: $on) { seq gateway: seq text } }',
    ],
  ])('goes on when the operation %s', async (_, query) => {
    const stream = await subscribed(served.gateway, { query });
    served.journal.append('one');
    await stream.next();
    await restart(['two']);
    expect((await stream.next()).value).toEqual({
      data: { e: { seq: 2, gateway: 2, text: 'two' } },
    });
  });

  it('is told when the events it missed cannot be asked for', async () => {
    const stream = await subscribed(served.gateway, { query: 'subscription { live { text } }' });
    const next = stream.next();
    await expect.poll(() => served.journal.readers.size).toBe(1);
    await restart(['missed']);
    expect((await next).value).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    });
    expect((await stream.next()).done).toBe(true);
  });

  it('is told when the subgraph does not come back in time', async () => {
    await served.close();
    served = await journalOverHttp({ upstreams: { reconnectMs: 200 } });
    const stream = await subscribed(served.gateway, { query: ENTRIES, identity: ANONYMOUS });
    served.journal.append('one');
    await stream.next();
    await served.stop();
    expect((await stream.next()).value).toMatchObject({
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    });
  });

  it('is left at once while the subgraph is away', async () => {
    const stream = await subscribed(served.gateway, { query: ENTRIES });
    served.journal.append('one');
    await stream.next();
    await served.stop();
    const next = stream.next();
    await stream.return?.();
    expect(await next).toEqual({ value: undefined, done: true });
    await served.start();
    await expect.poll(() => served.journal.readers.size).toBe(0);
    expect(served.journal.subscriptions).toBe(1);
  });
});
