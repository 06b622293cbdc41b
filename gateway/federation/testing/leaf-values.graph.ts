import type { SubgraphAnswer } from '../../data-sources/data-source.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

/** What the subgraphs answer under these aliases, whatever was asked: some fit the field's type, some do not. */
const VALUES: Readonly<Record<string, unknown>> = {
  zero: 0,
  minusZero: -0,
  largest: 2_147_483_647,
  smallest: -2_147_483_648,
  tooLarge: 2_147_483_648,
  tooSmall: -2_147_483_649,
  exact: 9_007_199_254_740_991,
  inexact: 12_345_678_901_234_567_000,
  huge: 1e21,
  tiny: 5e-324,
  half: 1.5,
  whole: 3.0,
  yes: true,
  no: false,
  nil: null,
  empty: '',
  digits: '7',
  letters: 'é 語 😀 \u2028',
  halves: 'a\ud800b \udc00',
  escapes: '"\\/\u0000\b\f\n\r\t\u001f\u007f',
  value: 'GREEN',
  unknown: 'PURPLE',
  lower: 'green',
  none: [],
  some: [1, 'two', null, [3]],
  rows: [[1], null, [], [2, 2.5], [null]],
  object: { a: { b: [{}] }, __typename: 'Thing' },
  bare: {},
};

const FIELDS = ['int', 'float', 'string', 'id', 'boolean', 'color', 'any'];

const all = (field: string) =>
  `{ ${Object.keys(VALUES)
    .map((name) => `${name}: ${field}`)
    .join(' ')} }`;

const deep = (depth: number): string =>
  depth === 0 ? 'id leaves { string }' : `id next { ${deep(depth - 1)} }`;

/** The values of scalars and enums on their way from a subgraph to the client. */
export const leafValues: Kind = {
  name: 'values of scalars and enums',
  subgraphs: () => [things(), leaves()],
  questions: {
    ...Object.fromEntries(FIELDS.map((field) => [field, `{ leaves ${all(field)} }`])),
    ...Object.fromEntries(
      FIELDS.map((field) => [`${field} of a hop`, `{ thing { leaves ${all(field)} } }`]),
    ),
    'lists of lists and what does not fit into them': `{ leaves { ints none: ints some: ints nil: ints
      grid rows: grid } thing { leaves { some: ints none: ints grid rows: grid } } }`,
    'what must be there': '{ leaves { letters: must } }',
    'what must be there and does not fit': '{ thing { id leaves { tooLarge: must } } }',
    'ten thousand entities': '{ things(count: 10000) { id leaves { string } } }',
    'forty levels': `{ thing { ${deep(40)} } }`,
    'no elements': '{ things(count: 0) { id leaves { string } } }',
  },
  values: { count: '3' },
};

const numbered = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `${i}` }));

const things = () =>
  subgraph(
    'things',
    /* GraphQL */ `
      type Query {
        thing: Thing
        things(count: Int!): [Thing!]!
      }
      type Thing @key(fields: "id") {
        id: ID!
        next: Thing
      }
    `,
    {
      Query: {
        thing: () => ({ id: '1' }),
        things: (_: unknown, { count }: { count: number }) => numbered(count),
      },
      Thing: {
        __resolveReference: (thing: object) => thing,
        next: ({ id }: { id: string }) => ({ id: `${id}1`.slice(-3) }),
      },
    },
  );

const LEAVES = { int: 1, float: 1.5, string: 's', id: 'i', boolean: true, color: 'GREEN' };

const leaves = () => ({
  ...subgraph(
    'leaves',
    /* GraphQL */ `
      scalar Any
      enum Color {
        GREEN
        BLUE
      }
      type Query {
        leaves: Leaves
      }
      type Thing @key(fields: "id") {
        id: ID!
        leaves: Leaves
      }
      type Leaves {
        int: Int
        float: Float
        string: String
        id: ID
        boolean: Boolean
        color: Color
        any: Any
        ints: [Int]
        grid: [[Int!]]
        must: String!
      }
    `,
    {
      Query: { leaves: () => LEAVES },
      Thing: {
        __resolveReference: (thing: object) => thing,
        leaves: ({ id }: { id: string }) => ({ ...LEAVES, string: `s${id}` }),
      },
      Leaves: {
        any: () => ({ a: [null, { b: 1.5 }] }),
        ints: () => [1, null, 3],
        grid: () => [[1, 2], null, []],
        must: () => 'here',
      },
    },
  ),
  spoil: (answer: SubgraphAnswer) => spoilt(answer),
});

function spoilt(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spoilt);
  if (typeof value !== 'object' || value === null) return value;
  const replaced = ([key, each]: [string, unknown]) => [
    key,
    key in VALUES ? VALUES[key] : spoilt(each),
  ];
  return Object.fromEntries(Object.entries(value).map(replaced));
}
