import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChainedEvent, canonical, eventHash, findFlaw, type StoredEvent } from './chain.js';

const event = (seq: number, changes: Partial<ChainedEvent> = {}): ChainedEvent => ({
  orderId: '01234567-89ab-7def-8123-456789abcdef',
  seq,
  id: `event ${seq}`,
  type: 'placed',
  fromStatus: null,
  toStatus: 'PENDING',
  actor: 'service:jobs',
  reason: null,
  data: { amount: 1050, items: [{ sku: 'A', quantity: 2 }] },
  changes: { state: { captured: 1050 } },
  at: '2026-11-21T15:04:05.678Z',
  ...changes,
});

function chain(count: number): StoredEvent[] {
  const events: StoredEvent[] = [];
  for (let seq = 1; seq <= count; seq += 1) {
    const hash = eventHash(events.at(-1)?.hash ?? null, event(seq));
    events.push({ ...event(seq), hash });
  }
  return events;
}

const head = (events: StoredEvent[]) => events.at(-1)?.hash ?? null;
const CHANGES: Array<Partial<ChainedEvent>> = [
  { id: 'another' },
  { type: 'reserved' },
  { fromStatus: 'PENDING' },
  { toStatus: 'FAILED' },
  { actor: 'staff:somebody' },
  { reason: 'none' },
  { data: { amount: 1051, items: [{ sku: 'A', quantity: 2 }] } },
  { changes: {} },
  { at: '2026-11-21T15:04:05.679Z' },
];

describe('a chain of events', () => {
  it('is sound as it was written', () => {
    const events = chain(5);
    expect(findFlaw(events, head(events))).toBeUndefined();
    expect(findFlaw([], null)).toBeUndefined();
  });

  it.each(CHANGES)('shows that an event was changed: %o', (change) => {
    const events = chain(5);
    const changed = events.with(2, { ...(events[2] as StoredEvent), ...change });
    expect(findFlaw(changed, head(events))).toEqual({ seq: 3, fault: 'was changed' });
  });

  it('shows that an event was changed and hashed anew, by the next one', () => {
    const events = chain(5);
    const changed = { ...(events[2] as StoredEvent), reason: 'forged' };
    changed.hash = eventHash(events[1]?.hash ?? null, changed);
    expect(findFlaw(events.with(2, changed), head(events))).toMatchObject({ seq: 4 });
  });

  it.each([1, 3, 5])('shows that event %i was removed', (seq) => {
    const events = chain(5);
    const left = events.filter((each) => each.seq !== seq);
    expect(findFlaw(left, head(events))).toEqual({ seq, fault: 'is missing' });
  });

  it('shows that the last event was changed and hashed anew, by the head', () => {
    const events = chain(2);
    const changed = { ...(events[1] as StoredEvent), reason: 'forged' };
    changed.hash = eventHash(events[0]?.hash ?? null, changed);
    expect(findFlaw([events[0] as StoredEvent, changed], head(events))).toMatchObject({ seq: 3 });
  });

  it('shows that events changed places', () => {
    const [one, two, three] = chain(3) as [StoredEvent, StoredEvent, StoredEvent];
    const swapped = [one, { ...three, seq: 2 }, { ...two, seq: 3 }];
    expect(findFlaw(swapped, three.hash)).toEqual({ seq: 2, fault: 'was changed' });
  });
});

describe('the canonical form', () => {
  it('is JSON, whatever the sequence of the keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(canonical({ b: [{ d: 1, c: null }], a: 'x', left: undefined })).toBe(
      '{"a":"x","b":[{"c":null,"d":1}]}',
    );
  });

  it('of one event is this, for good', () => {
    expect(eventHash(null, event(1))).toBe('ZrxuLy51SfP2IXFLtY-U39lf5dfHKJKQXTr-skhkx6I');
  });
});
