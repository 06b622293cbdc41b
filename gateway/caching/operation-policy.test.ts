import { buildSchema, getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { CacheHints } from './cache-hints.js';
import { cacheControlHeader } from './cache-policy.js';
import { operationPolicy } from './operation-policy.js';

const SCHEMA = buildSchema(/* GraphQL */ `
  enum CacheControlScope { PUBLIC PRIVATE }
  directive @cacheControl(
    maxAge: Int
    scope: CacheControlScope
    inheritMaxAge: Boolean
  ) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION

  type Query {
    plain: Int
    hour: Int @cacheControl(maxAge: 3600)
    never: Int @cacheControl(maxAge: 0)
    inherits: Int @cacheControl(inheritMaxAge: true)
    mine: Int @cacheControl(maxAge: 60, scope: PRIVATE)
    book: Book
    quickBook: Book @cacheControl(maxAge: 10)
    ownBook: Book @cacheControl(scope: PRIVATE)
    openAccount: Account @cacheControl(maxAge: 20, scope: PUBLIC)
    account: Account
    note: Note @cacheControl(maxAge: 100)
    aside: Aside @cacheControl(maxAge: 100)
    named: Named
    thing: Thing
    loose: Loose @cacheControl(maxAge: 100)
    blogs: [[Blog!]!]!
  }
  type Book @cacheControl(maxAge: 240) {
    title: String
    stars: Int @cacheControl(maxAge: 30)
    note: Note
    noteToo: Note @cacheControl(inheritMaxAge: true)
    aside: Aside
    sequel: Book @cacheControl(inheritMaxAge: true)
  }
  type Account @cacheControl(maxAge: 50, scope: PRIVATE) { id: ID }
  type Note { text: String }
  type Aside @cacheControl(inheritMaxAge: true) { text: String }
  interface Named @cacheControl(maxAge: 90) { name: String, note: Note @cacheControl(maxAge: 80) }
  type Cat implements Named { name: String @cacheControl(maxAge: 7), note: Note }
  type Dog implements Named @cacheControl(maxAge: 70) {
    name: String
    note: Note @cacheControl(maxAge: 65)
    trick: Note
  }
  union Thing @cacheControl(maxAge: 500) = Book | Note
  interface Loose { name: String }
  type Person implements Loose @cacheControl(scope: PRIVATE) { name: String }
  type Blog { title: String }
  extend type Blog @cacheControl(maxAge: 5)
  type Mutation { write: Int @cacheControl(maxAge: 60) }
`);

const HINTS = new CacheHints(SCHEMA);

function policyOf(text: string, operationName?: string): string {
  const document = parse(text, { noLocation: true });
  const definition = getOperationAST(document, operationName);
  if (!definition) throw new Error('no such operation');
  return cacheControlHeader(operationPolicy(SCHEMA, HINTS, document, definition));
}

describe('an answer', () => {
  it.each([
    ['is not cacheable without a hint on its root field', '{ plain }', 'no-store'],
    ['is cacheable by a hint on it', '{ hour }', 'max-age=3600, public'],
    ['is not cacheable for no time', '{ never }', 'no-store'],
    ['has nothing to inherit at its root', '{ inherits }', 'no-store'],
    ['takes the least of its fields', '{ hour book { title } }', 'max-age=240, public'],
    ['of nothing but type names says nothing', '{ __typename }', 'no-store'],
    ['is not changed by type names', '{ __typename hour }', 'max-age=3600, public'],
    ['of introspection is not cacheable', '{ hour __schema { types { name } } }', 'no-store'],
    ['of a mutation is not cacheable', 'mutation { write }', 'no-store'],
  ])('%s', (_, query, policy) => expect(policyOf(query)).toBe(policy));
});

describe('a field of an object type', () => {
  it.each([
    ['takes the hint of the type', '{ book { title } }', 'max-age=240, public'],
    ['takes its own hint first', '{ quickBook { title } }', 'max-age=10, public'],
    ['is not cacheable without a hint', '{ book { note { text } } }', 'no-store'],
    ['inherits where it says so', '{ book { noteToo { text } } }', 'max-age=240, public'],
    ['inherits where its type says so', '{ quickBook { aside { text } } }', 'max-age=10, public'],
    [
      'has more from its type than to inherit',
      '{ book { sequel { title } } }',
      'max-age=240, public',
    ],
    ['has a hint where its type would inherit', '{ aside { text } }', 'max-age=100, public'],
    ['in lists takes the hint of the type', '{ blogs { title } }', 'max-age=5, public'],
  ])('%s', (_, query, policy) => expect(policyOf(query)).toBe(policy));
});

it('a scalar field leaves its parent as it is, unless it has a hint', () => {
  expect(policyOf('{ book { title } }')).toBe('max-age=240, public');
  expect(policyOf('{ book { title stars } }')).toBe('max-age=30, public');
});

describe('an answer is private', () => {
  it.each([
    ['with one private field', '{ hour mine }', 'max-age=60, private'],
    ['with a private type', '{ account { id } }', 'max-age=50, private'],
    ['with a private field of a public type', '{ ownBook { title } }', 'max-age=240, private'],
    ['with a type of its interface that is', '{ loose { name } }', 'max-age=100, private'],
  ])('%s', (_, query, policy) => expect(policyOf(query)).toBe(policy));

  it('not where the field says that it is public', () => {
    expect(policyOf('{ openAccount { id } }')).toBe('max-age=20, public');
  });
});

describe('interfaces and unions', () => {
  it.each([
    ['are no laxer than any of their types', '{ named { __typename } }', 'max-age=70, public'],
    ['count the fields of any of their types', '{ named { name } }', 'max-age=7, public'],
    ['count those in fragments', '{ named { ... on Dog { trick { text } } } }', 'no-store'],
    ['hint at fields whose types do not', '{ named { note { text } } }', 'max-age=65, public'],
    ['of unions too', '{ thing { ... on Book { stars } } }', 'max-age=30, public'],
    ['without hints are not cacheable', '{ thing { ... on Book { note { text } } } }', 'no-store'],
  ])('%s', (_, query, policy) => expect(policyOf(query)).toBe(policy));
});

it('counts what @skip and @include may leave out', () => {
  const query =
    'query ($x: Boolean!) { hour mine @include(if: $x) quickBook @skip(if: $x) { title } }';
  expect(policyOf(query)).toBe('max-age=10, private');
});

it('counts the fragments of the operation, and no other', () => {
  const document = `
    query A { ...Both } query B { hour }
    fragment Both on Query { hour ...Mine } fragment Mine on Query { mine }`;
  expect(policyOf(document, 'A')).toBe('max-age=60, private');
  expect(policyOf(document, 'B')).toBe('max-age=3600, public');
});

it('knows whether a schema has hints', () => {
  expect(HINTS.none).toBe(false);
  expect(new CacheHints(buildSchema('type Query { a: Int }')).none).toBe(true);
});
