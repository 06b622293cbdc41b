import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const PARTS = [
  { __typename: 'Screw', id: 'b1', length: 20 },
  { __typename: 'Gear', id: 'b2', teeth: 12, screws: [{ id: 'b1', length: 20 }] },
  { __typename: 'Shim', id: 'b3', note: 'thin' },
];
const [screw, gear, shim] = PARTS;
const MACHINES = [
  { id: 'x1', main: gear, spare: [screw, shim, gear], fits: screw },
  { id: 'x2', main: shim, spare: [], fits: null },
];

/** Requirements that lead through interfaces and unions, with fragments. */
export const requiresAbstract: Kind = {
  name: '@requires through interfaces and unions',
  subgraphs: () => [parts(), weights()],
  questions: {
    'through an interface': '{ machines { id weight } }',
    'through a list of an interface': '{ machines { spareWeight } }',
    'through a union': '{ machines { fitting } }',
    'next to the same fields': '{ machines { main { id ... on Gear { teeth } } weight } }',
    'next to the same fields under other names': `{ machines { m: main { key: id
      ... on Gear { t: teeth } ... on Screw { t: length } } weight } }`,
    'all at once': '{ machines { weight spareWeight fitting spare { __typename id grams } } }',
    'on the members themselves': '{ parts { id grams } }',
    'on the members, by fragments': `{ parts { ... on Screw { grams length } ... on Gear { grams }
      __typename } }`,
    'a union that is asked as well': `{ machines { fits { ... on Screw { length grams }
      ... on Gear { teeth } } fitting } }`,
    'a hop to where it is required from':
      '{ machines { main { ... on Gear { screws { grams } } } } }',
  },
};

const parts = () =>
  subgraph(
    'parts',
    /* GraphQL */ `
      type Query {
        machines: [Machine!]!
        parts: [Part!]!
      }
      type Machine @key(fields: "id") {
        id: ID!
        main: Part!
        spare: [Part!]
        fits: Fitting
      }
      union Fitting = Screw | Gear
      interface Part {
        id: ID!
      }
      type Screw implements Part @key(fields: "id") {
        id: ID!
        length: Int
      }
      type Gear implements Part @key(fields: "id") {
        id: ID!
        teeth: Int
        screws: [Screw!]
      }
      type Shim implements Part @key(fields: "id") {
        id: ID!
        note: String
      }
    `,
    {
      Query: { machines: () => MACHINES, parts: () => PARTS },
      Machine: entities(MACHINES),
      Screw: entities(PARTS),
      Gear: entities(PARTS),
      Shim: entities(PARTS),
    },
  );

interface Sent {
  __typename?: string;
  length?: number;
  teeth?: number;
  main?: Sent;
  spare?: Sent[];
  fits?: Sent | null;
}
const told = ({ __typename, length, teeth }: Sent) => `${__typename} ${length} ${teeth}`;
const asSent = { __resolveReference: (reference: object) => reference };

const weights = () =>
  subgraph(
    'weights',
    /* GraphQL */ `
      type Machine @key(fields: "id") {
        id: ID!
        main: Part! @external
        spare: [Part!] @external
        fits: Fitting @external
        weight: String
          @requires(fields: "main { __typename ... on Gear { teeth } ... on Screw { length } }")
        spareWeight: [String]
          @requires(fields: "spare { __typename ... on Gear { teeth } ... on Screw { length } }")
        fitting: String @requires(fields: "fits { __typename ... on Screw { length } }")
      }
      union Fitting = Screw | Gear
      interface Part {
        id: ID!
        grams: Int
      }
      type Screw implements Part @key(fields: "id") {
        id: ID!
        length: Int @external
        grams: Int @requires(fields: "length")
      }
      type Gear implements Part @key(fields: "id") {
        id: ID!
        teeth: Int @external
        grams: Int @requires(fields: "teeth")
      }
      type Shim implements Part @key(fields: "id") {
        id: ID!
        grams: Int
      }
    `,
    {
      Machine: {
        ...asSent,
        weight: ({ main }: Sent) => main && told(main),
        spareWeight: ({ spare = [] }: Sent) => spare.map(told),
        fitting: ({ fits }: Sent) => fits && told(fits),
      },
      Screw: { ...asSent, grams: ({ length = 0 }: Sent) => length * 2 },
      Gear: { ...asSent, grams: ({ teeth = 0 }: Sent) => teeth * 3 },
      Shim: { ...asSent, grams: () => 1 },
    },
  );
