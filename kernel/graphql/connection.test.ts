import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_PAGE,
  MAX_PAGE,
  type PageRequest,
  pageRequest,
  toConnection,
} from './connection.js';

/** What a keyset query over the numbers 1 to `size` would read. */
function read(size: number, { limit, after }: PageRequest): number[] {
  const from = Number(after ?? 0);
  return Array.from({ length: size }, (_, i) => i + 1)
    .filter((n) => n > from)
    .slice(0, limit);
}

const pageOf = (size: number, request: PageRequest) =>
  toConnection(read(size, request), request, String, (n) => n);

describe('a page', () => {
  it('says what follows and what came before', () => {
    const first = pageOf(5, pageRequest(2));
    expect(first.edges.map(({ node }) => node)).toEqual([1, 2]);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const last = pageOf(5, pageRequest(3, first.pageInfo.endCursor));
    expect(last.edges.map(({ node }) => node)).toEqual([3, 4, 5]);
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(last.pageInfo.startCursor).toBe(last.edges[0]?.cursor);
  });

  it('of nothing has no cursors', () => {
    expect(pageOf(0, pageRequest())).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  it('after page is all, once, whatever their size', () => {
    const size = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: MAX_PAGE }), (count, first) => {
        const seen: number[] = [];
        let after: string | null = null;
        for (;;) {
          const { edges, pageInfo } = pageOf(count, pageRequest(first, after));
          seen.push(...edges.map(({ node }) => node));
          after = pageInfo.endCursor;
          if (!pageInfo.hasNextPage) break;
        }
        expect(seen).toEqual(read(count, { limit: count, after: undefined }));
      }),
    );
  });
});

describe('what a client asks', () => {
  it('is twenty where it does not say', () => {
    expect(pageRequest()).toEqual({ limit: DEFAULT_PAGE + 1, after: undefined });
    expect(pageRequest(null, null)).toEqual(pageRequest());
    expect(pageRequest(MAX_PAGE).limit).toBe(MAX_PAGE + 1);
  });

  it.each([
    [0, null],
    [-1, null],
    [MAX_PAGE + 1, null],
    [1, 'x'],
    [1, '😀'],
    [1, Buffer.from('other').toString('base64url')],
  ])('is refused as %s after %s', (first, after) => {
    expect(() => pageRequest(first, after)).toThrow(
      expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } }),
    );
  });
});
