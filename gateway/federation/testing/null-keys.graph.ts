import { entities } from '../../testing/entities.js';
import { subgraph } from '../../testing/subgraph.js';
import type { Kind } from './kind.js';

const PETS = [
  { id: 'p1', chip: '11', name: 'Rex' },
  { id: 'p2', chip: null, name: 'Ivy' },
  { id: 'p3', chip: '33', name: 'Gus' },
];
const CHIPS = [
  { chip: '11', vendor: 'Acme', vet: { id: 'v1' } },
  { chip: '44', vendor: 'Beep', vet: null },
];

/** Entities whose key is null, and entities that another subgraph has never heard of. */
export const nullKeys: Kind = {
  name: 'null keys and missing entities',
  subgraphs: () => [pets(), chips(), clinic()],
  questions: {
    'some keys are null': '{ pets { name chip vendor } }',
    'the key is not asked for': '{ pets { vendor } }',
    'a missing entity has null fields': '{ pets { name vendor vet { name } } }',
    'a missing entity whose field is not null is null': '{ pets { name weight } }',
    'a missing entity in a list of non-null ones': '{ chipped { vendor weight } }',
    'a missing entity that must be there': '{ oldest { name weight } pets { name } }',
    'an entity nobody knows': '{ lost { chip name vendor } }',
    'null elements among entities': '{ waiting { name vendor } }',
    'nothing but null elements': '{ nobody { name vendor } }',
    'no elements': '{ none { name vendor vet { name } } }',
    'a null object on the way': '{ pets { vet { name pets { name vendor } } } }',
  },
};

const pets = () =>
  subgraph(
    'pets',
    /* GraphQL */ `
      type Query {
        pets: [Pet]
        chipped: [Pet!]
        oldest: Pet!
        waiting: [Pet]!
        nobody: [Pet]
        none: [Pet!]!
      }
      type Pet @key(fields: "id") @key(fields: "chip") {
        id: ID!
        chip: String
        name: String
      }
    `,
    {
      Query: {
        pets: () => PETS,
        chipped: () => PETS.filter(({ chip }) => chip),
        oldest: () => PETS[2],
        waiting: () => [null, PETS[0], null, PETS[1]],
        nobody: () => [null, null],
        none: () => [],
      },
      Pet: entities(PETS),
    },
  );

const chips = () =>
  subgraph(
    'chips',
    /* GraphQL */ `
      type Query {
        lost: Pet
      }
      type Pet @key(fields: "chip") {
        chip: String
        vendor: String
        vet: Vet
      }
      type Vet @key(fields: "id") {
        id: ID!
      }
    `,
    { Query: { lost: () => ({ chip: '99', vendor: 'Nil' }) }, Pet: entities(CHIPS) },
  );

const clinic = () =>
  subgraph(
    'clinic',
    /* GraphQL */ `
      type Vet @key(fields: "id") {
        id: ID!
        name: String
        pets: [Pet]
      }
      type Pet @key(fields: "id") {
        id: ID!
        weight: Float!
      }
    `,
    {
      Vet: entities([{ id: 'v1', name: 'Dr Oak', pets: [{ id: 'p2' }, null, { id: 'p9' }] }]),
      Pet: entities([{ id: 'p1', weight: 12.5 }]),
    },
  );
