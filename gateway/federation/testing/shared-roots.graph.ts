import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const ROUTES = [
  { id: 'r1', name: 'North', legs: 3 },
  { id: 'r2', name: 'South', legs: 4 },
];

/** The same root fields and objects in several subgraphs, each of which knows a part of them. */
export const sharedRoots: Kind = {
  name: '@shareable and shared roots',
  subgraphs: () => [shared('names', 'label', 'L'), shared('maps', 'scale', 'S'), routes()],
  questions: {
    'one part': '{ world { label } }',
    'the parts of two': '{ world { label scale } }',
    'a part both have': '{ world { code } }',
    'parts below': '{ world { area { size label scale } } }',
    'parts of list elements': '{ regions { code label scale } }',
    'parts of list elements, nested': '{ regions { areas { label scale size } } }',
    'two root fields': '{ world { label } regions { scale } }',
    'the same root field twice': '{ a: world { label } b: world { scale } }',
    'an entity in between': '{ routes { name legs } world { scale label } }',
    'null from both': '{ nowhere { code label scale } }',
    'arguments go to both': '{ region(code: "r2") { code label scale } }',
    'a variable goes to both': {
      query: 'query R($code: String!) { region(code: $code) { label scale } }',
      variables: { code: 'r1' },
    },
  },
  values: { code: '"r1"' },
};

/** Knows a field of its own of everything: `label` or `scale`. */
const shared = (name: string, field: string, mark: string) =>
  subgraph(
    name,
    /* GraphQL */ `
      type Query {
        world: Region @shareable
        regions: [Region!] @shareable
        region(code: String!): Region @shareable
        nowhere: Region @shareable
      }
      type Region {
        code: String @shareable
        ${field}: String
        area: Area @shareable
        areas: [Area!] @shareable
      }
      type Area {
        size: Int @shareable
        ${field}: String
      }
    `,
    {
      Query: {
        world: () => ({ code: 'w' }),
        regions: () => [{ code: 'r1' }, { code: 'r2' }],
        region: (_: unknown, { code }: { code: string }) => ({ code }),
        nowhere: () => null,
      },
      Region: {
        [field]: ({ code }: { code: string }) => `${mark} ${code}`,
        area: () => ({ size: 9 }),
        areas: ({ code }: { code: string }) => [{ size: 1 }, { size: code === 'r1' ? 5 : 7 }],
      },
      Area: { [field]: ({ size }: { size: number }) => `${mark}${size}` },
    },
  );

const routes = () =>
  subgraph(
    'routes',
    /* GraphQL */ `
      type Query {
        routes: [Route]
      }
      type Route @key(fields: "id") {
        id: ID!
        name: String
        legs: Int
      }
    `,
    { Query: { routes: () => ROUTES }, Route: entities(ROUTES) },
  );
