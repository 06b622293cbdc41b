import type { SubgraphAnswer } from '../../data-sources/data-source.js';
import { subgraph } from '../../testing/subgraph.js';
import type { HeldQuestion, Kind, OurError } from './kind.js';

type Answer = (answer: SubgraphAnswer) => unknown;

const away = () => {
  throw new Error('connect ECONNREFUSED');
};

/** Answers of root fields that are not what a subgraph should answer, by the field that is asked. */
const ROOTS: Record<string, Answer> = {
  down: away,
  empty: () => ({}),
  nothing: () => null,
  text: () => 'Bad Gateway',
  list: () => [],
  dataIsNull: () => ({ data: null }),
  dataIsText: () => ({ data: 'text' }),
  dataIsList: () => ({ data: [1] }),
  onlyErrors: () => ({ errors: [{ message: 'Too busy', extensions: { code: 'BUSY' } }] }),
  fieldIsText: ({ data }) => ({ data: { ...data, fieldIsText: 'text' } }),
  fieldIsList: ({ data }) => ({ data: { ...data, fieldIsList: [{ id: '1' }] } }),
  fieldIsAbsent: () => ({ data: {} }),
  moreFields: ({ data }) => ({ data: { ...data, more: 1 }, more: 2, extensions: { secret: 3 } }),
  errorsAreNull: ({ data }) => ({ data, errors: null }),
  noErrors: ({ data }) => ({ data, errors: [] }),
  pathless: ({ data }) => ({ data, errors: [{ message: 'Somewhere' }] }),
  foreignPath: ({ data }) => ({ data, errors: [{ message: 'Odd', path: ['elsewhere', 3] }] }),
};

/** The same for `_entities`, by the field of the entity. */
const ENTITIES: Record<string, Answer> = {
  gone: away,
  absent: () => ({ data: {} }),
  nulled: () => ({ data: { _entities: null } }),
  tooFew: () => ({ data: { _entities: [] } }),
  tooMany: () => ({ data: { _entities: [null, null, null] } }),
  noList: () => ({ data: { _entities: { 0: null, length: 2 } } }),
  oddOnes: () => ({ data: { _entities: ['text', { oddOnes: 'b' }] } }),
  nameless: () => ({ data: { _entities: [{ nameless: 'a' }, { nameless: 'b' }] } }),
  misnamed: ({ data }) => ({ data, errors: [{ message: 'Odd', path: ['_entities', 9, 'x'] }] }),
  unplaced: ({ data }) => ({ data, errors: [{ message: 'Odd', path: ['unplaced'] }] }),
};

const asked = (answers: Record<string, Answer>) => (answer: SubgraphAnswer, query: string) => {
  const name = Object.keys(answers).find(
    (each) =>
      query.includes(`{${each}`) || query.includes(` ${each}`) || query.includes(`${each}}`),
  );
  return name === undefined ? answer : answers[name]?.(answer);
};

const UNAVAILABLE = {
  message: 'A part of the answer could not be fetched',
  code: 'SUBGRAPH_UNAVAILABLE',
};

/** Stock repeats what happened inside; ours says what it means to the client. */
function unavailable(query: string, data: unknown, path?: OurError['path']): HeldQuestion {
  const rule = 'What fails inside is no matter of the client, and has a code of its own';
  return { query, ours: { rule, data, errors: [{ ...UNAVAILABLE, ...(path && { path }) }] } };
}

const things = (field: string) => `{ things { id ${field} } }`;
const nulls = (field: string) => ({
  things: [
    { id: 'a', [field]: null },
    { id: 'b', [field]: null },
  ],
});

/** Subgraphs that are down, or answer what is not an answer. */
export const malformed: Kind = {
  name: 'malformed answers',
  subgraphs: () => [odd(), sound()],
  questions: {
    'a subgraph that is down': unavailable('{ down { id } ok }', { down: null, ok: true }),
    'an answer without data or errors': unavailable('{ empty { id } ok }', {
      empty: null,
      ok: true,
    }),
    'no answer': unavailable('{ nothing { id } ok }', { nothing: null, ok: true }),
    'a text': unavailable('{ text { id } ok }', { text: null, ok: true }),
    'a list': unavailable('{ list { id } ok }', { list: null, ok: true }),
    'data that is null': '{ dataIsNull { id } ok }',
    'data that is a text': unavailable('{ dataIsText { id } ok }', { dataIsText: null, ok: true }),
    'data that is a list': unavailable('{ dataIsList { id } ok }', { dataIsList: null, ok: true }),
    'errors only': '{ onlyErrors { id } ok }',
    'a field that is absent': '{ fieldIsAbsent { id } ok }',
    'more than was asked for': '{ moreFields { id } ok }',
    'errors that are null': '{ errorsAreNull { id } ok }',
    'errors that are none': '{ noErrors { id } ok }',
    'an error without a path': '{ pathless { id } ok }',
    'an error with a path of its own': '{ foreignPath { id } ok }',
    'an entity subgraph that is down': unavailable(things('gone'), nulls('gone'), ['things']),
    'no entities': unavailable(things('absent'), nulls('absent'), ['things']),
    'entities that are null': unavailable(things('nulled'), nulls('nulled'), ['things']),
    'too few entities': unavailable(things('tooFew'), nulls('tooFew'), ['things']),
    'too many entities': unavailable(things('tooMany'), nulls('tooMany'), ['things']),
    'entities that are no list': unavailable(things('noList'), nulls('noList'), ['things']),
    'entities without a type name': things('nameless'),
  },
  withoutAtRandom: [
    ...[
      'down',
      'empty',
      'nothing',
      'text',
      'list',
      'dataIsText',
      'dataIsList',
      'fieldIsText',
      'fieldIsList',
    ],
    ...['gone', 'absent', 'nulled', 'tooFew', 'tooMany', 'noList', 'oddOnes', 'misnamed'],
  ],
};

const odd = () => {
  const roots = Object.keys(ROOTS);
  return {
    ...subgraph(
      'odd',
      /* GraphQL */ `
        type Query {
          ${roots.map((name) => `${name}: Thing`).join('\n')}
        }
        type Thing @key(fields: "id") {
          id: ID!
          ${Object.keys(ENTITIES)
            .map((name) => `${name}: String`)
            .join('\n')}
        }
      `,
      {
        Query: Object.fromEntries(roots.map((name) => [name, () => ({ id: '1' })])),
        Thing: { __resolveReference: (thing: object) => thing },
      },
    ),
    spoil: asked({ ...ROOTS, ...ENTITIES }),
  };
};

const sound = () =>
  subgraph(
    'sound',
    /* GraphQL */ `
      type Query {
        ok: Boolean
        things: [Thing!]
      }
      type Thing @key(fields: "id", resolvable: false) {
        id: ID!
      }
    `,
    { Query: { ok: () => true, things: () => [{ id: 'a' }, { id: 'b' }] } },
  );
