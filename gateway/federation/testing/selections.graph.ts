import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const FILMS = [
  { id: 'f1', title: 'Solaris', cast: [[{ id: 'p1' }, { id: 'p2' }], [], [null, { id: 'p1' }]] },
  { id: 'f2', title: null, cast: null },
];
const PEOPLE = [
  { id: 'p1', name: 'Natalya', parts: ['Hari'] },
  { id: 'p2', name: 'Donatas', parts: ['Kris', null] },
];

/** How selections merge: aliases, the same field again, fragments within fragments. */
export const selections: Kind = {
  name: 'aliases and fragments',
  subgraphs: () => [films(), people()],
  questions: {
    'one field, two names': '{ films { a: title b: title } }',
    'one field, other arguments': '{ films { a: year(era: "AD") b: year(era: "CE") year } }',
    'a root field, other arguments':
      '{ a: film(id: "f1") { title } b: film(id: "f2") { title } c: film(id: "x") { id } }',
    'names changed around': '{ films { id: title title: id } }',
    'a name that is a type name': '{ films { kind: __typename Film: title } }',
    'an object twice': '{ films { title } films { id } films { cast { name } } }',
    'an object twice, below an alias': '{ x: films { cast { id } } x: films { cast { name } } }',
    'a hop under two names': '{ films { a: cast { name } b: cast { id parts } } }',
    'a hop, the same field under two names': '{ films { cast { n: name m: name name } } }',
    'a hop, other arguments': '{ films { cast { a: initials(n: 1) b: initials(n: 3) } } }',
    'lists of lists': '{ films { cast { id name parts } } }',
    'a named fragment': '{ films { ...F } } fragment F on Film { id title }',
    'a fragment in two places':
      '{ films { ...F } film(id: "f1") { ...F } } fragment F on Film { title cast { ...P } } fragment P on Person { name }',
    'fragments in fragments':
      '{ films { ...A } } fragment A on Film { id ...B } fragment B on Film { title ...C } fragment C on Film { cast { id } }',
    'overlapping fragments':
      '{ films { ...A ...B title } } fragment A on Film { title cast { id } } fragment B on Film { cast { name } id }',
    'inline without a type': '{ ... { films { ... { title ... { id } } } } }',
    'inline on the type itself':
      '{ films { ... on Film { title ... on Film { cast { ... on Person { name } } } } } }',
    'on the root type':
      '{ ...Q } fragment Q on Query { films { title } ...R } fragment R on Query { film(id: "f1") { id } }',
    'a fragment over a hop':
      '{ films { cast { ...P } } } fragment P on Person { name films { ...T } } fragment T on Film { title }',
    'the field of a hop in the middle': '{ films { id cast { name } title } }',
    'one operation of several': {
      query: 'query One { films { id } } query Two { films { title } }',
      operationName: 'Two',
    },
    'deep and back': '{ films { cast { films { cast { films { cast { name } title } } } } } }',
  },
  values: { id: '"f1"', era: '"BC"', n: '2' },
};

const films = () =>
  subgraph(
    'films',
    /* GraphQL */ `
      type Query {
        films: [Film!]!
        film(id: ID!): Film
      }
      type Film @key(fields: "id") {
        id: ID!
        title: String
        year(era: String): String
        cast: [[Person]]
      }
      type Person @key(fields: "id") {
        id: ID!
      }
    `,
    {
      Query: {
        films: () => FILMS,
        film: (_: unknown, { id }: { id: string }) => FILMS.find((film) => film.id === id),
      },
      Film: {
        ...entities(FILMS),
        year: (_: unknown, { era = 'AUC' }: { era?: string }) => `1972 ${era}`,
      },
    },
  );

const people = () =>
  subgraph(
    'people',
    /* GraphQL */ `
      type Person @key(fields: "id") {
        id: ID!
        name: String
        parts: [String]
        initials(n: Int!): String
        films: [Film]
      }
      type Film @key(fields: "id", resolvable: false) {
        id: ID!
      }
    `,
    {
      Person: {
        ...entities(PEOPLE),
        initials: ({ name }: { name: string }, { n }: { n: number }) => name.slice(0, n),
        films: () => [{ id: 'f1' }, null, { id: 'f2' }],
      },
    },
  );
