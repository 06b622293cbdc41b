import { buildSchema, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { DataObject } from '../execution/data.js';
import { Projections } from './projections.js';

const schema = buildSchema(/* GraphQL */ `
  scalar Anything
  type Query {
    string: String
    id: ID
    float: Float
    int: Int
    boolean: Boolean
    any: Anything
    some: [Anything!]
    thing: Thing
    things: [Thing]
    rows: [[Thing!]!]
  }
  type Thing {
    id: ID
    next: Thing
    things: [Thing]
  }
`);

function writerOf(text: string) {
  const document = parse(text);
  const definition = document.definitions[0] as OperationDefinitionNode;
  const projections = new Projections(schema, document, definition);
  const write = (data: DataObject, repeated: string[] = []) =>
    projections.write(data, new Set(repeated), {});
  return { write, project: (data: DataObject) => projections.project(data, {}) };
}

describe('a written answer is what JSON.stringify makes of', () => {
  it.each<[string, string, unknown]>([
    ['a string', '{ string }', 'plain'],
    ['an empty string', '{ string }', ''],
    ['quotes and backslashes', '{ string }', 'say "no\\"'],
    ['control characters', '{ string }', '\u0000 \n \u001f \u007f \u2028'],
    ['letters beyond one byte', '{ string }', 'é 語 😀'],
    ['halves of surrogate pairs', '{ string }', 'a\ud800b \udc00'],
    ['a number for an id', '{ id }', 9_007_199_254_740_991],
    ['a huge number for an id', '{ id }', 1e21],
    ['minus zero', '{ float }', -0],
    ['a tiny number', '{ float }', 5e-324],
    ['minus zero, whole', '{ int }', -0],
    ['false', '{ boolean }', false],
    ['null', '{ boolean }', null],
    ['nothing', '{ boolean }', undefined],
    ['a date', '{ any }', new Date(0)],
    ['what writes itself', '{ any }', { toJSON: () => ({ a: ['"'] }) }],
    ['what writes itself as null', '{ any }', { toJSON: () => null }],
    ['no number', '{ any }', Number.NaN],
    ['objects of no known type', '{ any }', { b: 1, a: { __proto__: null, c: [] } }],
    ['a list', '{ some }', [1, 'two', { three: 3 }]],
    ['an empty list', '{ some }', []],
  ])('%s', (_, text, value) => {
    const { write, project } = writerOf(text);
    const data = { [text.slice(2, -2)]: value };
    expect(write(data)).toBe(JSON.stringify(project(data)));
  });

  it('objects of which nothing is asked', () => {
    const { write } = writerOf(
      '{ thing { id @include(if: false) } things { next { id @skip(if: true) } } }',
    );
    const data = { thing: {}, things: [{ next: {} }, {}] };
    expect(write(data)).toBe('{"thing":{},"things":[{"next":{}},{"next":null}]}');
    expect(writerOf('{ id @skip(if: true) }').write({})).toBe('{}');
  });

  it('names that JavaScript knows', () => {
    const { write } = writerOf('{ __typename prototype: string name: id }');
    expect(write({ prototype: 'a', name: 1 })).toBe(
      '{"__typename":"Query","prototype":"a","name":1}',
    );
  });
});

it.each<[string, string, unknown]>([
  ['infinite', 'float', Number.POSITIVE_INFINITY],
  ['no number', 'float', Number.NaN],
  ['no value of its type', 'string', 1],
  ['what JSON leaves out', 'any', () => 1],
])('what is %s is left to the general way', (_, field, value) => {
  expect(writerOf(`{ ${field} }`).write({ [field]: value })).toBeUndefined();
});

describe('what repeats', () => {
  it('is written once', () => {
    let reads = 0;
    const thing = {
      get id() {
        reads += 1;
        return 'a';
      },
    };
    const { write } = writerOf('{ things { id } thing { id } }');
    const text = '{"things":[{"id":"a"},{"id":"a"}],"thing":{"id":"a"}}';
    expect(write({ things: [thing, thing], thing }, ['things'])).toBe(text);
    expect(reads).toBe(2);
    expect(write({ things: [thing, thing], thing })).toBe(text);
    expect(reads).toBe(5);
  });

  it('is written as it is in this answer, not as it was in the one before', () => {
    const { write } = writerOf('{ rows { id } thing { things { id } } }');
    const things = [{ id: 'a' }, { id: 'a' }];
    const data = { rows: [things, things], thing: { things } };
    write(data, ['rows', 'thing.things']);
    things[1] = { id: 'b' };
    expect(write(data, ['rows', 'thing.things'])).toBe(
      '{"rows":[[{"id":"a"},{"id":"b"}],[{"id":"a"},{"id":"b"}]],"thing":{"things":[{"id":"a"},{"id":"b"}]}}',
    );
  });

  it('is written by each selection in its own way', () => {
    const { write } = writerOf('{ things { id } thing { id next { things { next { id } } } } }');
    const leaf = { id: 'leaf' };
    const both = { id: 'both', next: leaf };
    const data = { things: [both, both], thing: { id: 1, next: { things: [both, both] } } };
    expect(write(data, ['things', 'thing.next.things'])).toBe(
      '{"things":[{"id":"both"},{"id":"both"}],"thing":{"id":1,"next":{"things":[{"next":{"id":"leaf"}},{"next":{"id":"leaf"}}]}}}',
    );
  });

  it('is forgotten when writing fails', () => {
    const { write } = writerOf('{ things { id } int }');
    const thing = { id: 'a' };
    expect(write({ things: [thing], int: 0.5 }, ['things'])).toBeUndefined();
    thing.id = 'b';
    expect(write({ things: [thing], int: 1 }, ['things'])).toBe('{"things":[{"id":"b"}],"int":1}');
  });
});
