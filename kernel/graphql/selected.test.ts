import { buildSchema, executeSync, type GraphQLResolveInfo, parse } from 'graphql';
import { expect, it } from 'vitest';
import { isSelected } from './selected.js';

const schema = buildSchema(
  'type Query { shirt: Shirt } type Shirt { size: Int colour: String cloth: Cloth } type Cloth { weight: Int }',
);

function selected(source: string): string[] {
  let found: string[] = [];
  const shirt = (_args: unknown, _context: unknown, info: GraphQLResolveInfo) => {
    found = ['size', 'colour', 'cloth', 'weight'].filter((name) => isSelected(info, name));
    return {};
  };
  executeSync({ schema, document: parse(source), rootValue: { shirt } });
  return found;
}

it('finds fields that are selected directly, under another name, and in fragments', () => {
  expect(selected('{ shirt { size } }')).toEqual(['size']);
  expect(selected('{ shirt { size: colour } }')).toEqual(['colour']);
  expect(
    selected('{ shirt { ... on Shirt { size } ...F } } fragment F on Shirt { cloth { weight } }'),
  ).toEqual(['size', 'cloth']);
});

it('finds those of all places in which a field is selected', () => {
  expect(selected('{ shirt { size } ...F } fragment F on Query { shirt { colour } }')).toEqual([
    'size',
    'colour',
  ]);
});
