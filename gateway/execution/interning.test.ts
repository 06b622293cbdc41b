import { describe, expect, it } from 'vitest';
import { type FetchOutline, Places } from '../planning/places.js';
import { prepareOperation } from '../planning/prepare-operation.js';
import type { DataObject } from './data.js';
import { internable } from './interning.js';
import { Repeats } from './repeats.js';

const outline = (text: string, path: string[] = [], entities = false): FetchOutline => ({
  operation: prepareOperation(text, undefined),
  ...{ path, entities, clientNames: new Map() },
});

const SHOP = '{ pages { id lines { id by { id name } tags { label } } } }';

function intern(data: DataObject, others: FetchOutline[] = [], text = SHOP) {
  const fetch = outline(text);
  const composites = new Places([fetch, ...others]).compositesOf(fetch);
  const repeats = new Repeats();
  internable(composites, false)?.intern([data], repeats);
  return [...repeats.paths].sort();
}

const by = (id: string, name = id) => ({ id, name });
const line = (id: string, person = by('a')) => ({ id, by: person, tags: [{ label: 'x' }] });

describe('objects of an answer', () => {
  it('become one where they are alike, from the innermost outwards', () => {
    const pages = [
      { id: '1', lines: [line('1'), line('2')] },
      { id: '2', lines: [line('1'), line('2')] },
      { id: '3', lines: [line('1'), line('3')] },
    ];
    const before = JSON.stringify(pages);
    expect(intern({ pages })).toEqual(['pages.lines', 'pages.lines.by', 'pages.lines.tags']);
    expect(JSON.stringify(pages)).toBe(before);
    const [first, second, third] = pages;
    expect(second?.lines).toBe(first?.lines);
    expect(third?.lines).not.toBe(first?.lines);
    expect(third?.lines[0]).toBe(first?.lines[0]);
    expect(third?.lines[1]?.by).toBe(first?.lines[1]?.by);
    expect(third?.lines[1]?.tags).toBe(first?.lines[0]?.tags);
  });

  it.each<[string, DataObject[]]>([
    ['differ in a field', [line('1', by('a', 'A')), line('1', by('a', 'B'))]],
    ['lack a field', [line('1'), line('1', { id: 'a' } as never)]],
    ['have null for an object', [line('1'), line('1', null as never)]],
    ['differ in the type of a field', [line('1'), line('1', by(1 as never, 'a'))]],
  ])('stay apart where they %s', (_, lines) => {
    intern({ pages: [{ id: '1', lines }] });
    expect(lines[0]).not.toBe(lines[1]);
    expect(lines[0]?.by).not.toBe(lines[1]?.by);
  });

  it('stay apart where another fetch brings something into them', () => {
    const lines = () => [line('1'), line('2'), line('1')];
    const data = { pages: [{ id: '1', lines: lines() }] };
    const other = outline(
      '{ _entities { ... on Line { by { age } } } }',
      ['pages', '@', 'lines', '@'],
      true,
    );
    expect(intern(data, [other])).toEqual(['pages.lines.tags']);
    const [first, , third] = data.pages[0]?.lines ?? [];
    expect(third).not.toBe(first);
    expect(third?.by).not.toBe(first?.by);
    expect(third?.tags).toBe(first?.tags);
  });

  it('of the top are as different as they seem', () => {
    const data = { people: [by('a'), by('a')] };
    expect(intern(data, [], '{ people { id name } }')).toEqual([]);
    expect(data.people[0]).not.toBe(data.people[1]);
  });

  it('are no longer compared where they hardly ever repeat', () => {
    const lines = Array.from({ length: 100 }, (_, i) => line(String(i), by(String(i))));
    const data = { pages: [{ id: '1', lines: [...lines, line('0', by('0'))] }] };
    expect(intern(data)).toEqual(['pages.lines.tags']);
  });

  it('may be missing, or no objects at all', () => {
    const pages = [null, 3, { lines: 'x' }, { lines: [null, [line('1')], 4] }, { lines: {} }];
    const before = JSON.stringify(pages);
    intern({ pages });
    expect(JSON.stringify(pages)).toBe(before);
  });

  it('may go by names of the prototype', () => {
    const text = '{ __proto__: pages { constructor: lines { id __proto__: by { id } } } }';
    const made = () => JSON.parse('{"id":"1","__proto__":{"id":"a"}}');
    const data = JSON.parse('{"__proto__":[{"constructor":[]}]}');
    Object.getOwnPropertyDescriptor(data, '__proto__')?.value[0].constructor.push(made(), made());
    const before = JSON.stringify(data);
    expect(intern(data, [], text)).toEqual([
      '__proto__.constructor',
      '__proto__.constructor.__proto__',
    ]);
    expect(JSON.stringify(data)).toBe(before);
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  });
});
