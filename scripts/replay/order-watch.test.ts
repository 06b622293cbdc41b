import { describe, expect, it } from 'vitest';
import { OrderWatch, SETTLED, SHIPPED_OR_DEAD } from './order-watch.js';

describe('OrderWatch', () => {
  it('wakes who waits when the order comes to one of the statuses', async () => {
    const watch = new OrderWatch();
    const settled = watch.until('a', SETTLED);
    watch.see('a', 'RESERVED');
    watch.see('b', 'CONFIRMED');
    expect(watch.stragglers(-1)).toEqual(['a']);
    watch.see('a', 'CONFIRMED', 12);
    expect(await settled).toEqual({ status: 'CONFIRMED', at: 12 });
    expect(watch.stragglers(-1)).toEqual([]);
  });

  it('remembers what came before anybody asked', async () => {
    const watch = new OrderWatch();
    watch.see('a', 'FAILED', 5);
    expect(await watch.until('a', SETTLED)).toEqual({ status: 'FAILED', at: 5 });
  });

  it('waits on where an order was seen short of the aim', async () => {
    const watch = new OrderWatch();
    watch.see('a', 'CONFIRMED');
    const shipped = watch.until('a', SHIPPED_OR_DEAD);
    watch.see('a', 'SHIPPED');
    expect((await shipped).status).toBe('SHIPPED');
  });

  it('is silent only while somebody waits and nothing moves', async () => {
    const watch = new OrderWatch();
    expect(watch.silence).toBe(0);
    const settled = watch.until('a', SETTLED);
    const start = performance.now();
    watch.see('a', 'PENDING', start - 10_000);
    watch.see('a', 'PENDING', start);
    expect(watch.silence).toBeGreaterThanOrEqual(10_000);
    watch.see('a', 'CONFIRMED');
    await settled;
    expect(watch.silence).toBe(0);
  });

  it('ends all waiting when it fails', async () => {
    const watch = new OrderWatch();
    const settled = watch.until('a', SETTLED);
    watch.fail(new Error('the feed is gone'));
    await expect(settled).rejects.toThrow('the feed is gone');
    await expect(watch.until('b', SETTLED)).rejects.toThrow('the feed is gone');
  });
});
