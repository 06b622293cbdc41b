import { describe, expect, it } from 'vitest';
import { eventsOf, inBundles, isBundle, jobFor } from './bundle.js';
import { newId } from './ids.js';
import type { OutboxEvent } from './outbox.js';

const anEvent = (): OutboxEvent => ({
  id: newId(),
  type: 'order.placed',
  subject: newId(),
  data: {},
});
const events = (count: number) =>
  Array.from({ length: count }, anEvent) as [OutboxEvent, ...OutboxEvent[]];

describe('the job of events', () => {
  it('is called after the one event that it is for, and goes by its id', () => {
    const [event] = events(1);
    const job = jobFor([event]);
    expect(job).toEqual({ name: 'order.placed', data: event, jobId: event.id });
    expect(isBundle(job)).toBe(false);
    expect(eventsOf(job)).toEqual([event]);
  });

  it('holds several; the same ones are the same job, and no others are', () => {
    const all = events(3);
    const job = jobFor(all);
    expect(isBundle(job)).toBe(true);
    expect(eventsOf(job)).toEqual(all);
    expect(jobFor([...all] as typeof all).jobId).toBe(job.jobId);
    const [first, second] = all;
    expect(jobFor([first, second as OutboxEvent]).jobId).not.toBe(job.jobId);
    expect(all.map(({ id }) => id)).not.toContain(job.jobId);
    // BullMQ takes a colon for a key of its own.
    expect(job.jobId).toMatch(/^[\w-]{43}$/);
  });
});

describe('bundles', () => {
  it.each([
    [0, []],
    [1, [1]],
    [4, [4]],
    [5, [4, 1]],
    [9, [4, 4, 1]],
  ])('of at most four of %i events', (count, sizes) => {
    const all = Array.from({ length: count }, anEvent);
    const bundles = inBundles(all, 4);
    expect(bundles.map(({ length }) => length)).toEqual(sizes);
    expect(bundles.flat()).toEqual(all);
  });

  it('take what is published twice once', () => {
    const [first, second] = events(2);
    expect(inBundles([first, second as OutboxEvent, first], 4)).toEqual([[first, second]]);
  });
});
