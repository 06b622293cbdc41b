import { connect } from 'node:net';
import { GraphQLError } from 'graphql';
import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpSource } from '../data-sources/http.js';
import type { Gateway } from '../index.js';
import { graphOf, testGateway } from '../testing/graph.js';
import { get, post, sha256 } from '../testing/http.js';
import { memoryLog } from '../testing/memory-log.js';
import { subgraph } from '../testing/subgraph.js';
import { ask, closeCodeAfter, webSocketClient } from '../testing/web-socket-client.js';

const AWAY = 'http://127.0.0.1:9/internal-path';
const REGISTERED = 'query Registered($mood: Mood) { find(mood: $mood) { id } }';

const vault = () =>
  subgraph(
    'vault',
    /* GraphQL */ `
      type Query {
        me: Person
        find(by: Filter, mood: Mood, number: Int): [Person]
        fails: String
        refuses: String
        confused: String
        echo(any: Any): Any
      }
      type Mutation {
        rename(name: String): String
      }
      type Subscription {
        moved(mood: Mood): String
      }
      type Person @key(fields: "id") {
        id: ID!
        secretName: String
      }
      input Filter {
        secretField: String
      }
      enum Mood {
        SECRET_MOOD
      }
      scalar Any
    `,
    {
      Query: {
        me: () => ({ id: '1', secretName: 'x' }),
        find: () => [],
        fails: () => {
          throw new Error('connect ECONNREFUSED postgres://root:pw@10.1.2.3/vault');
        },
        refuses: () => {
          throw new GraphQLError('That is none. Did you mean "secretName"?', {
            extensions: {
              code: 'FORBIDDEN',
              response: { url: 'http://10.1.2.3/users', status: 403 },
              exception: { stacktrace: ['Error: at vault.js:1:1'] },
              stacktrace: ['Error: at vault.js:1:1'],
              http: { status: 418 },
            },
          });
        },
        confused: () => {
          throw new GraphQLError('10.1.2.3 has no "secretName"', {
            extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
          });
        },
        echo: (_: unknown, { any }: { any: unknown }) => any,
      },
      Mutation: { rename: () => 'renamed' },
      Subscription: {
        moved: {
          async *subscribe() {
            yield { moved: 'there' };
          },
        },
      },
    },
  );

const away = () => subgraph('away', 'type Person @key(fields: "id") { id: ID! distance: Int }', {});

