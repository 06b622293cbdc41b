import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const CATS = [
  { id: 'c1', color: 'RED', size: 'BIG' },
  { id: 'c2', color: 'BLUE', size: 'SMALL' },
];

/** Enums whose values differ: answers may be any of them, arguments only what all understand. */
export const enums: Kind = {
  name: 'enums that differ between subgraphs',
  subgraphs: () => [cats(), paint()],
  questions: {
    'values of the one': '{ cats { color } }',
    'values of the other': '{ cats { eyes } }',
    'a list of them': '{ palette }',
    'an argument that both know': '{ byColor(color: RED) { id color } }',
    'an argument as a variable': {
      query: 'query C($color: Common = RED) { byColor(color: $color) { color eyes } }',
      variables: { color: 'BLUE' },
    },
    'a list as an argument': '{ mix(colors: [RED, BLUE, RED]) }',
    'a list as a variable, with a value coerced': {
      query: 'query M($colors: [Common!]!) { mix(colors: $colors) }',
      variables: { colors: 'RED' },
    },
    'a default of the subgraph': '{ mix }',
    'a value that is none': '{ odd }',
    'a value that is none in a list': '{ odds }',
    'a value that is none where there must be one': '{ strict { must } cats { id } }',
    'the values of an output enum': '{ __type(name: "Color") { enumValues { name } } }',
    'the values of an input enum': '{ __type(name: "Common") { enumValues { name } } }',
  },
  values: { color: 'BLUE', colors: '[RED]' },
};

/** An internal value that goes by another name. */
const color = { RED: '#f00', BLUE: '#00f' };

const cats = () =>
  subgraph(
    'cats',
    /* GraphQL */ `
      type Query {
        cats: [Cat!]
        byColor(color: Common!): [Cat!]
      }
      type Cat @key(fields: "id") {
        id: ID!
        color: Color
      }
      enum Color {
        RED
        BLUE
      }
      enum Common {
        RED
        BLUE
        WHITE
      }
    `,
    {
      Query: {
        cats: () => CATS.map(painted),
        byColor: (_: unknown, { color: wanted }: { color: string }) =>
          CATS.filter((cat) => cat.color === wanted).map(painted),
      },
      Cat: entities(CATS.map(painted)),
      Color: color,
    },
  );

function painted(cat: (typeof CATS)[number]) {
  return { ...cat, color: color[cat.color as keyof typeof color] };
}

const paint = () =>
  subgraph(
    'paint',
    /* GraphQL */ `
      type Query {
        palette: [Color]
        mix(colors: [Common!]! = [BLUE]): String
        odd: Color
        odds: [Color]
        strict: Strict
      }
      type Strict {
        must: Color!
      }
      type Cat @key(fields: "id") {
        id: ID!
        eyes: Color
      }
      enum Color {
        GREEN
        RED
      }
      enum Common {
        BLUE
        RED
        BLACK
      }
    `,
    {
      Query: {
        palette: () => ['GREEN', 'RED', null],
        mix: (_: unknown, { colors }: { colors: string[] }) => colors.join('-'),
        odd: () => 'BLUE',
        odds: () => ['RED', 'PINK'],
        strict: () => ({ must: 'PINK' }),
      },
      Cat: { __resolveReference: (cat: object) => cat, eyes: () => 'GREEN' },
    },
  );
