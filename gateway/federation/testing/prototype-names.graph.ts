import { GraphQLError, GraphQLScalarType } from 'graphql';
import type { SubgraphAnswer } from '../../data-sources/data-source.js';
import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

/** An object of JSON, in which `__proto__` is a key like any other. */
const json = (text: string) => JSON.parse(text) as Record<string, unknown>;

const POISON =
  '{ "__proto__": { "polluted": 1 }, "constructor": { "prototype": { "polluted": 2 } } }';

/** The names that every JavaScript object inherits are names like any other. */
export const prototypeNames: Kind = {
  name: 'names of the prototype',
  subgraphs: () => [left(), right()],
  questions: {
    aliases:
      '{ __proto__: item { constructor: name toString: name __proto__: id hasOwnProperty: name } }',
    'aliases, side by side':
      '{ __proto__: item { id } constructor: item { name } valueOf: items { id } }',
    'aliases over a hop':
      '{ __proto__: item { constructor: size hasOwnProperty: label __proto__: size } }',
    'aliases of objects over a hop':
      '{ item { __proto__: twin { size __proto__: twin { size } } constructor: twin { label } } }',
    'aliases of lists over a hop':
      '{ __proto__: items { size __proto__: label } toString: items { label } }',
    'aliases of type names':
      '{ __proto__: __typename item { __proto__: __typename constructor: __typename } }',
    'aliases of introspection':
      '{ __proto__: __type(name: "Item") { __proto__: name } constructor: __schema { queryType { name } } }',
    'aliases in fragments':
      '{ ...F } fragment F on Query { __proto__: item { ...G } } fragment G on Item { __proto__: label constructor: id }',
    'an alias merged from two': '{ __proto__: item { id } __proto__: item { size } }',
    'an alias of what is null': '{ __proto__: nothing { id } constructor: nothing { size } }',
    'an alias of what fails': '{ __proto__: items { __proto__: broken id } }',
    'an alias of what must not be null': '{ constructor: items { __proto__: strict id } }',
    'an alias of an error of a hop': '{ __proto__: items { __proto__: torn } }',
    'a path that is an alias of the prototype':
      '{ toString: item { valueOf: twin { hasOwnProperty: torn } } }',
    'inherited names that no answer has':
      '{ item { toString valueOf hasOwnProperty constructor } }',
    'inherited names that a hop brings': '{ item { isPrototypeOf label } items { isPrototypeOf } }',
    variables: {
      query: `query Q($__proto__: String, $constructor: Int, $toString: [String], $hasOwnProperty: Any) {
        a: echo(text: $__proto__) b: echo(number: $constructor) c: echo(list: $toString) d: echo(any: $hasOwnProperty) }`,
      variables: json(
        '{ "__proto__": "p", "constructor": 3, "toString": ["s"], "hasOwnProperty": { "h": 1 } }',
      ),
    },
    'variables that are absent': `query Q($__proto__: String, $constructor: Int, $toString: [String]) {
      echo(text: $__proto__, number: $constructor, list: $toString) }`,
    'defaults of variables': `query Q($__proto__: String = "d", $valueOf: Int = 2) {
      echo(text: $__proto__, number: $valueOf) }`,
    'conditions by variables': {
      query: `query Q($__proto__: Boolean!, $constructor: Boolean = false) { item {
        id @include(if: $__proto__) name @skip(if: $constructor) size @include(if: $constructor) } }`,
      variables: json('{ "__proto__": false }'),
    },
    'a variable of a hop': {
      query: 'query Q($__proto__: Int) { item { scaled(by: $__proto__) } }',
      variables: json('{ "__proto__": 5 }'),
    },
    'keys of an input object': {
      query: 'query Q($input: Odd) { echo(odd: $input) }',
      variables: { input: { constructor: 'c', toString: 't', valueOf: null } },
    },
    'keys of a literal':
      '{ echo(odd: { constructor: "c", toString: "t", valueOf: { constructor: "deep", toString: "t", valueOf: null } }) }',
    'keys of a scalar': {
      query: 'query Q($any: Any) { echo(any: $any) }',
      variables: { any: json(POISON) },
    },
    'keys of a scalar as a literal':
      '{ echo(any: { __proto__: { polluted: 3 }, constructor: 1 }) }',
    'keys of a scalar in an answer': '{ poison }',
    'keys of a scalar of a hop': '{ item { poison } items { poison } }',
    arguments: '{ echo(constructor: "c", toString: "t") }',
    'values of an enum': '{ echo(enum: constructor) names }',
    'more in an answer than was asked': '{ spoilt { id } }',
    'more in an entity than was asked': '{ item { spoiltSize } }',
    'an error path': '{ misplaced { id } }',
    'error extensions': '{ extended }',
    'a request with more variables': {
      query: '{ item { id } }',
      variables: json('{ "__proto__": { "polluted": 4 }, "constructor": { "polluted": 5 } }'),
    },
  },
  // graphql-js reads what an input object inherits, unless it has all fields of its own.
  values: {
    name: '"Item"',
    enum: 'constructor',
    by: '2',
    odd: '{ constructor: "c", toString: "t", valueOf: null }',
  },
  withoutAtRandom: ['spoiltSize'],
};

