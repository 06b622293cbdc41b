import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const STATIONS = [
  { id: 's1', code: 'ABC', geo: 'g1', name: 'Alpha' },
  { id: 's2', code: 'BCD', geo: 'g2', name: 'Beta' },
  { id: 's3', code: null, geo: 'g3', name: 'Gamma' },
];
const CODES = [
  { code: 'ABC', geo: 'g1', platforms: 4 },
  { code: 'BCD', geo: null, platforms: 2 },
];
const PLACES = [
  { geo: 'g1', height: 120, next: { geo: 'g2' } },
  { geo: 'g2', height: 80, next: { geo: 'g3' } },
];

/** Every subgraph knows another key, so that the way from one to the next leads through a third. */
export const keyHopping: Kind = {
  name: 'keys of different subgraphs',
  subgraphs: () => [names(), codes(), places(), weather()],
  questions: {
    'a key of two subgraphs': '{ stations { name platforms } }',
    'two keys away': '{ stations { name height } }',
    'three keys away': '{ stations { weather } }',
    'all of it': '{ stations { id code geo name platforms height weather } }',
    'from the far end': '{ highest { height name platforms weather } }',
    'there and on': '{ stations { name next { name height next { name weather } } } }',
    'a null key in the middle': '{ station(id: "s2") { platforms height weather } }',
    'a null key at the start': '{ station(id: "s3") { name platforms height } }',
    'from the middle, both ways': '{ byCode(code: "ABC") { name weather platforms } }',
    'from the middle, without the other key': '{ byCode(code: "BCD") { name weather platforms } }',
  },
  values: { id: '"s1"', code: '"BCD"' },
};

const names = () =>
  subgraph(
    'names',
    /* GraphQL */ `
      type Query {
        stations: [Station!]!
        station(id: ID!): Station
      }
      type Station @key(fields: "id") @key(fields: "code") {
        id: ID!
        code: String
        name: String
      }
    `,
    {
      Query: {
        stations: () => STATIONS,
        station: (_: unknown, { id }: { id: string }) => STATIONS.find((each) => each.id === id),
      },
      Station: entities(STATIONS),
    },
  );

const codes = () =>
  subgraph(
    'codes',
    /* GraphQL */ `
      type Query {
        byCode(code: String!): Station
      }
      type Station @key(fields: "code") @key(fields: "geo") {
        code: String
        geo: ID
        platforms: Int
      }
    `,
    {
      Query: {
        byCode: (_: unknown, { code }: { code: string }) => CODES.find((one) => one.code === code),
      },
      Station: entities(CODES),
    },
  );

const places = () =>
  subgraph(
    'places',
    /* GraphQL */ `
      type Query {
        highest: Station
      }
      type Station @key(fields: "geo") {
        geo: ID
        height: Int
        next: Station
      }
    `,
    { Query: { highest: () => PLACES[0] }, Station: entities(PLACES) },
  );

const weather = () =>
  subgraph(
    'weather',
    /* GraphQL */ `
      type Station @key(fields: "geo") {
        geo: ID
        weather: String
      }
    `,
    {
      Station: {
        __resolveReference: (station: object) => station,
        weather: ({ geo }: { geo: string }) => `rain over ${geo}`,
      },
    },
  );
