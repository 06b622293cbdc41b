import { describe, expect, it } from 'vitest';
import { cacheWishes, policyOfHeader } from './cache-control.js';

describe('a subgraph allows', () => {
  it.each([
    ['max-age=60, public', 60, 'PUBLIC'],
    ['Public,Max-Age="60"', 60, 'PUBLIC'],
    ['max-age=60, private', 60, 'PRIVATE'],
    ['public, private, max-age=60', 60, 'PRIVATE'],
    ['private="set-cookie, x", max-age=5', 5, 'PRIVATE'],
    ['max-age=60', 60, 'PRIVATE'],
    ['s-maxage=600, max-age=60, public', 60, 'PUBLIC'],
    ['public', 0, 'PUBLIC'],
    ['max-age=-1, public', 0, 'PUBLIC'],
    ['max-age=1e3, public', 0, 'PUBLIC'],
    ['max-age=soon, public', 0, 'PUBLIC'],
    ['', 0, 'PRIVATE'],
  ])('by "%s" %i s for %s', (header, maxAge, scope) => {
    expect(policyOfHeader(header)).toEqual({ maxAge, scope });
  });

  it.each(['no-store', 'no-cache, max-age=60', 'public, max-age=60, no-store'])(
    'nothing by "%s"',
    (header) => expect(policyOfHeader(header).maxAge).toBe(0),
  );
});

describe('a client wants', () => {
  it.each([
    [undefined, Number.POSITIVE_INFINITY, true],
    ['max-age=30', 30, true],
    ['max-age=0', 0, true],
    ['no-cache', 0, true],
    ['no-store', 0, false],
    ['max-stale=30', Number.POSITIVE_INFINITY, true],
  ])('by "%s" an answer of at most %d s, and may it be kept: %s', (header, maxAge, store) => {
    expect(cacheWishes(header)).toEqual({ maxAge, store });
  });
});
