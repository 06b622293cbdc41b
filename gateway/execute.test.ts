import { describe, expect, it } from 'vitest';
import type { FetchEvent } from './index.js';
import { deadSource, testGateway } from './testing/graph.js';
import { memoryLog } from './testing/memory-log.js';

const NESTED = `query Nested {
  me { name reviews { body product { upc name inStock reviews { author { name } } } } }
}`;

const calls = (fetches: FetchEvent[]) =>
  fetches.map(({ subgraph, representations }) => `${subgraph} ${representations}`).sort();

describe('a query over several subgraphs', () => {
  it('costs one batch per subgraph and level, each entity in it once', async () => {
    const { gateway, fetches } = await testGateway();
    const result = await gateway.execute({ query: NESTED });
    expect(result.errors).toBeUndefined();
    expect(JSON.stringify(result.data)).toContain(
      '{"body":"Love it!","product":{"upc":"table","name":"Table","inStock":true,' +
        '"reviews":[{"author":{"name":"Ada Lovelace"}},{"author":{"name":"Alan Turing"}}]}}',
    );
    expect(calls(fetches)).toEqual([
      'accounts 0',
      'accounts 2',
      'inventory 2',
      'products 2',
      'reviews 1',
    ]);
  });

  it('does not call a subgraph whose part is skipped, or whose entities are null', async () => {
    const { gateway, fetches } = await testGateway();
    const query = `query Q($no: Boolean = false) {
      user(id: "99") { reviews { body } } topProducts { upc ... @include(if: $no) { inStock } } }`;
    const { data } = await gateway.execute({ query });
    expect(data).toMatchObject({ user: null });
    expect(calls(fetches)).toEqual(['accounts 0', 'products 0']);
  });

  it('tells each subgraph who asks and under which request id', async () => {
    const { gateway } = await testGateway();
    const identity = { kind: 'service', name: 'tests' } as const;
    const operation = { query: '{ whoAmI }', identity, requestId: 'request-42' };
    expect(await gateway.execute(operation)).toEqual({ data: { whoAmI: 'service request-42' } });
  });

  it('plans an operation once', async () => {
    const { gateway } = await testGateway();
    const { operations } = gateway.engine;
    expect(operations.adHoc(NESTED, 'Nested')).toBe(operations.adHoc(NESTED, 'Nested'));
  });
});

describe('when a part fails', () => {
  it('a subgraph that is down nulls its own fields, and nothing of it shows', async () => {
    const log = memoryLog();
    const { gateway } = await testGateway({ dataSources: { inventory: deadSource }, log });
    const { data, errors } = await gateway.execute({
      query: '{ topProducts(first: 1) { upc inStock } me { name } warehouses }',
      requestId: 'request-42',
    });
    expect(data).toBeNull();
    expect(JSON.stringify(errors)).not.toMatch(/10\.1\.2\.3|ECONNREFUSED|stack/);
    expect(errors?.map(({ path, extensions }) => ({ path, ...extensions }))).toEqual([
      { path: undefined, code: 'SUBGRAPH_UNAVAILABLE', requestId: 'request-42' },
      { path: ['topProducts'], code: 'SUBGRAPH_UNAVAILABLE', requestId: 'request-42' },
    ]);
    expect(log.text()).toContain('ECONNREFUSED');
    expect(log.text()).toContain('request-42');
  });

  it('the other fields are served', async () => {
    const { gateway } = await testGateway({ dataSources: { inventory: deadSource } });
    const { data } = await gateway.execute({
      query: '{ topProducts(first: 1) { upc inStock } me { name } }',
    });
    expect(JSON.stringify(data)).toBe(
      '{"topProducts":[{"upc":"table","inStock":null}],"me":{"name":"Ada Lovelace"}}',
    );
  });

  it('an error with a code reaches the client, one without is masked and logged', async () => {
    const log = memoryLog();
    const { gateway } = await testGateway({ log });
    const { errors } = await gateway.execute({
      query: '{ me { s: secret coded } }',
      requestId: 'request-42',
    });
    expect(errors?.map((error) => error.toJSON())).toEqual([
      {
        message: 'Internal server error',
        path: ['me', 's'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'request-42' },
      },
      {
        message: 'Ask your administrator',
        path: ['me', 'coded'],
        extensions: { code: 'FORBIDDEN', requestId: 'request-42' },
      },
    ]);
    expect(log.text()).toContain('password of postgres');
  });

  it('an error of an entity is reported at each place the entity stands', async () => {
    const { gateway, fetches } = await testGateway();
    const { data, errors } = await gateway.execute({
      query: 'mutation M { a: addReview(upc: "couch", body: "x") { id } }',
    });
    expect({ data, errors }).toEqual({ data: { a: { id: '5' } }, errors: undefined });
    const query = '{ users { id reviews { product { shelf } } } }';
    const { errors: found } = await gateway.execute({ query });
    expect(found?.map(({ path }) => path?.join('.'))).toEqual([
      'users.0.reviews.1.product.shelf',
      'users.0.reviews.2.product.shelf',
    ]);
    expect(calls(fetches)).toContain('inventory 3');
  });

  it('null moves up to the next nullable field', async () => {
    const { gateway } = await testGateway();
    const query = '{ user(id: "3") { id strictName } me { strictName } }';
    const { data, errors } = await gateway.execute({ query });
    expect(data).toMatchObject({ user: null, me: { strictName: 'Ada Lovelace' } });
    expect(errors?.map(({ path }) => path)).toEqual([['user', 'strictName']]);
  });

  it('refuses variables of the wrong type before anything runs', async () => {
    const { gateway, fetches } = await testGateway();
    const query = 'query Q($n: Int!) { topProducts(first: $n) { upc } }';
    const result = await gateway.execute({ query, variables: { n: 'many' } });
    expect('data' in result).toBe(false);
    expect(result.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(fetches).toEqual([]);
  });

  it.each([
    ['{ me {', 'GRAPHQL_PARSE_FAILED'],
    ['{ you }', 'GRAPHQL_VALIDATION_FAILED'],
    ['query A { me { id } } query B { me { id } }', 'OPERATION_RESOLUTION_FAILURE'],
    ['subscription { reviewAdded { id } }', 'BAD_REQUEST'],
  ])('refuses %s with %s', async (query, code) => {
    const { gateway } = await testGateway();
    const { errors } = await gateway.execute({ query });
    expect(errors?.[0]?.extensions).toMatchObject({ code });
  });

  it('gives nothing of the schema away without introspection', async () => {
    const { gateway } = await testGateway({ introspection: false });
    const query = '{ __schema { types { name } } topProduct { upc } }';
    const { errors } = await gateway.execute({ query });
    expect(errors?.[0]?.message).toContain('introspection');
    expect(JSON.stringify(errors)).not.toContain('topProducts');
  });
});

describe('starting', () => {
  it('names the subgraphs that have no data source', async () => {
    const { graph } = await testGateway();
    const { reviews: _none, ...others } = graph.sources;
    const { createGateway } = await import('./index.js');
    const incomplete = createGateway({ supergraph: graph.supergraph, dataSources: others });
    await expect(incomplete).rejects.toThrow('No data source for the subgraph reviews');
  });
});
