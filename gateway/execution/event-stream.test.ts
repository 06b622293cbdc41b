import { describe, expect, it } from 'vitest';
import { EventQueue } from '../data-sources/event-queue.js';
import { EventStream } from './event-stream.js';

const double = async (event: number) => event * 2;
const failed = (error: unknown) => `failed: ${String(error)}`;

describe('an event stream', () => {
  it('turns each event into an answer', async () => {
    const upstream = new EventQueue<number>(10, () => {});
    const stream = new EventStream<number, unknown>(upstream, double, failed);
    upstream.push(1);
    upstream.push(2);
    upstream.end();
    const answers = [];
    for await (const answer of stream) answers.push(answer);
    expect(answers).toEqual([2, 4]);
  });

  it('can be left while an upstream generator waits for its next event', async () => {
    const event = Promise.withResolvers<number>();
    let left = false;
    async function* generator() {
      try {
        yield await event.promise;
        yield 2;
      } finally {
        left = true;
      }
    }
    const stream = new EventStream<number, unknown>(generator(), double, failed);
    const waiting = stream.next();
    expect(await stream.return()).toEqual({ value: undefined, done: true });
    expect(await waiting).toEqual({ value: undefined, done: true });
    event.resolve(1);
    await expect.poll(() => left).toBe(true);
  });

  it('answers a failure once, then ends', async () => {
    const upstream = new EventQueue<number>(10, () => {});
    const stream = new EventStream<number, unknown>(upstream, double, failed);
    upstream.fail(new Error('gone'));
    expect(await stream.next()).toEqual({ value: 'failed: Error: gone', done: false });
    expect(await stream.next()).toEqual({ value: undefined, done: true });
  });
});