/** What a hostile subgraph adds, by the field that is asked for. */
function spoil(answer: SubgraphAnswer, query: string): unknown {
  const data = { ...answer.data } as Record<string, unknown>;
  if (/spoilt ?\{/.test(query)) {
    return { data: json(`{ "spoilt": { "id": "s", ${POISON.slice(1)}, ${POISON.slice(1)}`) };
  }
  if (query.includes('spoiltSize')) {
    return { data: { _entities: [json(`{ "spoiltSize": 1, ${POISON.slice(1)}`)] } };
  }
  if (query.includes('misplaced')) {
    const path = ['__proto__', 'constructor', 0, 'toString'];
    return { data, errors: [{ message: 'Lost', path }] };
  }
  return answer;
}

const any = new GraphQLScalarType({ name: 'Any' });
const ITEMS = [
  { id: 'i1', name: 'one', twin: { id: 'i2' } },
  { id: 'i2', name: 'two', twin: { id: 'i1' } },
];

const left = () => ({
  ...subgraph(
    'left',
    /* GraphQL */ `
      type Query {
        item: Item
        items: [Item!]
        nothing: Item
        spoilt: Item
        misplaced: Item
        extended: String
        poison: Any
        names: [Name]
        echo(
          text: String
          number: Int
          list: [String]
          any: Any
          odd: Odd
          enum: Name
          constructor: String
          toString: String
        ): String
      }
      type Item @key(fields: "id") {
        id: ID!
        name: String
        twin: Item
        broken: String
        strict: String!
        toString: String
        valueOf: String
        hasOwnProperty: String
        constructor: String
      }
      input Odd {
        constructor: String
        toString: String
        valueOf: Odd
      }
      enum Name {
        constructor
        toString
      }
      scalar Any
    `,
    {
      Any: any,
      Query: {
        item: () => Object.assign(Object.create(null), ITEMS[0]),
        items: () => ITEMS.map((item) => Object.assign(Object.create(null), item)),
        spoilt: () => null,
        misplaced: () => ITEMS[0],
        extended: () => {
          throw new GraphQLError('Extended', {
            extensions: json(`{ "code": "ODD", ${POISON.slice(1)}`),
          });
        },
        poison: () => json(POISON),
        names: () => ['constructor', 'toString'],
        echo: (_: unknown, args: object) => JSON.stringify(args),
      },
      Item: {
        ...entities(ITEMS),
        twin: ({ twin }: { twin: object }) => Object.assign(Object.create(null), twin),
        broken: () => new Error('Broken'),
        strict: ({ id }: { id: string }) => (id === 'i2' ? null : 'tied'),
      },
    },
  ),
  spoil,
});

const right = () => ({
  ...subgraph(
    'right',
    /* GraphQL */ `
      type Item @key(fields: "id") {
        id: ID!
        size: Int
        label: String
        torn: String
        poison: Any
        spoiltSize: Int
        scaled(by: Int): Int
        isPrototypeOf: String
      }
      scalar Any
    `,
    {
      Any: any,
      Item: {
        __resolveReference: ({ id }: { id: string }) => Object.assign(Object.create(null), { id }),
        size: ({ id }: { id: string }) => Number(id.slice(1)),
        label: ({ id }: { id: string }) => `<${id}>`,
        torn: ({ id }: { id: string }) => (id === 'i2' ? new Error('Torn') : 'whole'),
        poison: () => json(POISON),
        scaled: ({ id }: { id: string }, { by = 1 }: { by?: number }) => Number(id.slice(1)) * by,
      },
    },
  ),
  spoil,
});
