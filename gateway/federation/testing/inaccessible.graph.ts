import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const GUESTS = [
  { id: 'g1', passport: 'P-1', name: 'Kim', room: { floor: 1, code: 'x' } },
  { id: 'g2', passport: 'P-2', name: 'Lee', room: null },
];

/** Parts of the graph that subgraphs use among themselves and no client ever sees. */
export const inaccessible: Kind = {
  name: '@inaccessible',
  subgraphs: () => [guests(), bills()],
  questions: {
    'a hidden key': '{ guests { name bill } }',
    'a hidden requirement': '{ guests { tax } }',
    'what remains of an object': '{ guests { room { floor } } }',
    'a hidden member of an interface': '{ extras { label } }',
    'a hidden member of an interface, type name': '{ extras { __typename label } }',
    'a hidden member of a union': '{ news { ... on Notice { text } } }',
    'a hidden value of an enum': '{ guests { name mood } }',
    'a hidden value of an enum where there must be one': '{ moods }',
    'what is hidden is not in the schema': '{ __type(name: "Guest") { fields { name } } }',
    'a hidden type is not in the schema': '{ __type(name: "Secret") { name } }',
    'a hidden enum value is not in the schema': '{ __type(name: "Mood") { enumValues { name } } }',
    'a hidden argument is not in the schema': `{ __type(name: "Query") {
      fields { name args { name } } } }`,
    'an argument that is not hidden': '{ guest(id: "g2") { name } }',
  },
  values: { id: '"g1"' },
};

const guests = () =>
  subgraph(
    'guests',
    /* GraphQL */ `
      type Query {
        guests: [Guest!]!
        guest(id: ID!, secretly: Boolean = false @inaccessible): Guest
        moods: [Mood!]
        secret: Secret @inaccessible
      }
      type Guest @key(fields: "passport") {
        id: ID!
        passport: String @inaccessible
        name: String
        room: Room
        mood: Mood
        nights: Int @inaccessible
      }
      type Room {
        floor: Int
        code: String @inaccessible
      }
      type Secret @inaccessible {
        code: String
      }
      enum Mood {
        GOOD
        BAD
        AWFUL @inaccessible
      }
    `,
    {
      Query: {
        guests: () => GUESTS,
        guest: (_: unknown, { id, secretly }: { id: string; secretly: boolean }) =>
          secretly ? null : GUESTS.find((each) => each.id === id),
        moods: () => ['GOOD', 'AWFUL'],
      },
      Guest: {
        ...entities(GUESTS),
        mood: ({ id }: { id: string }) => (id === 'g1' ? 'AWFUL' : 'BAD'),
        nights: ({ id }: { id: string }) => (id === 'g1' ? 2 : 5),
      },
    },
  );

const bills = () =>
  subgraph(
    'bills',
    /* GraphQL */ `
      type Query {
        extras: [Extra]
        news: [News]
      }
      type Guest @key(fields: "passport") {
        passport: String @inaccessible
        nights: Int @external
        bill: Int
        tax: Int @requires(fields: "nights")
      }
      interface Extra {
        label: String
      }
      type Sauna implements Extra {
        label: String
      }
      type Bribe implements Extra @inaccessible {
        label: String
      }
      union News = Notice | Rumour
      type Notice {
        text: String
      }
      type Rumour @inaccessible {
        text: String
      }
    `,
    {
      Query: {
        extras: () => [
          { __typename: 'Sauna', label: 'hot' },
          { __typename: 'Bribe', label: 'psst' },
        ],
        news: () => [
          { __typename: 'Notice', text: 'open' },
          { __typename: 'Rumour', text: 'shut' },
        ],
      },
      Guest: {
        __resolveReference: (reference: object) => reference,
        bill: ({ passport }: { passport: string }) => passport.length * 100,
        tax: ({ nights }: { nights: number }) => nights * 3,
      },
    },
  );
