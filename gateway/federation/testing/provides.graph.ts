import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const DISHES = [
  { id: 'd1', name: 'Pho', cook: { id: 'c1', name: 'Linh', town: { code: 'HAN', name: 'Hanoi' } } },
  {
    id: 'd2',
    name: 'Dal',
    cook: { id: 'c2', name: 'Asha', town: { code: 'BOM', name: 'Bombay' } },
  },
];

/** A subgraph that knows a field of another's entity, but only on some paths. */
export const provides: Kind = {
  name: '@provides',
  subgraphs: () => [menu(), cooks()],
  questions: {
    'what is provided': '{ menu { name cook { name } } }',
    'what is provided, and more': '{ menu { cook { name stars } } }',
    'a path that provides nothing': '{ special { cook { name } } }',
    'an object below': '{ menu { cook { town { name } } } }',
    'an object below, and more of it': '{ menu { cook { town { name people } } } }',
    'both paths': '{ menu { cook { name } } special { cook { name } } }',
    'from the other side': '{ cooks { name town { name } dishes { name cook { name } } } }',
    'a list that provides': '{ crew { id name stars } }',
    'a provided field from another path':
      '{ menu { name cook { dishes { cook { name town { name } } } } } }',
    'under aliases': '{ menu { chef: cook { called: name } other: cook { n: name s: stars } } }',
  },
};

const menu = () =>
  subgraph(
    'menu',
    /* GraphQL */ `
      type Query {
        menu: [Dish!] @provides(fields: "cook { name town { name } }")
        special: Dish
        crew: [Cook!]! @provides(fields: "name")
      }
      type Dish @key(fields: "id") {
        id: ID!
        name: String @shareable
        cook: Cook
      }
      type Cook @key(fields: "id") {
        id: ID!
        name: String @external
        town: Town @external
      }
      type Town @key(fields: "code") {
        code: ID!
        name: String @external
      }
    `,
    {
      Query: {
        menu: () => DISHES,
        special: () => DISHES[1],
        crew: () => DISHES.map(({ cook }) => cook),
      },
      Dish: entities(DISHES),
      // A name that only the provided paths may bring to light.
      Cook: { name: ({ name }: { name: string }) => `${name} (menu)` },
      Town: { name: ({ name }: { name: string }) => `${name} (menu)` },
    },
  );

const COOKS = [
  { id: 'c1', name: 'Linh', stars: 2, town: { code: 'HAN' }, dishes: [{ id: 'd1' }] },
  { id: 'c2', name: 'Asha', stars: null, town: { code: 'BOM' }, dishes: [{ id: 'd2' }] },
];
const TOWNS = [
  { code: 'HAN', name: 'Hanoi', people: 8 },
  { code: 'BOM', name: 'Bombay', people: 12 },
];

const cooks = () =>
  subgraph(
    'cooks',
    /* GraphQL */ `
      type Query {
        cooks: [Cook!]!
      }
      type Cook @key(fields: "id") {
        id: ID!
        name: String @shareable
        stars: Int
        town: Town @shareable
        dishes: [Dish!] @provides(fields: "name")
      }
      type Town @key(fields: "code") {
        code: ID!
        name: String @shareable
        people: Int
      }
      type Dish @key(fields: "id") {
        id: ID!
        name: String @external
      }
    `,
    {
      Query: { cooks: () => COOKS },
      Cook: entities(COOKS),
      Town: entities(TOWNS),
      Dish: { name: ({ id }: { id: string }) => `${id} (cooks)` },
    },
  );
