import { describe, expect, it, vi } from 'vitest';
import { EventQueue, QueueOverflowError } from './event-queue.js';

describe('an event queue', () => {
  it('hands events on in order, whether they were waited for or not', async () => {
    const queue = new EventQueue<number>(10, () => {});
    const first = queue.next();
    queue.push(1);
    queue.push(2);
    expect([await first, await queue.next()]).toEqual([
      { value: 1, done: false },
      { value: 2, done: false },
    ]);
  });

  it('delivers what is buffered before it ends', async () => {
    const onEnd = vi.fn();
    const queue = new EventQueue<number>(10, onEnd);
    queue.push(1);
    queue.end();
    queue.push(2);
    expect(await queue.next()).toEqual({ value: 1, done: false });
    expect(await queue.next()).toEqual({ value: undefined, done: true });
    expect(onEnd).toHaveBeenCalledOnce();
  });

  it('fails when it holds too much, and lets go of that', async () => {
    const onEnd = vi.fn();
    const queue = new EventQueue<number>(2, onEnd);
    for (const event of [1, 2, 3, 4]) queue.push(event);
    expect(onEnd).toHaveBeenCalledOnce();
    await expect(queue.next()).rejects.toThrow(QueueOverflowError);
    expect(await queue.next()).toEqual({ value: undefined, done: true });
  });

  it('ends for a consumer that waits when the consumer returns', async () => {
    const onEnd = vi.fn();
    const queue = new EventQueue<number>(2, onEnd);
    const waiting = queue.next();
    await queue.return();
    expect(await waiting).toEqual({ value: undefined, done: true });
    expect(onEnd).toHaveBeenCalledOnce();
  });

  it('rejects for a consumer that waits when the source fails', async () => {
    const queue = new EventQueue<number>(2, () => {});
    const waiting = queue.next();
    queue.fail(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    expect(await queue.next()).toEqual({ value: undefined, done: true });
  });
});
