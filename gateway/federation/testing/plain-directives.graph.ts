import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const ROWS = [
  { id: 'l1', name: 'Elm', old: 'before', next: 'after', steps: [1, 2] },
  { id: 'l2', name: 'Oak', old: 'before', next: 'after', steps: [] },
];

/** Directives that say something of a schema and change no answer; and a move that has not begun yet. */
export const plainDirectives: Kind = {
  name: '@tag, @cost, @listSize and progressive @override',
  subgraphs: () => [lanes(), plans()],
  questions: {
    'tagged fields': '{ lanes { id name } lane(id: "l2") { name } }',
    'a tagged field through a hop': '{ plan { lanes { name crossings } } }',
    'what has a cost': '{ lanes { steps crossings } expensive }',
    'a move that is decided elsewhere': '{ lanes { state } }',
    'a move of a part of all requests': '{ lanes { share } }',
    'both, from where they move to': '{ plan { lanes { state share name } } }',
    'an entity that only points elsewhere': '{ plan { owner { id name } } }',
    'a tagged enum and input': {
      query: 'query Q($by: By) { found(by: $by) { id } }',
      variables: { by: { kind: 'WIDE' } },
    },
    introspection: `{ __schema { directives { name } } __type(name: "Lane") { fields { name } } }`,
  },
  values: { id: '"l1"' },
};

const lanes = () =>
  subgraph(
    'lanes',
    /* GraphQL */ `
      type Query {
        lanes: [Lane!]! @listSize(assumedSize: 10) @tag(name: "public")
        lane(id: ID! @tag(name: "key")): Lane @cost(weight: 3)
        expensive: Int @cost(weight: 1000)
        found(by: By): [Lane]
      }
      type Lane @key(fields: "id") @tag(name: "internal") @tag(name: "public") {
        id: ID!
        name: String @tag(name: "public")
        steps: [Int!] @listSize(assumedSize: 100)
        state: String
        share: String
      }
      type Owner @key(fields: "id") {
        id: ID!
        name: String
      }
      input By @tag(name: "public") {
        kind: LaneKind = NARROW @tag(name: "public")
      }
      enum LaneKind @tag(name: "public") {
        NARROW
        WIDE @tag(name: "public")
      }
    `,
    {
      Query: {
        lanes: () => ROWS,
        lane: (_: unknown, { id }: { id: string }) => ROWS.find((row) => row.id === id),
        expensive: () => 1,
        found: (_: unknown, { by }: { by?: { kind: string } }) =>
          by?.kind === 'WIDE' ? ROWS : [null],
      },
      Lane: {
        ...entities(ROWS),
        state: ({ old }: { old: string }) => old,
        share: ({ old }: { old: string }) => old,
      },
      Owner: entities([{ id: 'o1', name: 'City' }]),
    },
  );

const plans = () =>
  subgraph(
    'plans',
    /* GraphQL */ `
      type Query {
        plan: Plan
      }
      type Plan {
        lanes: [Lane!]
        owner: Owner
      }
      type Lane @key(fields: "id") {
        id: ID!
        crossings: Int @cost(weight: 7)
        state: String @override(from: "lanes", label: "beta")
        share: String @override(from: "lanes", label: "percent(50)")
      }
      type Owner @key(fields: "id", resolvable: false) {
        id: ID!
      }
    `,
    {
      Query: { plan: () => ({ lanes: [{ id: 'l2' }, { id: 'l1' }], owner: { id: 'o1' } }) },
      Lane: {
        __resolveReference: (lane: object) => lane,
        crossings: () => 2,
        state: () => 'after',
        share: () => 'after',
      },
    },
  );
