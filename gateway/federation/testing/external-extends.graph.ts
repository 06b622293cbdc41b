import { entities } from '../../testing/entities.js';
import { legacySubgraph, subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const PLANTS = [
  { id: 'p1', name: 'Fern', light: 2, bed: { id: 'b1' } },
  { id: 'p2', name: 'Rose', light: 8, bed: { id: 'b2' } },
];

/** The language of Federation 1, next to its traces in Federation 2. */
export const externalExtends: Kind = {
  name: '@external and @extends',
  subgraphs: () => [plants(), garden(), care()],
  questions: {
    'the owner': '{ plants { id name light } }',
    'a field that an extension adds': '{ plants { name bed { id soil } } }',
    'an external key': '{ beds { soil plants { id } } }',
    'an external key, then more': '{ beds { plants { id name } } }',
    'an external field that is required': '{ plants { name watering } }',
    'an external field asked for': '{ beds { plants { light watering } } }',
    'an external field on a path that has it': '{ watered { id name light watering } }',
    'the type extended by a directive': '{ plants { advice } }',
    'a root that is extended': '{ watered { id } beds { id } plants { id } }',
    'a value type of both': '{ plants { tag { text } } beds { tag { text } } }',
  },
};

const plants = () =>
  legacySubgraph(
    'plants',
    /* GraphQL */ `
      type Query {
        plants: [Plant!]!
      }
      type Plant @key(fields: "id") {
        id: ID!
        name: String
        light: Int
        tag: Tag
        bed: Bed
      }
      extend type Bed @key(fields: "id") {
        id: ID! @external
      }
      type Tag {
        text: String
      }
    `,
    { Query: { plants: () => PLANTS }, Plant: { ...entities(PLANTS), tag: () => ({ text: 'p' }) } },
  );

const BEDS = [
  { id: 'b1', soil: 'sand', plants: [PLANTS[0]] },
  { id: 'b2', soil: null, plants: [PLANTS[1], PLANTS[0]] },
];

const garden = () =>
  legacySubgraph(
    'garden',
    /* GraphQL */ `
      extend type Query {
        beds: [Bed]
      }
      type Bed @key(fields: "id") {
        id: ID!
        soil: String
        plants: [Plant]
        tag: Tag
      }
      type Plant @key(fields: "id") @extends {
        id: ID! @external
      }
      type Tag {
        text: String
      }
    `,
    { Query: { beds: () => BEDS }, Bed: { ...entities(BEDS), tag: () => ({ text: 'g' }) } },
  );

interface Sent {
  light?: number;
}

const care = () =>
  subgraph(
    'care',
    /* GraphQL */ `
      type Query {
        watered: [Plant!] @provides(fields: "light")
      }
      type Plant @key(fields: "id") @extends {
        id: ID! @external
        light: Int @external
        watering: String @requires(fields: "light")
        advice: String
      }
    `,
    {
      Query: { watered: () => [PLANTS[1]] },
      Plant: {
        __resolveReference: (reference: object) => reference,
        watering: ({ light = 0 }: Sent) => (light > 5 ? 'daily' : 'weekly'),
        advice: () => 'talk to it',
      },
    },
  );
