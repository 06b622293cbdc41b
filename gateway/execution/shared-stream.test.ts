import { describe, expect, it, vi } from 'vitest';
import { EventQueue } from '../data-sources/event-queue.js';
import { SharedStream } from './shared-stream.js';

function shared(limit = 10) {
  const closed = vi.fn();
  const ended = vi.fn();
  const upstream = new EventQueue<{ n: number }>(100, closed);
  return {
    upstream,
    closed,
    ended,
    stream: new SharedStream(upstream, limit, () => ({ n: -1 }), ended),
  };
}

const value = async (subscriber: AsyncIterator<{ n: number }>) => (await subscriber.next()).value;

describe('a shared stream', () => {
  it('brings every event to every subscriber, the very same object', async () => {
    const { upstream, stream } = shared();
    const [a, b] = [stream.subscribe(), stream.subscribe()];
    upstream.push({ n: 1 });
    upstream.push({ n: 2 });
    const [first, same] = [await value(a), await value(b)];
    expect([first, same]).toEqual([{ n: 1 }, { n: 1 }]);
    expect(first).toBe(same);
    expect([await value(b), await value(a)]).toEqual([{ n: 2 }, { n: 2 }]);
  });

  it('pulls no event that nobody waits for', async () => {
    let pulled = 0;
    async function* counting() {
      for (;;) {
        pulled += 1;
        yield { n: pulled };
      }
    }
    const stream = new SharedStream(
      counting(),
      10,
      () => ({ n: -1 }),
      () => {},
    );
    const subscriber = stream.subscribe();
    expect(pulled).toBe(0);
    expect(await value(subscriber)).toEqual({ n: 1 });
    expect(await value(subscriber)).toEqual({ n: 2 });
    expect(pulled).toBe(2);
  });

  it('cuts off who is slower than others by more than the buffer, and goes on for those', async () => {
    const { upstream, stream, closed } = shared(2);
    const [slow, quick] = [stream.subscribe(), stream.subscribe()];
    for (const n of [1, 2, 3]) {
      upstream.push({ n });
      expect(await value(quick)).toEqual({ n });
    }
    expect(await value(slow)).toEqual({ n: -1 });
    expect(await value(slow)).toBeUndefined();
    upstream.push({ n: 4 });
    expect(await value(quick)).toEqual({ n: 4 });
    expect(closed).not.toHaveBeenCalled();
  });

  it('ends the upstream with its last subscriber', async () => {
    const { stream, closed, ended } = shared();
    const [a, b] = [stream.subscribe(), stream.subscribe()];
    const waiting = a.next();
    await a.return?.();
    expect(await waiting).toEqual({ value: undefined, done: true });
    expect(closed).not.toHaveBeenCalled();
    await b.return?.();
    expect(closed).toHaveBeenCalledOnce();
    expect(ended).toHaveBeenCalledOnce();
    expect(stream.ended).toBe(true);
  });

  it.each(['end', 'fail'] as const)('passes on the %s of its upstream', async (how) => {
    const { upstream, stream, ended } = shared();
    const subscribers = [stream.subscribe(), stream.subscribe()];
    const waiting = Promise.allSettled(subscribers.map((each) => each.next()));
    upstream[how](new Error('gone'));
    for (const { status } of await waiting) {
      expect(status).toBe(how === 'fail' ? 'rejected' : 'fulfilled');
    }
    expect(ended).toHaveBeenCalledOnce();
    expect(await value(stream.subscribe())).toBeUndefined();
  });

  it('tells whether somebody who joins has missed an event', async () => {
    const { upstream, stream } = shared();
    const subscriber = stream.subscribe();
    expect(stream.started).toBe(false);
    upstream.push({ n: 1 });
    await subscriber.next();
    expect(stream.started).toBe(true);
  });
});
