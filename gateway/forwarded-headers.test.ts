import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { memoryStore } from './caching/memory-store.js';
import { createGateway, type GatewayOptions } from './create-gateway.js';
import { forwardable } from './forwarded-headers.js';
import { get, post } from './testing/http.js';
import { type Asked, type ServedSchema, serveSchema } from './testing/serve-schema.js';
import { ask, webSocketClient } from './testing/web-socket-client.js';

const typeDefs = parse(`
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective"])
    @link(url: "https://specs.apollo.dev/cacheControl/v0.1", import: ["@cacheControl"])
    @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int, scope: cacheControl__Scope) on FIELD_DEFINITION
  enum cacheControl__Scope { PUBLIC PRIVATE }
  type Query {
    header(name: String!): String
    kept: String @cacheControl(maxAge: 60, scope: PRIVATE)
  }
  type Subscription { header(name: String!): String }
`);

let asked = 0;
const sent = (name: string, context: unknown) => (context as Asked).headers[name];

const schema = buildSubgraphSchema({
  typeDefs,
  resolvers: {
    Query: {
      header: (_root, { name }, context) => sent(name, context),
      kept: (_root, _none, context) => {
        asked += 1;
        return `${sent('x-tenant', context)} ${asked}`;
      },
    },
    Subscription: {
      header: {
        subscribe: async function* (_root, { name }, context) {
          yield { header: sent(name, context) };
        },
        resolve: ({ header }) => header,
      },
    },
  },
});

let served: ServedSchema;
beforeAll(async () => {
  served = await serveSchema(schema);
});
afterAll(() => served.close());

async function gatewayUrl(options: Partial<GatewayOptions>): Promise<string> {
  const gateway = await createGateway({
    subgraphs: [{ name: 'echo', typeDefs, url: served.url }],
    ...(options as object),
  });
  onTestFinished(() => gateway.close());
  return (await gateway.listen(0, '127.0.0.1')).url;
}

const asking = (name: string) => ({ query: `{ header(name: "${name}") }` });
const SECRETS = { authorization: 'Bearer abc', 'x-tenant': 'one', cookie: 'a=b' };

describe('headers of clients', () => {
  it('do not reach subgraphs by themselves', async () => {
    const url = await gatewayUrl({});
    for (const name of Object.keys(SECRETS)) {
      expect((await post(url, asking(name), SECRETS)).body).toEqual({ data: { header: null } });
    }
  });

  it('reach subgraphs when they are named, and only those', async () => {
    const url = await gatewayUrl({ forwardHeaders: ['Authorization', 'x-tenant'] });
    const header = async (name: string) =>
      (await post(url, asking(name), SECRETS)).body.data as { header: string | null };
    expect(await header('authorization')).toEqual({ header: 'Bearer abc' });
    expect(await header('x-tenant')).toEqual({ header: 'one' });
    expect(await header('cookie')).toEqual({ header: null });
  });

  it('are taken from connectionParams over a WebSocket', async () => {
    const url = await gatewayUrl({ forwardHeaders: ['authorization', 'x-tenant'] });
    const client = webSocketClient(url, { Authorization: 'Bearer abc', 'X-Tenant': 'two' });
    onTestFinished(() => void client.dispose());
    for (const [name, value] of [
      ['authorization', 'Bearer abc'],
      ['x-tenant', 'two'],
    ]) {
      const query = `subscription { header(name: "${name}") }`;
      expect(await ask(client, { query })).toEqual({ data: { header: value } });
    }
  });

  it('cannot smuggle another header in', async () => {
    const url = await gatewayUrl({ forwardHeaders: ['x-tenant'] });
    const client = webSocketClient(url, { 'x-tenant': 'two\r\nauthorization: Bearer forged' });
    onTestFinished(() => void client.dispose());
    await expect(ask(client, asking('authorization'))).rejects.toMatchObject([
      { extensions: { code: 'BAD_REQUEST' } },
    ]);
  });

  it('tell apart for whom an answer is kept', async () => {
    const url = await gatewayUrl({
      forwardHeaders: ['x-tenant'],
      caching: { store: memoryStore() },
    });
    const kept = async (tenant: string) =>
      (await post(url, { query: '{ kept }' }, { 'x-tenant': tenant })).body.data;
    const ofOne = await kept('one');
    expect(ofOne).toEqual({ kept: expect.stringMatching(/^one /) });
    expect(await kept('two')).toEqual({ kept: expect.stringMatching(/^two /) });
    expect(await kept('one')).toEqual(ofOne);
    const { headers } = await get(url, { query: '{ kept }' });
    expect(headers.get('vary')).toBe('accept, authorization, cookie, x-tenant');
  });

  it.each(['content-length', 'Host', 'transfer-encoding', 'x-request-id', 'a b', ''])(
    'may not be "%s"',
    (name) => {
      expect(() => forwardable(name)).toThrow(TypeError);
    },
  );
});
