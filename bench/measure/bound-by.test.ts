import { describe, expect, it } from 'vitest';
import { boundBy } from './bound-by.js';

const idle = { node: 0, nodeMainThread: 0, postgres: 0, redis: 0, load: 0, others: 0 };

describe('boundBy', () => {
  it('names the cores when all are busy, and who used the most of them', () => {
    const cores = { ...idle, node: 0.8, nodeMainThread: 0.7, postgres: 0.9, load: 0.2 };
    expect(boundBy(cores, 2)).toBe(
      "the cores: 95 % busy; PostgreSQL used the most of 2 cores (0.90); Node's main thread 70 % of one",
    );
  });

  it('names the main thread when other cores have time left', () => {
    const cores = { ...idle, node: 1.1, nodeMainThread: 0.97, postgres: 0.5 };
    expect(boundBy(cores, 4)).toMatch(/^Node's main thread: 97 % of one core, while 40 %/);
  });

  it('says that everybody waits when nobody is busy', () => {
    expect(boundBy({ ...idle, node: 0.4, nodeMainThread: 0.4 }, 2)).toMatch(/^waiting/);
  });
});
