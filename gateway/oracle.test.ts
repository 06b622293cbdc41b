import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gateway } from './create-gateway.js';
import { comparable } from './testing/comparable.js';
import { testGateway, testGraph } from './testing/graph.js';
import { libraryGraph } from './testing/library.js';
import { type Question, stockGateway } from './testing/oracle.js';

const REVIEWS: Record<string, Question> = {
  'fields of one subgraph': { query: '{ me { id name username } }' },
  'a nested plan over four subgraphs': {
    query: `{ users { name reviews { body product { upc name price inStock shippingEstimate
      reviews { author { name username } } } } } }`,
  },
  '@requires through an interface': {
    query: '{ topProducts { __typename upc shippingEstimate } }',
  },
  '@requires next to the fields required, aliased': {
    query: '{ topProducts { cost: price label: name estimate: shippingEstimate } }',
  },
  'the same field under two aliases': {
    query: '{ a: user(id: "1") { name } b: user(id: "2") { n: name m: name reviews { body } } }',
  },
  'interface fragments': {
    query: `{ topProducts { upc ... on Book { isbn reviews { body } }
      ... on Furniture { material { name origin(unit: "region") } inStock } } }`,
  },
  'conflicting names in fragments': {
    query: `{ topProducts { ... on Book { x: isbn shippingEstimate }
      ... on Furniture { x: name material { x: origin } } } }`,
  },
  'unions with named fragments': {
    query: `query Search($text: String!) { search(text: $text) { __typename ...Parts ... on Shop { name sells } } }
      fragment Parts on Product { upc name inStock reviews { author { username } } }`,
    variables: { text: 'table' },
  },
  'include and skip, both ways': {
    query: `query Q($yes: Boolean!, $no: Boolean = false) { me { name @include(if: $yes)
      username @skip(if: $yes) reviews @include(if: $no) { body } } topProducts @skip(if: $no) { upc inStock @include(if: $yes) } }`,
    variables: { yes: true },
  },
  'a whole fetch under a condition': {
    query: `query Q($stock: Boolean!) { topProducts { upc ... @include(if: $stock) { inStock shippingEstimate } } }`,
    variables: { stock: false },
  },
  'default and provided variables': {
    query:
      'query Q($n: Int = 1, $unit: String) { topProducts(first: $n) { upc ... on Furniture { material { origin(unit: $unit) } } } }',
  },
  'a null entity': { query: '{ user(id: "99") { name reviews { body } } }' },
  'a null that fells its parent': { query: '{ user(id: "3") { id strictName } me { name } }' },
  'a null in a list of non-null elements': { query: '{ users { id strictName } }' },
  'a subgraph field that fails': { query: '{ me { name secret reviews { body } } }' },
  'a failing field with a code': { query: '{ me { coded } }' },
  'errors of single entities among many': {
    query: '{ topProducts { upc shelf } }',
  },
  'errors below a shared entity': {
    query: '{ users { reviews { product { upc shelf } } } }',
  },
  'introspection next to data': {
    query: '{ __typename __type(name: "User") { kind fields { name } } me { __typename id } }',
  },
  'a type name under an alias': { query: '{ kind: __typename topProducts { kind: __typename } }' },
  'a mutation with fields of others': {
    query:
      'mutation Add { addReview(upc: "table", body: "ok") { id body author { name } product { upc name inStock } } }',
  },
  'names of the prototype': {
    query:
      '{ __proto__: me { constructor: name toString: username __proto__: id } hasOwnProperty: me { id } }',
  },
};

const LIBRARY: Record<string, Question> = {
  'an interface object asked from where it is an interface': {
    query: '{ media { __typename id title stars blurb ... on Film { minutes } } }',
  },
  'an interface object asked from where it is an object': {
    query:
      '{ bestRated { __typename stars title ... on Novel { pages } rivals { __typename id title } } }',
  },
  'an interface object whose kind nobody asks for': {
    query: '{ bestRated { id stars rivals { stars } } }',
  },
  'one medium, by its interface': {
    query: '{ medium(id: "n1") { stars blurb ... on Novel { shelf { label } } } }',
  },
  'a medium that does not exist': { query: '{ medium(id: "x") { stars blurb } }' },
  'lists of lists with nulls': { query: '{ rows { hall number label } }' },
  'entities in a list with holes': {
    query:
      '{ loan(code: "7") { code shelf { label } holds { id title pages stars shelf { hall } } } }',
  },
};

describe.each([
  ['the reviews graph', testGraph, REVIEWS],
  ['the library graph', libraryGraph, LIBRARY],
])('answers over %s are those of stock Apollo Gateway', (_name, makeGraph, questions) => {
  let ours: Gateway;
  let stock: Awaited<ReturnType<typeof stockGateway>>;

  beforeAll(async () => {
    ({ gateway: ours } = await testGateway({ maskErrors: false, limits: false }, makeGraph()));
    stock = await stockGateway(makeGraph());
  });
  afterAll(async () => {
    await ours.close();
    await stock.stop();
  });

  for (const [name, question] of Object.entries(questions)) {
    it(name, async () => {
      const expected = comparable(await stock.ask(question));
      expect(comparable(await ours.execute(question))).toEqual(expected);
    });
  }
});
