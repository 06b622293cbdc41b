import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const PARCELS = [
  { id: 'p1', size: { width: 2, height: 3 }, tags: ['glass', 'top'], to: { id: 'c1' } },
  { id: 'p2', size: { width: 4, height: null }, tags: [], to: { id: 'c2' } },
  { id: 'p3', size: null, tags: null, to: null },
];

/** Fields that one subgraph computes from those of others, step upon step. */
export const requires: Kind = {
  name: '@requires',
  subgraphs: () => [parcels(), freight(), insurer(), cities()],
  questions: {
    'a nested field': '{ parcels { id area } }',
    'required and asked for': '{ parcels { size { width } area size { height } } }',
    'required under another name': '{ parcels { s: size { w: width h: height } area } }',
    'a list of leaves': '{ parcels { label } }',
    'an entity of a third subgraph': '{ parcels { zone } }',
    'a field that itself requires': '{ parcels { premium } }',
    'three steps and a field on the way': '{ parcels { premium freight } }',
    'everything at once': '{ parcels { id label area zone freight premium to { name } } }',
    'two fields with the same need': '{ parcels { area halved: area zone } }',
    'within a hop': '{ cities { name parcels { area premium } } }',
    'a list of objects': '{ cities { name widths } }',
    'null where something is required': '{ parcel(id: "p3") { area label zone premium } }',
    'a fragment': '{ parcels { ...Costs } } fragment Costs on Parcel { freight ... { premium } }',
  },
  values: { id: '"p2"' },
};

const parcels = () =>
  subgraph(
    'parcels',
    /* GraphQL */ `
      type Query {
        parcels: [Parcel!]!
        parcel(id: ID!): Parcel
      }
      type Parcel @key(fields: "id") {
        id: ID!
        size: Size
        tags: [String!]
        to: City
      }
      type Size {
        width: Int
        height: Int
      }
      type City @key(fields: "id", resolvable: false) {
        id: ID!
      }
    `,
    {
      Query: {
        parcels: () => PARCELS,
        parcel: (_: unknown, { id }: { id: string }) => PARCELS.find((each) => each.id === id),
      },
      Parcel: entities(PARCELS),
    },
  );

interface Sent {
  size?: { width?: number; height?: number };
  tags?: string[];
  to?: { far?: boolean };
  area?: number;
  zone?: string;
  freight?: number;
  parcels?: Array<{ size?: { width: number } }>;
}
const asSent = { __resolveReference: (reference: object) => reference };

const freight = () =>
  subgraph(
    'freight',
    /* GraphQL */ `
      type Parcel @key(fields: "id") {
        id: ID!
        size: Size @external
        tags: [String!] @external
        to: City @external
        area: Int @requires(fields: "size { width height }")
        label: String @requires(fields: "tags")
        zone: String @requires(fields: "to { far }")
        freight: Int @requires(fields: "size { width } to { far }")
      }
      type Size @external {
        width: Int
        height: Int
      }
      type City @key(fields: "id") {
        id: ID!
        far: Boolean @external
      }
    `,
    {
      Parcel: {
        ...asSent,
        area: ({ size }: Sent) => size && (size.width ?? 0) * (size.height ?? 1),
        label: ({ tags }: Sent) => tags?.join('+'),
        zone: ({ to }: Sent) => (to ? (to.far ? 'far' : 'near') : null),
        freight: ({ size, to }: Sent) => (size?.width ?? 1) * (to?.far ? 9 : 2),
      },
    },
  );

const insurer = () =>
  subgraph(
    'insurer',
    /* GraphQL */ `
      type Parcel @key(fields: "id") {
        id: ID!
        area: Int @external
        freight: Int @external
        premium: String @requires(fields: "area freight")
      }
    `,
    { Parcel: { ...asSent, premium: ({ area, freight }: Sent) => `${area} of ${freight}` } },
  );

const CITIES = [
  { id: 'c1', name: 'Oslo', far: true, parcels: [{ id: 'p1' }, { id: 'p2' }] },
  { id: 'c2', name: 'Bern', far: false, parcels: [] },
];

const cities = () =>
  subgraph(
    'cities',
    /* GraphQL */ `
      type Query {
        cities: [City]
      }
      type City @key(fields: "id") {
        id: ID!
        name: String
        far: Boolean
        parcels: [Parcel!]
        widths: String @requires(fields: "parcels { size { width } }")
      }
      type Parcel @key(fields: "id") {
        id: ID!
        size: Size @external
      }
      type Size @external {
        width: Int
      }
    `,
    {
      Query: { cities: () => CITIES },
      City: {
        ...entities(CITIES),
        widths: ({ parcels = [] }: Sent) => parcels.map(({ size }) => size?.width).join(' '),
      },
    },
  );
