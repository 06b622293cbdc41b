import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const HALLS = [
  { id: 'h1', name: 'Great', city: { code: 'VIE', name: 'Vienna' } },
  { id: 'h2', name: 'Small', city: { code: 'LDN', name: 'London' } },
];
const SEATS = [
  { hall: HALLS[0], row: 'A', number: 1, soft: true },
  { hall: HALLS[0], row: 'A', number: 2, soft: false },
  { hall: HALLS[1], row: 'A', number: 1, soft: null },
];
const TICKETS = [
  { code: 't1', seats: SEATS.slice(0, 2), holder: 'Ann' },
  { code: 't2', seats: SEATS.slice(2), holder: 'Ben' },
  { code: 't3', seats: [], holder: 'Cid' },
];

/** Keys of several fields, of fields of objects, and of lists of objects. */
export const compositeKeys: Kind = {
  name: 'composite and nested keys',
  subgraphs: () => [plan(), views(), box()],
  questions: {
    'two levels of key': '{ seats { number view } }',
    'the key asked for as well': '{ seats { row number hall { id } view hall { name } } }',
    'the key under other names': '{ seats { r: row n: number h: hall { key: id } view } }',
    'a key through a list': '{ tickets { code holder seats { soft } } }',
    'a key through a list, then a hop': '{ tickets { holder cheapest { view } } }',
    'a nested key that is an entity': '{ seats { hall { city { name mayor } } } }',
    'both at once': '{ tickets { holder price seats { view hall { name city { mayor } } } } }',
    'an empty list in a key': '{ tickets { code price } }',
    'a missing one among many': '{ views { stars seat { soft view hall { name } } } }',
  },
};

const plan = () =>
  subgraph(
    'plan',
    /* GraphQL */ `
      type Query {
        seats: [Seat!]!
      }
      type Seat @key(fields: "hall { id } row number") {
        hall: Hall!
        row: String!
        number: Int!
        soft: Boolean
      }
      type Hall @key(fields: "id") {
        id: ID! @shareable
        name: String
        city: City
      }
      type City @key(fields: "code") {
        code: ID!
        name: String
      }
    `,
    { Query: { seats: () => SEATS }, Seat: entities(SEATS), Hall: entities(HALLS) },
  );

const MAYORS = [{ code: 'VIE', mayor: 'Mia' }];
const GONE = { hall: { id: 'h9' }, row: 'Z', number: 9 };

const views = () =>
  subgraph(
    'views',
    /* GraphQL */ `
      type Query {
        views: [View!]!
      }
      type View {
        stars: Int
        seat: Seat
      }
      type Seat @key(fields: "hall { id } row number") {
        hall: Hall!
        row: String!
        number: Int!
        view: String
      }
      type Hall {
        id: ID! @shareable
      }
      type City @key(fields: "code") {
        code: ID!
        mayor: String
      }
    `,
    {
      Query: {
        views: () => [
          { stars: 5, seat: SEATS[0] },
          { stars: 1, seat: GONE },
          { stars: 3, seat: null },
        ],
      },
      Seat: {
        __resolveReference: (seat: object) => seat,
        view: ({ hall, row, number }: { hall: { id: string }; row: string; number: number }) =>
          `from ${hall.id} ${row}${number}`,
      },
      City: entities(MAYORS),
    },
  );

type Places = { seats: Array<{ number: number }> };

const box = () =>
  subgraph(
    'box',
    /* GraphQL */ `
      type Query {
        tickets: [Ticket]
      }
      type Ticket @key(fields: "code seats { row number hall { id } }") {
        code: ID!
        holder: String
        price: Int
        seats: [Seat!]!
        cheapest: Seat
      }
      type Seat @key(fields: "hall { id } row number", resolvable: false) {
        hall: Hall!
        row: String!
        number: Int!
      }
      type Hall {
        id: ID! @shareable
      }
    `,
    {
      Query: { tickets: () => TICKETS },
      Ticket: {
        ...entities(TICKETS),
        price: ({ seats }: Places) => seats.reduce((sum, { number }) => sum + 10 * number, 0),
        cheapest: ({ seats }: Places) => seats[0],
      },
    },
  );
