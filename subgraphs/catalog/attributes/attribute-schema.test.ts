import { describe, expect, it } from 'vitest';
import { attributeProblems, schemaProblem } from './attribute-schema.js';

const clothes = {
  type: 'object',
  properties: {
    material: { enum: ['linen', 'wool'] },
    care: { type: 'array', items: { type: 'string' } },
  },
  required: ['material'],
};
const shirts = { type: 'object', properties: { sleeve: { type: 'integer', minimum: 1 } } };

describe('attributeProblems', () => {
  it('has none with what fits the schemas of a category and of those above it', () => {
    const attributes = { material: 'linen', care: ['30 °C'], sleeve: 60 };
    expect(attributeProblems([clothes, shirts], attributes)).toEqual([]);
    expect(attributeProblems([], {})).toEqual([]);
  });

  it.each([
    [{}, [['material']]],
    [{ material: 'wool', sleeve: 0.5 }, [['sleeve'], ['sleeve']]],
    [{ material: 'tin', care: ['x', 1] }, [['material'], ['care', '1']]],
    [{ material: 'wool', slave: 60 }, [['slave']]],
    [{ material: 'wool', 'a/b': 1 }, [['a/b']]],
  ])('names what is wrong with %j', (attributes, paths) => {
    expect(attributeProblems([clothes, shirts], attributes).map(({ path }) => path)).toEqual(paths);
  });

  it('takes nothing where there is no schema, nothing too large, and nothing that cannot be kept', () => {
    expect(attributeProblems([], { a: 1 })).toEqual([
      { path: ['a'], message: 'must NOT have unknown properties' },
    ]);
    const free = [{ type: 'object', additionalProperties: true }];
    expect(attributeProblems(free, { a: 'x'.repeat(20_000) })).toMatchObject([{ path: [] }]);
    expect(attributeProblems(free, { a: 'a\0' })).toMatchObject([{ path: [] }]);
    expect(attributeProblems(free, { a: '\ud800' })).toMatchObject([{ path: [] }]);
    expect(attributeProblems(free, { a: '\\u0000 👕' })).toEqual([]);
  });
});

describe('schemaProblem', () => {
  it('has nothing against a schema of draft 2020-12', () => {
    expect(schemaProblem(clothes)).toBeUndefined();
    const dated = { type: 'object', properties: { since: { type: 'string', format: 'date' } } };
    expect(schemaProblem(dated)).toBeUndefined();
  });

  it.each([
    [{}, /"object"/],
    [{ type: 'object', properties: { a: { type: 'text' } } }, /type/],
    [{ type: 'object', propertys: {} }, /propertys/],
    [{ type: 'object', $ref: 'https://example.com/other.json' }, /reference/],
    [{ type: 'object', properties: { a: { pattern: '(' } } }, /regular expression/],
  ])('says why %j is none', (schema, why) => {
    expect(schemaProblem(schema)).toMatch(why);
  });
});
