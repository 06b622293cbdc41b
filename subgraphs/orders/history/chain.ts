import { hash } from 'node:crypto';

/** An event of an order as it is hashed; `at` with milliseconds, in UTC (`2026-11-21T15:04:05.678Z`). */
export interface ChainedEvent {
  orderId: string;
  seq: number;
  id: string;
  type: string;
  fromStatus: string | null;
  toStatus: string;
  actor: string;
  reason: string | null;
  data: object;
  changes: object;
  at: string;
}

/**
 * The hash of an event: SHA-256, in base64url, of the JSON array of the hash before it (null for the first event of an
 * order) and its fields in the sequence below, without white space and with the keys of objects sorted (as RFC 8785
 * writes JSON). It is made of all before it, so that an event that was changed, removed or put elsewhere shows in its
 * successor, and the last one in `orders.history_hash`.
 */
export function eventHash(previous: string | null, event: ChainedEvent): string {
  const { orderId, seq, id, type, fromStatus, toStatus, actor, reason, data, changes, at } = event;
  const fields = [orderId, seq, id, type, fromStatus, toStatus, actor, reason, data, changes, at];
  return hash('sha256', canonical([previous, ...fields]), 'base64url');
}

/** What is stored of an order's chain. */
export interface StoredEvent extends ChainedEvent {
  hash: string;
}

/** Where a history stops to fit. */
export interface Flaw {
  seq: number;
  fault: string;
}

/**
 * The first flaw in the whole history of one order, its events by seq; `head` is the hash that the order's row has.
 * Undefined where all is well.
 */
export function findFlaw(events: readonly StoredEvent[], head: string | null): Flaw | undefined {
  let previous: string | null = null;
  for (const [i, event] of events.entries()) {
    const seq = i + 1;
    if (event.seq !== seq) return { seq, fault: 'is missing' };
    if (eventHash(previous, event) !== event.hash) return { seq, fault: 'was changed' };
    previous = event.hash;
  }
  return previous === head ? undefined : { seq: events.length + 1, fault: 'is missing' };
}

/** JSON with sorted keys and no white space; fields without a value are left out, as JSON does. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  // Written piece by piece: every event that is stored passes here.
  let fields = '';
  for (const name of Object.keys(value).sort()) {
    const field = (value as Record<string, unknown>)[name];
    if (field === undefined) continue;
    fields += `${fields && ','}${JSON.stringify(name)}:${canonical(field)}`;
  }
  return `{${fields}}`;
}
