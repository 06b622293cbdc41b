import { GraphQLScalarType } from 'graphql';
import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const echo = (_: unknown, args: object) => JSON.stringify(args);

/** Arguments of every shape: input objects that differ between subgraphs, lists, enums, scalars, nulls. */
export const inputs: Kind = {
  name: 'variables and input objects',
  subgraphs: () => [left(), right()],
  questions: {
    'literals of every type': `{ echo(text: "a\\"b\\n", number: 3, real: 1.5e3, yes: true, id: 7, color: RED,
      list: [1, null, 3], object: { name: "n", tags: ["x"] }) }`,
    'nothing at all': '{ echo }',
    'nulls as literals': '{ echo(text: null, number: null, list: null, object: null) }',
    'variables of every type': {
      query: `query Q($text: String, $number: Int, $real: Float, $yes: Boolean, $id: ID, $color: Color,
        $list: [Int], $object: Filter) { echo(text: $text, number: $number, real: $real, yes: $yes,
        id: $id, color: $color, list: $list, object: $object) }`,
      variables: {
        ...{ text: 'é 日本 \u{1f600}', number: -1, real: 2, yes: false, id: 9, color: 'BLUE' },
        ...{ list: [1, null], object: { name: 'n', tags: ['a', 'b'], inner: { name: 'm' } } },
      },
    },
    'variables that are null': {
      query: 'query Q($text: String, $list: [Int]) { echo(text: $text, list: $list) }',
      variables: { text: null, list: null },
    },
    'variables that are absent': {
      query: 'query Q($text: String, $list: [Int]) { echo(text: $text, list: $list) }',
    },
    'defaults of variables': {
      query: `query Q($text: String = "d", $object: Filter = { name: "o" }, $list: [Int] = [1, 2]) {
        echo(text: $text, object: $object, list: $list) }`,
    },
    'defaults of variables, overridden by null': {
      query:
        'query Q($text: String = "d", $number: Int = 1) { echo(text: $text, number: $number) }',
      variables: { text: null, number: 5 },
    },
    'a default for an argument that must not be null': {
      query: 'query Q($must: Int = 4) { must(number: $must) }',
    },
    'one element stands for a list': {
      query: 'query Q($list: [Int]) { echo(list: $list) other: echo(list: 5) }',
      variables: { list: 3 },
    },
    'variables inside of literals': {
      query:
        'query Q($name: String!, $tag: String) { echo(object: { name: $name, tags: ["a", $tag] }) }',
      variables: { name: 'v' },
    },
    'a variable in both subgraphs': {
      query:
        'query Q($object: Filter!) { echo(object: $object) find(by: $object) { id seen(by: $object) } }',
      variables: { object: { name: 'f', tags: [] } },
    },
    'a variable in a hop only': {
      query: 'query Q($object: Filter!) { find { seen(by: $object) } }',
      variables: { object: { name: 'hop' } },
    },
    'a default in a hop': 'query Q($object: Filter = { name: "d" }) { find { seen(by: $object) } }',
    'a variable of a requirement next to others': {
      query: 'query Q($a: Filter, $b: Filter) { find { a: seen(by: $a) b: seen(by: $b) } }',
      variables: { a: { name: 'a' }, b: null },
    },
    'scalars of the house': {
      query: 'query Q($any: Any) { any(value: $any) fixed: any(value: { a: [1, "x", null] }) }',
      variables: { any: { deep: [{ er: null }], n: 1.25 } },
    },
    'a scalar that is a list': {
      query: 'query Q($any: Any) { any(value: $any) }',
      variables: { any: [1, [2]] },
    },
    'a scalar through a hop': '{ find { id extra } }',
    'long numbers and texts': {
      query: 'query Q($real: Float, $text: String) { echo(real: $real, text: $text) }',
      variables: { real: 1e21, text: 'x'.repeat(2000) },
    },
    'more variables than the operation has': {
      query: 'query Q($text: String) { echo(text: $text) }',
      variables: { text: 'a', unknown: 1, representations: [] },
    },
  },
  values: { by: '{ name: "r" }', object: '{ name: "r", tags: ["t"] }', color: 'RED' },
};

const TYPES = /* GraphQL */ `
  scalar Any
  enum Color {
    RED
    BLUE
  }
`;

const any = new GraphQLScalarType({ name: 'Any' });

const left = () =>
  subgraph(
    'left',
    /* GraphQL */ `
      type Query {
        echo(
          text: String
          number: Int
          real: Float
          yes: Boolean
          id: ID
          color: Color
          list: [Int]
          object: Filter
        ): String
        must(number: Int!): Int
        any(value: Any): Any
        find(by: Filter): Thing
      }
      ${TYPES}
      input Filter {
        name: String!
        tags: [String] = ["left"]
        inner: Filter
        onlyLeft: Int = 1
      }
      type Thing @key(fields: "id") {
        id: ID!
      }
    `,
    {
      Any: any,
      Query: {
        echo,
        must: (_: unknown, { number }: { number: number }) => number,
        any: (_: unknown, { value }: { value: unknown }) => value,
        find: (_: unknown, { by }: { by?: { name: string } }) => ({ id: by?.name ?? 'none' }),
      },
      Thing: entities([{ id: 'none' }]),
    },
  );

const right = () =>
  subgraph(
    'right',
    /* GraphQL */ `
      type Thing @key(fields: "id") {
        id: ID!
        seen(by: Filter): String
        extra: Any
      }
      ${TYPES}
      input Filter {
        name: String!
        tags: [String] = ["left"]
        inner: Filter
        onlyRight: Boolean
      }
    `,
    {
      Any: any,
      Thing: {
        __resolveReference: (thing: object) => thing,
        seen: echo,
        extra: () => ({ list: [1, { two: null }] }),
      },
    },
  );
