import { describe, expect, it } from 'vitest';
import { Signal, stream } from './signal.js';

const LONG_MS = 60_000;

describe('a signal', () => {
  it('wakes whoever waits', async () => {
    const signal = new Signal();
    const waiting = signal.wait(LONG_MS);
    signal.wake();
    await waiting;
  });

  it('is not lost when it comes while nobody waits, and counts once', async () => {
    const signal = new Signal();
    signal.wake();
    signal.wake();
    await signal.wait(LONG_MS);
    let woken = false;
    const second = signal.wait(LONG_MS).then(() => {
      woken = true;
    });
    await Promise.resolve();
    expect(woken).toBe(false);
    signal.wake();
    await second;
  });

  it('lets go after a while all by itself', async () => {
    await new Signal().wait(1);
  });

  it('that has ended lets nobody wait', async () => {
    const signal = new Signal();
    const waiting = signal.wait(LONG_MS);
    signal.end();
    await waiting;
    await signal.wait(LONG_MS);
    await signal.wait(LONG_MS);
    expect(signal.ended).toBe(true);
  });
});

describe('a stream', () => {
  function paced() {
    const signal = new Signal();
    let left = 0;
    async function* numbers(): AsyncGenerator<number, void, void> {
      for (let i = 1; !signal.ended; i++) {
        yield i;
        await signal.wait(LONG_MS);
      }
    }
    const items = stream(signal, numbers(), () => {
      left += 1;
    });
    return { signal, items, left: () => left };
  }

  it('is paced by its signal', async () => {
    const { signal, items } = paced();
    expect(await items.next()).toEqual({ value: 1, done: false });
    const next = items.next();
    signal.wake();
    expect(await next).toEqual({ value: 2, done: false });
    await items.return();
  });

  it('can be left while it waits, and says so', async () => {
    const { items, left } = paced();
    await items.next();
    const waiting = items.next();
    await items.return();
    expect(await waiting).toEqual({ value: undefined, done: true });
    expect(left()).toBe(1);
  });

  it('can be left before it began', async () => {
    const { items, left } = paced();
    await items.return();
    expect(await items.next()).toEqual({ value: undefined, done: true });
    expect(left()).toBe(1);
  });

  it('is left by whoever breaks off a loop over it', async () => {
    const { items, left } = paced();
    for await (const item of items) {
      expect(item).toBe(1);
      break;
    }
    expect(left()).toBe(1);
  });

  it('that ends by itself or fails says so too, once', async () => {
    for (const fails of [false, true]) {
      let left = 0;
      // biome-ignore lint/correctness/useYield: it fails or ends before it has anything to give
      async function* nothing(): AsyncGenerator<number, void, void> {
        if (fails) throw new Error('source failed');
      }
      const items = stream(new Signal(), nothing(), () => {
        left += 1;
      });
      if (fails) await expect(items.next()).rejects.toThrow('source failed');
      else expect(await items.next()).toEqual({ value: undefined, done: true });
      await items.return();
      expect(left).toBe(1);
    }
  });
});
