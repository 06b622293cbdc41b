import { describe, expect, it } from 'vitest';
import { ORDER_STATUSES } from '../order.js';
import { orderIn } from '../testing/order-state.js';
import { changed, closed, merged, opened, placed } from './draft.js';

const draft = orderIn('DRAFT', { seq: 3, customerId: 'ada', needsAttention: null });

describe('the events of a draft', () => {
  it('leave it a draft, with what it costs', () => {
    for (const decide of [opened, changed]) {
      const { facts, patch } = decide(draft, 450, { lines: [] });
      expect(facts).toMatchObject([{ to: 'DRAFT', data: { lines: [] } }]);
      expect(patch).toEqual({ seq: 4, total: 450 });
    }
    expect(merged(draft, 450, { customerId: 'ada' })).toMatchObject({
      facts: [{ type: 'draft_merged', to: 'DRAFT' }],
      patch: { total: 450 },
    });
  });

  it('place it like any order', () => {
    const { facts, patch } = placed(draft, { total: 450, payments: [] }, { items: [] });
    expect(facts).toEqual([{ type: 'placed', to: 'PENDING', data: { items: [] } }]);
    expect(patch).toMatchObject({ status: 'PENDING', total: 450, seq: 4 });
  });

  it('end it without a notice to anybody', () => {
    const { facts, patch } = closed(draft, 'MERGED', { into: 'other' });
    expect(facts).toEqual([
      { type: 'draft_closed', to: 'EXPIRED', reason: 'MERGED', data: { into: 'other' } },
    ]);
    expect(patch).toMatchObject({ status: 'EXPIRED', reason: 'MERGED', seq: 4 });
  });
});

it.each(ORDER_STATUSES.filter((status) => status !== 'DRAFT'))(
  'an order that is %s is never placed again',
  (status) => {
    expect(() => placed(orderIn(status), { total: 1, payments: [] }, {})).toThrow(/cannot go/);
  },
);
