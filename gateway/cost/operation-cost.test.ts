import { buildSchema, getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { composeSubgraphs, loadSupergraph } from '../supergraph.js';
import { leastCpuMs } from '../testing/cpu-time.js';
import { OperationCosts } from './operation-cost.js';

const DIRECTIVES = `
  directive @cost(weight: Int!) on
    ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @listSize(
    assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true
  ) on FIELD_DEFINITION`;

const schema = buildSchema(`${DIRECTIVES}
  type Query {
    book(filter: Filter, by: Name): Book
    books: [Book!]!
    few: [Book] @listSize(assumedSize: 3)
    page(first: Int = 20, last: Int): [Book]
    paged(size: Int): [Book] @listSize(slicingArguments: ["size"], assumedSize: 7)
    shelf(first: Int): Shelf
    store(take: Int): Store @listSize(slicingArguments: ["take"], sizedFields: ["items"])
    thing: Thing
    byId(ids: [ID!]): [Book]
    things: [Thing]
    matrix: [[Int]]
  }
  type Mutation { add: Book }
  type Book { id: ID! author: Author cover: Image search(text: String @cost(weight: 4)): Int @cost(weight: 5) }
  type Author @cost(weight: 3) { name: String books(limit: Int): [Book] twin: Author }
  type Shelf { edges: [Edge] nodes: [Book] count: Int }
  type Edge { node: Book next(first: Int): Shelf }
  type Store { items: [Book] others: [Book] }
  union Thing = Book | Author
  input Filter { a: Int b: Filter c: [Filter] dear: Int @cost(weight: 8) }
  scalar Image @cost(weight: 2)
  enum Name @cost(weight: 6) { A }
`);
const costs = new OperationCosts(schema, 10);

function costOf(query: string) {
  const document = parse(query);
  return costs.of(document, getOperationAST(document, 'Q') as OperationDefinitionNode);
}

describe('the cost of an operation', () => {
  it.each([
    ['an object is 1, a leaf nothing', '{ book { id } }', 1],
    ['a type has the weight of its @cost', '{ book { author { name } } }', 4],
    ['so does a scalar', '{ book { cover } }', 3],
    ['a field and an argument outdo their types', '{ book { search(text: "a") } }', 10],
    [
      'an input object is 1, and its fields count',
      '{ book(filter: { dear: 1, b: { a: 1 }, c: [{}, {}] }) { id } }',
      13,
    ],
    ['an argument has the weight of its type', '{ book(by: A) { id } }', 7],
    ['a list holds what lists are taken to hold', '{ books { id author { name } } }', 40],
    ['a list has its assumed size', '{ few { id } }', 3],
    ['a list has the size asked for', '{ page(first: 5) { id } }', 5],
    ['the larger of two sizes counts', '{ page(first: 5, last: 8) { id } }', 8],
    ['an argument left out has its default', '{ page { id } }', 20],
    ['a size below nothing is nothing', '{ page(first: -5) { id } }', 0],
    [
      'a size beyond all numbers is a large number',
      `{ page(first: ${'9'.repeat(400)}) { id } }`,
      Number.MAX_SAFE_INTEGER,
    ],
    ['even of what costs nothing', `{ shelf(first: ${'9'.repeat(400)}) { count } }`, 1],
    ['a list of ids has as many answers', '{ byId(ids: [1, 2, 3]) { id } }', 3],
    ['slicing arguments may be named', '{ paged(size: 4) { id } }', 4],
    ['without them the assumed size holds', '{ paged { id } }', 7],
    [
      'a connection hands its size to its lists',
      '{ shelf(first: 4) { count edges { node { id } } nodes { id } } }',
      13,
    ],
    [
      'but not to lists further down',
      '{ shelf(first: 2) { edges { node { author { books { id } } } } } }',
      31,
    ],
    ['sized fields may be named', '{ store(take: 2) { items { id } others { id } } }', 13],
    ['a union has the most of its types', '{ thing { ... on Book { id } } }', 3],
    ['lists multiply', '{ page(first: 3) { author { books(limit: 4) { id } } } }', 24],
    ['a list of leaves is nothing', '{ matrix }', 0],
    ['a mutation is 10 more', 'mutation Q { add { id } }', 11],
    ['type names are nothing', '{ __typename book { __typename } }', 1],
    ['introspection is 100', '{ __schema { types { name } } }', 100],
    [
      'fragments count where they are spread',
      'query Q { a: book { ...F } b: book { ...F ... { ... on Book { author { name } } } } } fragment F on Book { author { name } }',
      11,
    ],
    [
      'a fragment has the size of where it is spread',
      '{ a: shelf(first: 2) { ...F } b: shelf(first: 3) { ...F } } fragment F on Shelf { ...G } fragment G on Shelf { nodes { id } }',
      7,
    ],
    [
      'what is not in the schema is nothing',
      '{ nothing { id } book { ... on Nothing { id } ...Nowhere } }',
      1,
    ],
  ])('%s', (_, query, cost) => {
    expect(costOf(query.replace(/^{/, 'query Q {')).cost).toBe(cost);
  });

  it('goes by the variables of a request', () => {
    const { cost, costWith } = costOf(
      'query Q($n: Int, $m: Int = 2) { shelf(first: $n) { edges { node { author { books(limit: $m) { id } } } } } }',
    );
    const expected = (n: number, m: number) => 1 + n * (1 + 1 + 3 + m);
    expect(cost).toBe(expected(10, 2));
    expect(costWith({})).toBe(cost);
    expect(costWith({ n: 100, m: 50 })).toBe(expected(100, 50));
    expect(costWith({ n: null, m: 'many' })).toBe(cost);
    const byId = costOf('query Q($ids: [ID!] = [1]) { byId(ids: $ids) { id } }');
    expect([byId.cost, byId.costWith({ ids: ['a', 'b'] })]).toEqual([1, 2]);
  });

  it('takes a variable for no more than its own value', () => {
    const { costWith } = costOf(
      'query Q($constructor: Int, $__proto__: Int) { page(first: $constructor, last: $__proto__) { id } }',
    );
    expect(costWith({})).toBe(20);
    expect(costWith(JSON.parse('{ "__proto__": 3 }'))).toBe(20);
  });

  it('never walks what fragments multiply to, and stops at what a number can hold', async () => {
    const levels = Array.from({ length: 100 }, (_, i) => {
      const inner =
        i === 99
          ? 'edges { node { id } }'
          : `edges { next(first: $n) { ...F${i + 1} } node { id } }`;
      return `fragment F${i} on Shelf { a: ${inner} b: ${inner} }`;
    });
    const query = `query Q($n: Int) { shelf { ...F0 } } ${levels.join(' ')}`;
    const { cost, costWith } = costOf(query);
    expect([cost, costWith({ n: 3 })]).toEqual([Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]);
    expect(await leastCpuMs(() => costOf(query).costWith({ n: 3 }))).toBeLessThan(250);
  });

  it('counts a fragment within itself once', () => {
    expect(
      costOf('query Q { book { ...F } } fragment F on Book { author { books { ...F } } }').cost,
    ).toBe(14);
  });

  it('reads the directives of a supergraph, whatever they are called there', () => {
    const typeDefs = parse(`
      extend schema @link(
        url: "https://specs.apollo.dev/federation/v2.9"
        import: [{ name: "@cost", as: "@price" }, { name: "@listSize", as: "@holds" }]
      )
      type Query { dear: Int @price(weight: 9) few: [Book] @holds(assumedSize: 3) }
      type Book { id: ID! }`);
    const { fullSchema } = loadSupergraph({
      supergraph: composeSubgraphs([{ name: 'books', typeDefs }]),
    });
    const document = parse('query Q { dear few { id } }');
    const definition = getOperationAST(document) as OperationDefinitionNode;
    expect(new OperationCosts(fullSchema, 10).of(document, definition).cost).toBe(12);
  });
});
