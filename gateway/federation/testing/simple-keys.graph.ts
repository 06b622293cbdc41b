import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const ARTISTS = [
  { id: 'a1', name: 'Hilma', bornIn: 1862 },
  { id: 'a2', name: 'Paul', bornIn: null },
];
const WORKS = [
  { id: 'w1', title: 'Swan', artist: { id: 'a1' }, room: { id: 'r1' } },
  { id: 'w2', title: 'Dove', artist: { id: 'a1' }, room: { id: 'r2' } },
  { id: 'w3', title: 'Senecio', artist: { id: 'a2' }, room: null },
];
const ROOMS = [
  { id: 'r1', floor: 1, works: [{ id: 'w1' }] },
  { id: 'r2', floor: 2, works: [{ id: 'w2' }, { id: 'w1' }] },
];

export const simpleKeys: Kind = {
  name: 'simple keys',
  subgraphs: () => [artists(), works(), rooms()],
  questions: {
    'one subgraph': '{ artists { id name bornIn } }',
    'one hop': '{ artists { name works { title } } }',
    'a hop that needs no key in the answer': '{ works { title artist { name } } }',
    'a key alone needs no hop': '{ works { artist { id } room { id } } }',
    'hops in a row': '{ artists { works { room { floor works { title artist { name } } } } } }',
    'hops side by side': '{ works { artist { name bornIn } room { floor } } }',
    'the way back to where it came from':
      '{ artist(id: "a1") { works { artist { name works { title } } } } }',
    'the same entity at many places':
      '{ works { artist { name } } rooms { works { artist { name } } } }',
    'a null entity': '{ artist(id: "nobody") { name works { title } } works { room { floor } } }',
    'key and hop in other places': '{ rooms { works { id title id } id } }',
    'several root fields of several subgraphs':
      '{ rooms { floor } works { title } artists { name } }',
  },
  values: { id: '"a1"' },
};

const artists = () =>
  subgraph(
    'artists',
    /* GraphQL */ `
      type Query {
        artists: [Artist!]!
        artist(id: ID!): Artist
      }
      type Artist @key(fields: "id") {
        id: ID!
        name: String!
        bornIn: Int
      }
    `,
    {
      Query: {
        artists: () => ARTISTS,
        artist: (_: unknown, { id }: { id: string }) => ARTISTS.find((each) => each.id === id),
      },
      Artist: entities(ARTISTS),
    },
  );

const works = () =>
  subgraph(
    'works',
    /* GraphQL */ `
      type Query {
        works: [Work!]!
      }
      type Work @key(fields: "id") {
        id: ID!
        title: String
        artist: Artist!
        room: Room
      }
      type Artist @key(fields: "id") {
        id: ID!
        works: [Work!]
      }
      type Room @key(fields: "id", resolvable: false) {
        id: ID!
      }
    `,
    {
      Query: { works: () => WORKS },
      Work: entities(WORKS),
      Artist: {
        works: ({ id }: { id: string }) => WORKS.filter(({ artist }) => artist.id === id),
      },
    },
  );

const rooms = () =>
  subgraph(
    'rooms',
    /* GraphQL */ `
      type Query {
        rooms: [Room]
      }
      type Room @key(fields: "id") {
        id: ID!
        floor: Int
        works: [Work]
      }
      type Work @key(fields: "id", resolvable: false) {
        id: ID!
      }
    `,
    { Query: { rooms: () => ROOMS }, Room: entities(ROOMS) },
  );