describe('an attacker of a gateway in production', () => {
  const log = memoryLog();
  let gateway: Gateway;
  let url: string;
  let socket: Client;

  beforeAll(async () => {
    ({ gateway } = await testGateway(
      {
        introspection: false,
        dataSources: { away: httpSource({ url: AWAY }) },
        persistedOperations: { registered: REGISTERED },
        log,
      },
      graphOf([vault(), away()]),
    ));
    ({ url } = await gateway.listen(0));
    socket = webSocketClient(url);
  });
  afterAll(async () => {
    await socket.dispose();
    await gateway.close();
  });

  type Request = { query?: string; documentId?: string; variables?: Record<string, unknown> };

  /** Every way in, with the whole answer as text. */
  const ways: Array<[string, (request: Request) => Promise<string>]> = [
    ['POST', async (request) => JSON.stringify((await post(url, request)).body)],
    ['GET', async (request) => JSON.stringify((await get(url, { ...request })).body)],
    [
      'WebSocket',
      async (request) =>
        JSON.stringify(
          await ask(socket, { query: '', ...request }).catch((errors) => ({ errors })),
        ),
    ],
    ['the process itself', async (request) => JSON.stringify(await gateway.execute(request))],
  ];

  describe.each(ways)('over %s', (_, answerTo) => {
    it.each([
      '{ __schema { types { name } } }',
      '{ __type(name: "Person") { fields { name } } }',
      '{ me { id } ...F } fragment F on Query { a: __schema { queryType { name } } }',
      'query Q { __schema { types { name } } }',
    ])('learns nothing of the schema by %s', async (query) => {
      const text = await answerTo({ query });
      expect(text).toMatch(/introspection/i);
      expect(text).not.toMatch(/Person|"data"|secret/);
    });

    it.each<[string, Request]>([
      ['a field', { query: '{ me { secretNam } }' }],
      ['a root field', { query: '{ mee { id } }' }],
      ['a type', { query: '{ me { ... on Perso { id } } }' }],
      ['the type of a variable', { query: 'query($f: Filte) { find(by: $f) { id } }' }],
      ['an argument', { query: '{ find(moo: SECRET_MOOD) { id } }' }],
      ['a directive', { query: '{ me { id @includ(if: true) } }' }],
      ['an enum value', { query: '{ find(mood: SECRET_MOO) { id } }' }],
      ['an enum value as a string', { query: '{ find(mood: "SECRET_MOO") { id } }' }],
      ['a field of an input', { query: '{ find(by: { secretFiel: "x" }) { id } }' }],
      [
        'an enum value in a variable',
        { query: 'query($m: Mood) { find(mood: $m) { id } }', variables: { m: 'SECRET_MOO' } },
      ],
      [
        'a field of an input in a variable',
        { query: 'query($f: Filter) { find(by: $f) { id } }', variables: { f: { secretFiel: 1 } } },
      ],
      [
        'a variable of what is registered',
        { documentId: 'registered', variables: { mood: 'SECRET_MOO' } },
      ],
      ['what a subgraph knows', { query: '{ refuses }' }],
    ])('is not told what %s is called', async (_name, request) => {
      const text = await answerTo(request);
      expect(text).toContain('"code"');
      expect(text).not.toMatch(
        /Did you mean|"secretName\b|secretField\b|"me\\"|"SECRET_MOOD\\"|include\b/,
      );
    });

    it.each([
      '{ fails }',
      '{ me { distance } }',
      '{ refuses }',
      '{ confused }',
      '{ me { id',
      '{ a: fails b: refuses me { distance } }',
    ])('sees neither stacks nor addresses by %s', async (query) => {
      const text = await answerTo({ query });
      expect(text).toContain('"errors"');
      expect(text).not.toMatch(
        /127\.0\.0\.1|internal-path|10\.1\.2\.3|ECONN|postgres|stack|\.js|\.ts|node_modules|exception|vault|away/,
      );
    });
  });

  it('leaves what happened in the log', () => {
    expect(log.text()).toContain('postgres://root:pw@10.1.2.3/vault');
    expect(log.text()).toContain('ECONNREFUSED');
  });

  it('does not decide the status by what a subgraph says', async () => {
    expect((await post(url, { query: '{ refuses }' })).status).toBe(200);
  });

  it('is not told more by a subscription', async () => {
    const request = {
      query: 'subscription($m: Mood) { moved(mood: $m) }',
      variables: { m: 'SECRET_MOO' },
    };
    const errors = await ask(socket, request).catch((refused) => refused);
    expect(JSON.stringify(errors)).toContain('BAD_USER_INPUT');
    expect(JSON.stringify(errors)).not.toMatch(/Did you mean|"SECRET_MOOD/);
    expect(await ask(socket, { query: 'subscription { moved }' })).toEqual({
      data: { moved: 'there' },
    });
  });

  describe('from a foreign page', () => {
    const query = '{ me { id } }';

    it.each([
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      '',
    ])('cannot post what a browser sends without asking: %s', async (type) => {
      const response = await post(url, { query }, { 'content-type': type });
      expect([response.status, response.body.errors?.[0]?.extensions.code]).toEqual([
        415,
        'BAD_REQUEST',
      ]);
    });

    it.each<Record<string, string>>([
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { referer: 'https://evil.example/' },
    ])('cannot get %o', async (headers) => {
      const { status, body } = await get(url, { query }, headers);
      expect([status, body.data]).toEqual([400, undefined]);
      expect(body.errors?.[0]?.message).toContain('CSRF');
      const asked = { ...headers, 'apollo-require-preflight': '1' };
      expect((await get(url, { query }, asked)).status).toBe(200);
    });

    it('changes nothing over GET', async () => {
      const { status, body } = await get(url, { query: 'mutation { rename(name: "x") }' });
      expect([status, body.data]).toEqual([405, undefined]);
    });
  });

  describe('with too much or with rubbish', () => {
    it.each([
      '[{"query":"{ me { id } }"},{"query":"{ me { id } }"}]',
      '[]',
      '{"query":"{ me { id } }"',
      '',
      'null',
      '"{ me { id } }"',
      '{"query":{"toString":1}}',
      '{"query":"{ me { id } }","operationName":1}',
      '{"query":"{ me { id } }","extensions":"x"}',
      `{"query":"{ me { id } }","variables":${'['.repeat(100_000)}`,
    ])('gets an error in JSON for %.60s', async (body) => {
      const answer = await post(url, body);
      expect([answer.status, answer.body.data]).toEqual([400, undefined]);
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(answer.body.errors?.[0]?.extensions).toMatchObject({
        code: 'BAD_REQUEST',
        requestId: expect.any(String),
      });
    });

    it('is not let in with variables that never end', async () => {
      const deep = `${'['.repeat(150_000)}${']'.repeat(150_000)}`;
      const query = 'query($any: Any) { echo(any: $any) }';
      const { status, body } = await post(url, `{"query":"${query}","variables":{"any":${deep}}}`);
      expect([status < 600, JSON.stringify(body).length < 1_000_000]).toEqual([true, true]);
      expect((await post(url, { query: '{ me { id } }' })).body).toEqual({
        data: { me: { id: '1' } },
      });
    });

    it('may send no bodies over the limit', async () => {
      const { status, body } = await post(url, {
        query: '{ me { id } }',
        variables: { x: 'x'.repeat(1_100_000) },
      });
      expect([status, body.errors?.[0]?.extensions.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    });

    it('may send no frames over the limit, or what is no message', async () => {
      const payload = { query: '{ me { id } }', variables: { x: 'x'.repeat(1_100_000) } };
      expect(
        await closeCodeAfter(url, [
          { type: 'connection_init' },
          { type: 'subscribe', id: '1', payload },
        ]),
      ).toBe(1009);
      expect(await closeCodeAfter(url, [[{ type: 'connection_init' }]])).toBe(4400);
      expect(
        await closeCodeAfter(url, [
          { type: 'connection_init' },
          { type: 'subscribe', id: '1', payload: [] },
        ]),
      ).toBe(4400);
    });

    it('gets no more than a status for what is not HTTP', async () => {
      const { port, hostname } = new URL(url);
      const text = await new Promise<string>((resolve, reject) => {
        const raw = connect(Number(port), hostname, () => raw.end('nonsense\r\n\r\n'));
        raw.on('data', (chunk) => resolve(String(chunk)));
        raw.on('error', reject);
      });
      expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nConnection: close\r\n\r\n$/);
    });

    it('gets a request id of the gateway in place of one that would not do in a log', async () => {
      const { headers } = await post(
        url,
        { query: '{ me { id } }' },
        { 'x-request-id': 'a b"<script>' },
      );
      expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    });

    it('is not answered what was asked under another hash', async () => {
      const extensions = { persistedQuery: { version: 1, sha256Hash: sha256('{ me { id } }') } };
      const { status, body } = await post(url, { query: '{ fails }', extensions });
      expect([status, body.data]).toEqual([400, undefined]);
    });
  });
});
