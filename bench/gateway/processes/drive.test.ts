import { describe, expect, it } from 'vitest';
import { drive } from './drive.js';

const yieldOnce = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('drive', () => {
  it('keeps as many requests on their way as it was told', async () => {
    let [now, most, all] = [0, 0, 0];
    const { requests, p50, p99 } = await drive({ seconds: 0.02, concurrency: 3 }, async () => {
      now += 1;
      most = Math.max(most, now);
      await yieldOnce();
      now -= 1;
      all += 1;
    });
    expect([most, requests]).toEqual([3, all]);
    expect(p50).toBeLessThanOrEqual(p99);
  });

  it('fails with a request that fails', async () => {
    const load = { seconds: 0.02, concurrency: 2 };
    await expect(drive(load, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  });
});
