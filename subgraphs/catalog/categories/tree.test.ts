import { describe, expect, it } from 'vitest';
import { MAX_DEPTH } from './limits.js';
import { pathBelow } from './tree.js';

describe('pathBelow', () => {
  it('leads from the top through the parent to the category', () => {
    expect(pathBelow('c', null)).toEqual({ path: ['c'] });
    expect(pathBelow('c', { path: ['a', 'b'] })).toEqual({ path: ['a', 'b', 'c'] });
  });

  it('never leads a category below itself', () => {
    const cycle = { error: { code: 'CYCLE', field: ['parentId'] } };
    expect(pathBelow('a', { path: ['a'] })).toMatchObject(cycle);
    expect(pathBelow('a', { path: ['a', 'b'] })).toMatchObject(cycle);
  });

  it('counts what comes along', () => {
    const path = Array.from({ length: MAX_DEPTH - 2 }, String);
    expect(pathBelow('c', { path }, 1)).toMatchObject({ path: [...path, 'c'] });
    expect(pathBelow('c', { path }, 2)).toMatchObject({ error: { code: 'TOO_DEEP' } });
  });
});
