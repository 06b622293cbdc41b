import { GraphQLError } from 'graphql';
import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const PEAKS = [
  { id: 'p1', name: 'Ortler', hut: { id: 'h1' }, next: { id: 'p2' } },
  { id: 'p2', name: 'Eiger', hut: { id: 'h2' }, next: { id: 'p3' } },
  { id: 'p3', name: 'Rigi', hut: null, next: null },
];

/** Errors of single fields: where they are in the answer, and what of it they take along. */
export const failures: Kind = {
  name: 'partial failures',
  subgraphs: () => [peaks(), huts()],
  questions: {
    'a root field': '{ broken peaks { name } }',
    'a root field that must be there': '{ brokenMust peaks { name } }',
    'a field': '{ peaks { name height } }',
    'a field that must be there': '{ peaks { name depth } }',
    'one element': '{ peaks { name grade } }',
    'an element of a list': '{ routes }',
    'an element that must be there': '{ mustRoutes peaks { id } }',
    'a field of a hop': '{ peaks { hut { host } } }',
    'a field of a hop that must be there': '{ peaks { hut { beds } name } }',
    'a field of one entity of a hop': '{ peaks { hut { id soup } } }',
    'a field below an entity': '{ peaks { hut { kitchen { stove } } } }',
    'a field in a list below an entity': '{ peaks { hut { rooms { key } } } }',
    'an entity that cannot be resolved':
      '{ peak(id: "p2") { next { hut { soup } } } peaks { hut { beds } } }',
    'a code of its own': '{ closed }',
    'a code of its own in a hop': '{ peaks { hut { secret } } }',
    'errors of both subgraphs': '{ peaks { height hut { host } } broken }',
    'the same error at several places': '{ a: peaks { hut { soup } } b: peaks { hut { soup } } }',
    'under aliases': '{ p: peaks { n: name h: height x: hut { s: soup } } }',
    'in lists of a hop': '{ peaks { next { hut { soup } next { name height } } } }',
    'in a fragment':
      '{ peaks { ...P } } fragment P on Peak { hut { ...H } } fragment H on Hut { soup }',
    'a hop after a failure': '{ failing { name hut { host } } peaks { name } }',
    'an error without a message': {
      query: '{ wordless }',
      ours: {
        rule: 'Errors describe what happened (section "Errors"), and never name a subgraph',
        data: { wordless: null },
        errors: [
          {
            message: 'A subgraph failed and did not say why',
            path: ['wordless'],
            code: 'DOWNSTREAM_SERVICE_ERROR',
          },
        ],
      },
    },
    'a key that fails': '{ peaks { name hut { id cook { name } } } }',
  },
  values: { id: '"p2"' },
  withoutAtRandom: ['wordless'],
};

const broken = () => {
  throw new Error('It is broken');
};

const peaks = () =>
  subgraph(
    'peaks',
    /* GraphQL */ `
      type Query {
        peaks: [Peak!]
        peak(id: ID!): Peak
        failing: [Peak]
        broken: String
        brokenMust: String!
        routes: [Int]
        mustRoutes: [Int!]
        closed: String
        wordless: String
      }
      type Peak @key(fields: "id") {
        id: ID!
        name: String
        hut: Hut
        next: Peak
        height: Int
        depth: Int!
        grade: String
      }
      type Hut @key(fields: "id") {
        id: ID!
      }
    `,
    {
      Query: {
        peaks: () => PEAKS,
        peak: (_: unknown, { id }: { id: string }) => PEAKS.find((peak) => peak.id === id),
        failing: broken,
        broken,
        brokenMust: broken,
        routes: () => [1, new Error('Route 2 is closed'), 3],
        mustRoutes: () => [1, new Error('Route 2 is closed'), 3],
        closed: () => {
          throw new GraphQLError('Closed for you', {
            extensions: { code: 'FORBIDDEN', until: { month: 5 } },
          });
        },
        wordless: () => {
          throw new GraphQLError('');
        },
      },
      Peak: {
        ...entities(PEAKS),
        height: broken,
        depth: broken,
        grade: ({ id }: { id: string }) => (id === 'p2' ? broken() : 'easy'),
        next: ({ next }: { next?: { id: string } }) => PEAKS.find((peak) => peak.id === next?.id),
      },
    },
  );

/** Fails for the second hut only. */
const failing =
  (error: Error, value: unknown) =>
  ({ id }: { id: string }) =>
    id === 'h2' ? error : value;

const huts = () =>
  subgraph(
    'huts',
    /* GraphQL */ `
      type Hut @key(fields: "id") {
        id: ID!
        host: String
        beds: Int!
        soup: String
        secret: String
        kitchen: Kitchen
        rooms: [Room]
        cook: Cook
      }
      type Cook @key(fields: "id") {
        id: ID!
        name: String
      }
      type Kitchen {
        stove: String
      }
      type Room {
        key: String!
      }
    `,
    {
      Hut: {
        __resolveReference: (hut: object) => hut,
        host: broken,
        beds: failing(new Error('No beds'), 12),
        soup: failing(new Error('No soup'), 'broth'),
        secret: failing(new GraphQLError('Psst', { extensions: { code: 'SECRET' } }), 'x'),
        kitchen: () => ({ stove: () => new Error('The stove is cold') }),
        rooms: () => [{ key: 'a' }, { key: null }, { key: () => new Error('The key is lost') }],
        cook: ({ id }: { id: string }) => (id === 'h1' ? { id: null } : { id: 'c1', name: 'Ute' }),
      },
    },
  );
