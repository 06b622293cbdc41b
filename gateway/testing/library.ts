import { graphOf, type TestGraph } from './graph.js';
import { subgraph } from './subgraph.js';

const MEDIA = [
  { __typename: 'Novel', id: 'n1', title: 'Middlemarch', pages: 880 },
  { __typename: 'Film', id: 'f1', title: 'Stalker', minutes: 162 },
];
const SHELVES = [
  { hall: 'A', number: 1, label: 'prose' },
  { hall: 'B', number: 1, label: 'reels' },
];
const media = (id: string) => MEDIA.find((each) => each.id === id) ?? null;
const shelf = (key: { hall: string; number: number }) =>
  SHELVES.find(({ hall, number }) => hall === key.hall && number === key.number) ?? null;

/** A graph of what the well-known one lacks: interface objects, composite and nested keys, @provides. */
export function libraryGraph(): TestGraph {
  return graphOf([catalogue(), ratings(), stacks()]);
}

const catalogue = () =>
  subgraph(
    'catalogue',
    /* GraphQL */ `
      type Query {
        media: [Media!]!
        medium(id: ID!): Media
      }
      interface Media @key(fields: "id") {
        id: ID!
        title: String
      }
      type Novel implements Media @key(fields: "id") {
        id: ID!
        title: String
        pages: Int
        internalCode: String @inaccessible
      }
      type Film implements Media @key(fields: "id") {
        id: ID!
        title: String
        minutes: Int
      }
    `,
    {
      Query: { media: () => MEDIA, medium: (_: unknown, { id }: { id: string }) => media(id) },
      Media: { __resolveReference: ({ id }: { id: string }) => media(id) },
      Novel: { __resolveReference: ({ id }: { id: string }) => media(id) },
      Film: { __resolveReference: ({ id }: { id: string }) => media(id) },
    },
  );

const ratings = () =>
  subgraph(
    'ratings',
    /* GraphQL */ `
      type Query {
        bestRated: [Media!]!
      }
      type Media @key(fields: "id") @interfaceObject {
        id: ID!
        title: String @external
        stars: Int
        blurb: String @requires(fields: "title")
        rivals: [Media!]
      }
    `,
    {
      Query: { bestRated: () => [{ id: 'f1' }, { id: 'n1' }] },
      Media: {
        __resolveReference: (reference: object) => reference,
        stars: ({ id }: { id: string }) => (id === 'f1' ? 5 : 4),
        blurb: ({ title }: { title: string }) => `${title}: a must`,
        rivals: ({ id }: { id: string }) => [{ id: id === 'f1' ? 'n1' : 'f1' }],
      },
    },
  );

const stacks = () =>
  subgraph(
    'stacks',
    /* GraphQL */ `
      type Query {
        rows: [[Shelf]]
        loan(code: String!): Loan
      }
      type Shelf @key(fields: "hall number") {
        hall: String!
        number: Int!
        label: String
      }
      type Loan @key(fields: "shelf { hall number } code") {
        code: String!
        shelf: Shelf!
        holds: [Novel]
      }
      type Novel @key(fields: "id") {
        id: ID!
        shelf: Shelf
      }
    `,
    {
      Query: {
        rows: () => [[SHELVES[0], null], [SHELVES[1], SHELVES[0]], []],
        loan: (_: unknown, { code }: { code: string }) => ({ code, shelf: SHELVES[0] }),
      },
      Shelf: { __resolveReference: shelf },
      Loan: { holds: () => [{ id: 'n1' }, null, { id: 'n1' }] },
      Novel: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        shelf: () => SHELVES[0],
      },
    },
  );
