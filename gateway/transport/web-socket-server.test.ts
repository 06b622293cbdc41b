import type { Client } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Gateway } from '../index.js';
import { bearerOrAnonymous } from '../testing/bearer.js';
import { testGateway } from '../testing/graph.js';
import { sha256 } from '../testing/http.js';
import { ask, closeCodeAfter, webSocketClient } from '../testing/web-socket-client.js';

const ME = 'query Me { me { name } whoAmI }';

describe('GraphQL over WebSocket', () => {
  let gateway: Gateway;
  let url: string;
  const clients: Client[] = [];
  const connect = (params?: Record<string, unknown>) => {
    const client = webSocketClient(url, params);
    clients.push(client);
    return client;
  };

  beforeAll(async () => {
    ({ gateway } = await testGateway({
      authenticate: bearerOrAnonymous,
      persistedOperations: { [sha256(ME)]: ME },
    }));
    ({ url } = await gateway.listen(0));
  });
  afterEach(() => Promise.all(clients.splice(0).map((client) => client.dispose())));
  afterAll(() => gateway.close());

  it('runs queries and mutations', async () => {
    expect(await ask(connect(), { query: '{ me { name } }' })).toEqual({
      data: { me: { name: 'Ada Lovelace' } },
    });
    const query = 'mutation M($b: String!) { addReview(upc: "sicp", body: $b) { body } }';
    expect(await ask(connect(), { query, variables: { b: 'fine' } })).toEqual({
      data: { addReview: { body: 'fine' } },
    });
  });

  it('runs registered operations by their id', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(ME) } };
    const { data } = await ask(connect(), { query: '', extensions });
    expect(data).toMatchObject({ me: { name: 'Ada Lovelace' } });
  });

  it.each([{ Authorization: 'Bearer good' }, { authorization: 'Bearer good' }, { token: 'good' }])(
    'knows who connects with %o',
    async (params) => {
      const { data } = await ask(connect(params), { query: '{ whoAmI }' });
      expect(data).toMatchObject({ whoAmI: expect.stringMatching(/^user /) });
    },
  );

  it('takes the headers of a single operation, as GraphiQL sends them', async () => {
    const extensions = { headers: { Authorization: 'Bearer good' } };
    const { data } = await ask(connect(), { query: '{ whoAmI }', extensions });
    expect(data).toMatchObject({ whoAmI: expect.stringMatching(/^user /) });
  });

  it('closes with 4403 on a forged token', async () => {
    const init = { type: 'connection_init', payload: { token: 'forged' } };
    expect(await closeCodeAfter(url, [init])).toBe(4403);
  });

  it('closes with 4401 on an operation before the handshake', async () => {
    const subscribe = { type: 'subscribe', id: '1', payload: { query: '{ me { id } }' } };
    expect(await closeCodeAfter(url, [subscribe])).toBe(4401);
  });

  it.each([
    ['{ you }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ me', 'GRAPHQL_PARSE_FAILED'],
    ['query Q($n: Int!) { topProducts(first: $n) { upc } }', 'BAD_USER_INPUT'],
    ['', 'BAD_REQUEST'],
  ])('answers an error message to %s', async (query, code) => {
    const refused = ask(connect(), { query });
    await expect(refused).rejects.toMatchObject([
      { extensions: { code, requestId: expect.any(String) } },
    ]);
  });

  it('is not found at other paths', async () => {
    const elsewhere = url.replace('/graphql', '/elsewhere');
    await expect(closeCodeAfter(elsewhere, [])).rejects.toThrow('404');
  });
});
