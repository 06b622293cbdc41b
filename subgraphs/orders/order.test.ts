import { describe, expect, it } from 'vitest';
import { ORDER_STATUSES, type OrderStatus, TERMINAL, TRANSITIONS } from './order.js';

/** The rows of the order lifecycle, pair by pair. */
const LIFECYCLE = new Set([
  'DRAFT PENDING',
  'DRAFT EXPIRED',
  'PENDING VALIDATED',
  'PENDING FAILED',
  'VALIDATED RESERVED',
  'VALIDATED FAILED',
  'RESERVED AUTHORIZED',
  'AUTHORIZED CONFIRMED',
  'CONFIRMED PROCESSING',
  'PROCESSING PARTIALLY_SHIPPED',
  'PROCESSING SHIPPED',
  'PARTIALLY_SHIPPED SHIPPED',
  'SHIPPED DELIVERED',
  'PENDING CANCELLING',
  'VALIDATED CANCELLING',
  'RESERVED CANCELLING',
  'AUTHORIZED CANCELLING',
  'CONFIRMED CANCELLING',
  'PROCESSING CANCELLING',
  'CANCELLING CANCELLED',
  'CANCELLING FAILED',
  'CANCELLING EXPIRED',
]);

const PAIRS = ORDER_STATUSES.flatMap((from) => ORDER_STATUSES.map((to) => [from, to] as const));

describe('the order axis', () => {
  it('has 14 statuses', () => expect(PAIRS).toHaveLength(14 * 14));

  it.each(PAIRS)('%s → %s is as the lifecycle says', (from, to) => {
    expect(TRANSITIONS[from].includes(to)).toBe(LIFECYCLE.has(`${from} ${to}`));
  });

  it.each(ORDER_STATUSES)('from %s there is a way to an end', (status) => {
    const ends = (from: OrderStatus): boolean =>
      TERMINAL.includes(from) || TRANSITIONS[from].some(ends);
    expect(ends(status)).toBe(true);
  });

  it.each(TERMINAL)('%s has no way out', (status) => expect(TRANSITIONS[status]).toEqual([]));
});
