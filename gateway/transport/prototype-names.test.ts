import type { Client } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { prototypeNames } from '../federation/testing/prototype-names.graph.js';
import type { Gateway } from '../index.js';
import { graphOf, testGateway } from '../testing/graph.js';
import { get, post, sha256 } from '../testing/http.js';
import { ask, webSocketClient } from '../testing/web-socket-client.js';

const UNTOUCHED = Reflect.ownKeys(Object.prototype);
const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'];
const POISON = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}}}';

/** An object of JSON, in which `__proto__` is a key like any other. */
const json = (text: string) => JSON.parse(text) as Record<string, unknown>;

/** What an answer says, whoever was asked under whichever request id. */
const said = (answer: unknown) =>
  JSON.parse(JSON.stringify(answer, (key, value) => (key === 'requestId' ? undefined : value)));

describe('names that every object inherits', () => {
  let gateway: Gateway;
  let url: string;
  let socket: Client;

  beforeAll(async () => {
    const registered = NAMES.map((name) => `${JSON.stringify(name)}: "{ item { id } }"`);
    ({ gateway } = await testGateway(
      {
        persistedOperations: json(`{ ${registered.slice(0, 2)} }`) as Record<string, string>,
        forwardHeaders: ['x-tenant'],
        caching: {},
      },
      graphOf(prototypeNames.subgraphs()),
    ));
    ({ url } = await gateway.listen(0));
    socket = webSocketClient(url);
  });
  afterAll(async () => {
    await socket.dispose();
    await gateway.close();
  });
  afterEach(() => {
    expect(Reflect.ownKeys(Object.prototype)).toEqual(UNTOUCHED);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  const overSocket = (request: { query?: string } | Record<string, unknown>) =>
    ask(socket, { query: '', ...request }).catch((errors) => ({ errors }));

  const questions = Object.entries(prototypeNames.questions).map(([name, asked]) => {
    const { query, variables = {} } = typeof asked === 'string' ? { query: asked } : asked;
    return [name, { query, variables }] as const;
  });

  it.each(questions)('are answered alike on every way in: %s', async (_, request) => {
    const answer = said(await gateway.execute(request));
    expect(said((await post(url, request)).body)).toEqual(answer);
    expect(said((await get(url, { ...request })).body)).toEqual(answer);
    expect(said(await overSocket(request))).toEqual(answer);
  });

  it.each(NAMES)('are names of operations: %s', async (operationName) => {
    const query = `query ${operationName} { item { id } } query Other { nothing { id } }`;
    const named = { query, operationName };
    const data = { item: { id: 'i1' } };
    expect((await post(url, named)).body).toEqual({ data });
    expect((await get(url, named)).body).toEqual({ data });
    expect(await overSocket(named)).toEqual({ data });
    const unknown = { query: 'query Other { nothing { id } }', operationName };
    const code = 'OPERATION_RESOLUTION_FAILURE';
    expect((await post(url, unknown)).body.errors?.[0]?.extensions.code).toBe(code);
    expect(await overSocket(unknown)).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  it.each(NAMES)('are ids of persisted operations: %s', async (id) => {
    const isRegistered = NAMES.indexOf(id) < 2;
    const expected = isRegistered
      ? { data: { item: { id: 'i1' } } }
      : { errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] };
    const references = [
      { documentId: id },
      { doc_id: id },
      { extensions: { persistedQuery: { version: 1, sha256Hash: id } } },
    ];
    for (const reference of references) {
      expect((await post(url, reference)).body).toMatchObject(expected);
      expect((await get(url, { ...reference })).body).toMatchObject(expected);
      expect(await overSocket(reference)).toMatchObject(expected);
    }
    const { body } = await post(url, { documentId: id, operationName: 'constructor' });
    expect(body.errors?.[0]?.extensions.code).toBe(
      isRegistered ? 'OPERATION_RESOLUTION_FAILURE' : 'PERSISTED_QUERY_NOT_FOUND',
    );
  });

  it.each(NAMES)('are fragments, variables, arguments, directives: %s', async (name) => {
    const query = `query Q($${name}: String, $yes: Boolean = true) { item { ...${name} @include(if: $yes) } echo(text: $${name}) }
      fragment ${name} on Item { ${name}: name }`;
    const request = { query, variables: json(`{ "${name}": "value" }`) };
    const data = json(`{ "item": { "${name}": "one" }, "echo": "{\\"text\\":\\"value\\"}" }`);
    expect((await post(url, request)).body).toEqual({ data });
    expect((await get(url, request)).body).toEqual({ data });
    expect(await overSocket(request)).toEqual({ data });
    const wrong = { query: `{ item { id @${name} ...${name} } ${name}(${name}: 1) { id } }` };
    expect(
      (await post(url, wrong)).body.errors?.map(({ extensions }) => extensions.code),
    ).toContain('GRAPHQL_VALIDATION_FAILED');
    expect(await overSocket(wrong)).toMatchObject({
      errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }, {}, {}],
    });
  });

  it('are keys of a request, its variables and extensions', async () => {
    const text = `{"query":"{ item { id } }","variables":${POISON},"extensions":${POISON},${POISON.slice(1, -1)}}`;
    const data = { item: { id: 'i1' } };
    expect((await post(url, text)).body).toEqual({ data });
    expect(
      (
        await get(url, {
          query: '{ item { id } }',
          variables: POISON,
          extensions: POISON,
          ['__proto__']: '1',
          constructor: '2',
        })
      ).body,
    ).toEqual({ data });
    expect(await overSocket(json(text))).toEqual({ data });
    // Without a query of its own, a request has none by its prototype.
    const none = await post(url, '{"__proto__":{"query":"{ item { id } }"}}');
    expect(none.body.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
  });

  it('are keys of extensions that are looked into', async () => {
    const query = '{ item { id } }';
    const hash = sha256(query);
    const { body } = await post(
      url,
      `{"extensions":{"__proto__":{"persistedQuery":{"sha256Hash":"constructor"}}}}`,
    );
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
    const nested = `{"query":"${query}","extensions":{"persistedQuery":{"__proto__":{"version":1,"sha256Hash":"${hash}"}}}}`;
    expect((await post(url, nested)).body.data).toBeUndefined();
    const headers = `{"query":"${query}","extensions":{"headers":{"__proto__":{"authorization":"x"},"constructor":"y","X-Tenant":"t"}}}`;
    expect(await overSocket(json(headers))).toEqual({ data: { item: { id: 'i1' } } });
  });

  it('are headers, and parameters of a connection', async () => {
    const headers = {
      constructor: 'x',
      __proto__: null,
      toString: 'y',
      'x-tenant': '__proto__',
    } as unknown as Record<string, string>;
    const data = { item: { id: 'i1' } };
    expect((await post(url, { query: '{ item { id } }' }, { ...headers })).body).toEqual({ data });
    const client = webSocketClient(url, json(`{"x-tenant":"t",${POISON.slice(1)}`));
    expect(await ask(client, { query: '{ item { id } }' })).toEqual({ data });
    await client.dispose();
  });

  it('do not hide from limits', async () => {
    const fragments = NAMES.map(
      (name, i) =>
        `fragment ${name} on Item { twin { ...${NAMES[(i + 1) % 5]} ...${NAMES[(i + 2) % 5]} } }`,
    );
    const cycle = { query: `{ item { ...__proto__ } } ${fragments.join(' ')}` };
    expect((await post(url, cycle)).body.errors?.[0]?.extensions.code).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
    const aliases = { query: `{ item { ${'__proto__:__typename '.repeat(60)} } }` };
    expect((await post(url, aliases)).body.errors?.[0]?.extensions.code).toBe('MAX_ALIASES_LIMIT');
    expect(await overSocket(aliases)).toMatchObject({
      errors: [{ extensions: { code: 'MAX_ALIASES_LIMIT' } }],
    });
  });
});
