import { describe, expect, it } from 'vitest';
import { type FetchOutline, Places } from './places.js';
import { prepareOperation } from './prepare-operation.js';

const outline = (
  text: string,
  path: string[] = [],
  clientNames: Array<[string, string]> = [],
): FetchOutline => ({
  operation: prepareOperation(text, undefined),
  ...{ path, entities: path.length > 0, clientNames: new Map(clientNames) },
});

const ROOT = outline('{ a { id b { ...B } } } fragment B on B { id list { id c { id } } }');
const AT_LIST = ['a', 'b', 'list', '@', '@'];
const AT_C = [...AT_LIST, 'c'];
const LIST = outline('{ _entities { ... on L { name d { id } } } }', AT_LIST);
const C = outline('{ _entities { ... on C { name } } }', AT_C);

describe('a place', () => {
  it('is settled where one fetch brings the objects and all above them', () => {
    const places = new Places([ROOT, LIST, C]);
    expect(places.at([])).toMatchObject({ settled: true, from: undefined, steps: [] });
    expect(places.at(AT_LIST)).toMatchObject({
      settled: true,
      from: undefined,
      steps: [
        { key: 'a', lists: 0, path: 'a' },
        { key: 'b', lists: 0, path: 'a.b' },
        { key: 'list', lists: 2, path: 'a.b.list' },
      ],
    });
  });

  it('is found from the settled one above it', () => {
    const places = new Places([C, LIST, ROOT]);
    expect(places.at(AT_C).from).toBe(places.at(AT_LIST));
    expect(places.at(AT_C).steps).toEqual([{ key: 'c', lists: 0, path: 'a.b.list.c' }]);
  });

  it('is not settled where two fetches bring something into it, or into what is above', () => {
    const above = outline('{ _entities { ... on B { list { size } } } }', ['a', 'b']);
    const places = new Places([ROOT, LIST, C, above]);
    expect(places.at(['a', 'b']).settled).toBe(true);
    expect(places.at(AT_LIST).settled).toBe(false);
    expect(places.at(AT_C)).toMatchObject({ settled: false, from: places.at(['a', 'b']) });
  });
});

describe('the composite fields of a fetch', () => {
  it('are exclusive where no other fetch brings anything into them', () => {
    const other = outline('{ _entities { ... on L { d { name } e { id } } } }', AT_LIST);
    const places = new Places([ROOT, LIST, other]);
    expect([...places.compositesOf(LIST)]).toMatchObject([
      ['d', { path: 'a.b.list.d', exclusive: false, fields: new Set(['id']) }],
    ]);
    expect(places.compositesOf(other).get('e')).toMatchObject({ exclusive: true });
    const inside = places.compositesOf(ROOT).get('a')?.composites.get('b')?.composites.get('list');
    expect(inside).toMatchObject({
      path: 'a.b.list',
      exclusive: true,
      fields: new Set(['id', 'c']),
    });
  });

  it('go by the names that clients know', () => {
    const renamed = outline('{ a { x__alias_0: x { id } } }', [], [['x__alias_0', 'x']]);
    const places = new Places([
      renamed,
      outline('{ _entities { ... on A { x { name } } } }', ['a']),
    ]);
    expect(places.compositesOf(renamed).get('a')?.composites.get('x')).toMatchObject({
      path: 'a.x',
      exclusive: false,
    });
  });
});
