import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const TRIPS = [
  {
    id: 't1',
    km: 100,
    fares: [
      { zone: 'A', base: 3 },
      { zone: 'B', base: 5 },
    ],
  },
  { id: 't2', km: 7, fares: [] },
];

/** Requirements that name arguments, next to questions that give other ones. */
export const requiresArguments: Kind = {
  name: '@requires with arguments',
  subgraphs: () => [trips(), bills()],
  questions: {
    'an argument': '{ trips { bill } }',
    'two needs that differ in their arguments': '{ trips { bill longBill } }',
    'the same field asked with another argument': '{ trips { distance(unit: MILES) bill } }',
    'the same field asked with the same argument': '{ trips { distance(unit: KM) bill } }',
    'the same field asked without any': '{ trips { distance bill longBill } }',
    'all of them, under aliases': `{ trips { miles: distance(unit: MILES) km: distance(unit: KM)
      distance bill longBill } }`,
    'with a variable': {
      query: 'query T($unit: Unit) { trips { distance(unit: $unit) bill longBill } }',
      variables: { unit: 'MILES' },
    },
    'below a list': '{ trips { fares { price(currency: "NOK") } summary } }',
    'below a list, under the required name':
      '{ trips { fares { price(currency: "EUR") } summary } }',
    'the field itself has arguments': `{ trips { a: rounded(to: 10) b: rounded(to: 3)
      c: rounded bill } }`,
    'the field has arguments from variables': {
      query: 'query T($to: Int = 5) { trips { rounded(to: $to) other: rounded(to: 2) } }',
    },
    'in two fragments': `{ trips { ... on Trip { distance(unit: MILES) } ...Bills } }
      fragment Bills on Trip { bill longBill rounded(to: 100) }`,
  },
  values: { currency: '"SEK"', to: '4' },
};

const trips = () =>
  subgraph(
    'trips',
    /* GraphQL */ `
      type Query {
        trips: [Trip!]!
      }
      type Trip @key(fields: "id") {
        id: ID!
        distance(unit: Unit = METRES): Int
        fares: [Fare!]
      }
      type Fare {
        zone: String
        price(currency: String!): String
      }
      enum Unit {
        METRES
        KM
        MILES
      }
    `,
    {
      Query: { trips: () => TRIPS },
      Trip: {
        ...entities(TRIPS),
        distance: ({ km }: { km: number }, { unit }: { unit: string }) =>
          ({ METRES: km * 1000, KM: km, MILES: Math.round(km / 1.6) })[unit],
      },
      Fare: {
        price: ({ base }: { base: number }, { currency }: { currency: string }) =>
          `${base} ${currency}`,
      },
    },
  );

interface Sent {
  distance?: number;
  fares?: Array<{ zone: string; price: string }>;
}

const bills = () =>
  subgraph(
    'bills',
    /* GraphQL */ `
      type Trip @key(fields: "id") {
        id: ID!
        distance(unit: Unit = METRES): Int @external
        fares: [Fare!] @external
        bill: String @requires(fields: "distance(unit: KM)")
        longBill: String @requires(fields: "distance")
        summary: String @requires(fields: "fares { zone price(currency: \\"EUR\\") }")
        rounded(to: Int = 1): Int @requires(fields: "distance(unit: MILES)")
      }
      type Fare @external {
        zone: String
        price(currency: String!): String
      }
      enum Unit {
        METRES
        KM
        MILES
      }
    `,
    {
      Trip: {
        __resolveReference: (reference: object) => reference,
        bill: ({ distance }: Sent) => `${distance} km`,
        longBill: ({ distance }: Sent) => `${distance} m`,
        summary: ({ fares = [] }: Sent) => fares.map(({ zone, price }) => zone + price).join(),
        rounded: ({ distance = 0 }: Sent, { to }: { to: number }) => Math.floor(distance / to) * to,
      },
    },
  );
