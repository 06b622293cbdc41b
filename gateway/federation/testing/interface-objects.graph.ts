import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { HeldQuestion, Kind } from './kind.js';

const BEINGS = [
  { __typename: 'Person', id: 'b1', name: 'Ann', age: 40, boss: { __typename: 'Robot', id: 'b2' } },
  { __typename: 'Robot', id: 'b2', name: 'R2', model: 'x', boss: null },
  { __typename: 'Person', id: 'b3', name: null, age: null, boss: null },
];

function namesKept(query: string, data: unknown): HeldQuestion {
  const rule = '`__typename` is the name of an object type, whoever brings other fields of it';
  return { query, ours: { rule, data } };
}

/** An interface whose fields other subgraphs add as if it were an object: they cannot tell the type. */
export const interfaceObjects: Kind = {
  name: 'interface objects',
  subgraphs: () => [beings(), badges(), grades()],
  questions: {
    'from the interface, its own fields': '{ beings { id name } }',
    'from the interface, an added field': '{ beings { name badge } }',
    'from the interface, an added field by type':
      '{ beings { ... on Person { badge } ... on Robot { model } } }',
    'from the object, an added field': '{ badges { id badge } }',
    'from the object, a field of the interface': '{ badges { badge name } }',
    'from the object, the type name': '{ badges { badge __typename } }',
    'from the object, the type name under an alias': '{ badges { kind: __typename } }',
    'from the object, by type': '{ badges { ... on Person { age } ... on Robot { model } } }',
    'from the object, an added field by type': '{ badges { ... on Robot { badge } } }',
    'from the object, the type name by type': '{ badges { ... on Person { __typename } } }',
    'from the object, by the interface': '{ badges { ... on Being { badge name } } }',
    'from one object to the other': '{ badges { badge grade } }',
    'from one object to the other, by type': '{ badges { ... on Person { grade } id } }',
    'a requirement': '{ badges { greeting } }',
    'a requirement, from the interface': '{ beings { greeting } }',
    'a requirement on one type only': '{ beings { ... on Robot { greeting } } }',
    'an object in an object': '{ badges { friend { id badge friend { name } } } }',
    'an object in an object, with its type':
      '{ badges { friend { __typename ... on Robot { model } } } }',
    'a list of them, with holes': '{ board { badge name grade ... on Person { age } } }',
    'on to the interface and back': '{ beings { boss { badge greeting boss { name } } } }',
    'one that the interface does not know': '{ stranger { id badge } }',
    'one that the interface does not know, by name': '{ stranger { badge name } }',
    'one that the interface does not know, by type': '{ stranger { badge ... on Person { age } } }',
    'one that the interface does not know, type name': '{ stranger { __typename badge } }',
    'a field of the type itself, that an object adds to all': '{ people { id age badge grade } }',
    'aliases everywhere':
      '{ badges { x: badge y: name ... on Person { z: age } t: __typename g: grade } }',
    'a union of members':
      '{ anyone { ... on Person { badge age } ... on Robot { grade } __typename } }',
    'the type name next to fields of an interface object': namesKept(
      '{ beings { badge ... on Person { greeting __typename } __typename } }',
      {
        beings: [
          { badge: '#b1', greeting: 'Hello Ann', __typename: 'Person' },
          { badge: null, __typename: 'Robot' },
          { badge: '#b3', greeting: 'Hello null', __typename: 'Person' },
        ],
      },
    ),
    'the type name through two interface objects': namesKept('{ people { grade __typename } }', {
      people: [{ grade: 1, __typename: 'Person' }, null, { grade: null, __typename: 'Person' }],
    }),
  },
  values: { id: '"b2"' },
  stockForgetsTypes: true,
};

const beings = () =>
  subgraph(
    'beings',
    /* GraphQL */ `
      type Query {
        beings: [Being!]!
        people: [Person]
        anyone: [Anyone]
      }
      union Anyone = Person | Robot
      interface Being @key(fields: "id") {
        id: ID!
        name: String
        boss: Being
      }
      type Person implements Being @key(fields: "id") {
        id: ID!
        name: String
        boss: Being
        age: Int
      }
      type Robot implements Being @key(fields: "id") {
        id: ID!
        name: String
        boss: Being
        model: String
      }
    `,
    {
      Query: {
        beings: () => BEINGS,
        people: () => [BEINGS[0], null, BEINGS[2]],
        anyone: () => BEINGS.slice(0, 2),
      },
      Being: entities(BEINGS),
      Person: entities(BEINGS),
      Robot: entities(BEINGS),
    },
  );

interface Sent {
  id: string;
  name?: string;
}

const badges = () =>
  subgraph(
    'badges',
    /* GraphQL */ `
      type Query {
        badges: [Being]
        board: [Being]
        stranger: Being
      }
      type Being @key(fields: "id") @interfaceObject {
        id: ID!
        badge: String
        name: String @external
        greeting: String @requires(fields: "name")
        friend: Being
      }
    `,
    {
      Query: {
        badges: () => [{ id: 'b2' }, { id: 'b1' }],
        board: () => [{ id: 'b1' }, null, { id: 'b3' }, { id: 'b1' }],
        stranger: () => ({ id: 'b9' }),
      },
      Being: {
        __resolveReference: (reference: object) => reference,
        badge: ({ id }: Sent) => `#${id}`,
        greeting: ({ name }: Sent) => `Hello ${name}`,
        friend: ({ id }: Sent) => (id === 'b1' ? { id: 'b2' } : { id: 'b3' }),
      },
    },
  );

const grades = () =>
  subgraph(
    'grades',
    /* GraphQL */ `
      type Being @key(fields: "id") @interfaceObject {
        id: ID!
        grade: Int
      }
    `,
    {
      Being: entities([
        { id: 'b1', grade: 1 },
        { id: 'b2', grade: 2 },
      ]),
    },
  );
