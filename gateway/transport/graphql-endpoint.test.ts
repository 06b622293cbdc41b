import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gateway } from '../index.js';
import { bearerOrAnonymous } from '../testing/bearer.js';
import { testGateway } from '../testing/graph.js';
import { get, type HttpAnswer, post, sha256 } from '../testing/http.js';

const ME = 'query Me { me { name } whoAmI }';
const TOP = 'query Top($n: Int!) { topProducts(first: $n) { upc inStock } }';
const ADD = 'mutation Add($body: String!) { addReview(upc: "table", body: $body) { body } }';
const MANIFEST = {
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [ME, TOP, ADD].map((body) => ({ id: sha256(body), name: '', type: 'query', body })),
};
const byHash = (text: string) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: sha256(text) } },
});
const codes = ({ body }: HttpAnswer) => body.errors?.map(({ extensions }) => extensions.code);

describe('GraphQL over HTTP', () => {
  let gateway: Gateway;
  let url: string;

  beforeAll(async () => {
    ({ gateway } = await testGateway({
      persistedOperations: MANIFEST,
      authenticate: bearerOrAnonymous,
    }));
    ({ url } = await gateway.listen(0));
  });
  afterAll(() => gateway.close());

  describe('a registered operation', () => {
    it('runs over POST by its hash', async () => {
      const { status, headers, body } = await post(url, { ...byHash(TOP), variables: { n: 1 } });
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(body).toEqual({ data: { topProducts: [{ upc: 'table', inStock: true }] } });
    });

    it('runs over GET by its hash', async () => {
      const { status, body } = await get(url, { ...byHash(TOP), variables: { n: 1 } });
      expect([status, body]).toEqual([
        200,
        { data: { topProducts: [{ upc: 'table', inStock: true }] } },
      ]);
    });

    it.each([
      { documentId: `sha256:${sha256(ME)}` },
      { documentId: sha256(ME) },
      { id: sha256(ME) },
      { doc_id: sha256(ME) },
    ])('runs by %o', async (reference) => {
      expect((await post(url, reference)).body.data).toMatchObject({
        me: { name: 'Ada Lovelace' },
      });
      expect((await get(url, reference)).status).toBe(200);
    });

    it('changes nothing over GET', async () => {
      const answer = await get(url, { ...byHash(ADD), variables: { body: 'x' } });
      expect([answer.status, codes(answer)]).toEqual([405, ['METHOD_NOT_ALLOWED']]);
      expect(answer.headers.get('allow')).toBe('GET, POST');
    });

    it('answers as application/graphql-response+json where that is asked for', async () => {
      const accept = 'application/graphql-response+json, application/json;q=0.9';
      const { headers } = await post(url, byHash(ME), { accept });
      expect(headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
      const unknown = await post(url, { documentId: 'f00' }, { accept });
      expect(unknown.headers.get('content-type')).toContain('application/graphql-response+json');
    });

    it('refuses wrong variables with 400, or with 200 where plain JSON is asked for', async () => {
      const request = { ...byHash(TOP), variables: { n: 'x' } };
      const answer = await post(url, request);
      expect([answer.status, codes(answer)]).toEqual([400, ['BAD_USER_INPUT']]);
      const plain = await post(url, request, { accept: 'application/json' });
      expect([plain.status, codes(plain)]).toEqual([200, ['BAD_USER_INPUT']]);
    });
  });

  describe('an operation that is not registered', () => {
    it('runs by its text', async () => {
      const { status, body } = await post(url, { query: '{ users { name } }' });
      expect([status, body.errors]).toEqual([200, undefined]);
    });

    it('is unknown by its id', async () => {
      const hash = await post(url, byHash('{ other: me { id } }'));
      expect(codes(hash)).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
      expect(codes(await post(url, { documentId: 'f00' }))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    });

    it('is persisted automatically: refused, sent once with its text, then known', async () => {
      const query = 'query Auto { users { username } }';
      expect(codes(await post(url, byHash(query)))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
      expect((await post(url, { query, ...byHash(query) })).body.errors).toBeUndefined();
      const again = await get(url, byHash(query), { 'apollo-require-preflight': 'yes' });
      expect(JSON.stringify(again.body.data)).toContain('@ada');
    });

    it('is refused where its hash is that of another text', async () => {
      const answer = await post(url, { query: '{ me { id } }', ...byHash('{ other }') });
      expect([answer.status, codes(answer)]).toEqual([400, ['BAD_REQUEST']]);
    });

    it('says what is wrong with it, with 400 and a request id', async () => {
      const answer = await post(url, { query: '{ you }' }, { 'x-request-id': 'request-42' });
      expect([answer.status, codes(answer)]).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
      expect(answer.body.errors?.[0]?.extensions.requestId).toBe('request-42');
      expect(answer.headers.get('x-request-id')).toBe('request-42');
    });

    it('is refused with 400 for wrong variables', async () => {
      const answer = await post(url, { query: TOP, variables: { n: 'x' } });
      expect([answer.status, codes(answer)]).toEqual([400, ['BAD_USER_INPUT']]);
    });

    it('carries errors of subgraphs with code, path and request id', async () => {
      const { status, body } = await post(url, { query: '{ me { id coded secret } }' });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        data: { me: { id: '1', coded: null, secret: null } },
        errors: [
          { path: ['me', 'coded'], extensions: { code: 'FORBIDDEN' } },
          { path: ['me', 'secret'], message: 'Internal server error' },
        ],
      });
    });

    it('is not run when it is a subscription, and shows no planner from the inside', async () => {
      const simple = await post(url, { query: 'subscription { reviewAdded { id } }' });
      expect([simple.status, codes(simple)]).toEqual([400, ['BAD_REQUEST']]);
      const query = 'subscription S($x: Boolean!) { reviewAdded @include(if: $x) { id } }';
      const unplanned = await post(url, { query, variables: { x: true } });
      expect([unplanned.status, codes(unplanned)]).toEqual([500, ['INTERNAL_SERVER_ERROR']]);
      expect(unplanned.body.errors?.[0]?.message).toBe('Internal server error');
    });

    it.each<Record<string, string>>([
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { referer: 'http://elsewhere.example/' },
      { origin: 'http://elsewhere.example' },
    ])('is not run for a foreign page: %o', async (headers) => {
      const answer = await get(url, { query: '{ me { id } }' }, headers);
      expect([answer.status, codes(answer)]).toEqual([400, ['BAD_REQUEST']]);
    });

    it.each<Record<string, string>>([
      {},
      { 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'none' },
    ])('is run over GET otherwise: %o', async (headers) => {
      const answer = await get(url, { query: '{ me { id } }' }, headers as Record<string, string>);
      expect(answer.body).toEqual({ data: { me: { id: '1' } } });
    });
  });

  describe('identity', () => {
    it('is that of the bearer', async () => {
      const good = { authorization: 'Bearer good' };
      const { body } = await post(url, byHash(ME), good);
      expect(JSON.stringify(body.data)).toContain('"whoAmI":"user ');
      const adHoc = await post(url, { query: '{ whoAmI }' }, good);
      expect(JSON.stringify(adHoc.body.data)).toContain('"whoAmI":"user ');
    });

    it.each([byHash(ME), { query: ME }])('is refused with 401 when forged', async (body) => {
      const answer = await post(url, body, { authorization: 'Bearer forged' });
      expect([answer.status, codes(answer)]).toEqual([401, ['UNAUTHENTICATED']]);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    });
  });

  describe('what is not a GraphQL request', () => {
    it.each([
      ['{"query":', 400],
      ['[{"query":"{ me { id } }"}]', 400],
      ['{}', 400],
      ['{"query":1}', 400],
      ['{"query":"{ me { id } }","variables":[]}', 400],
    ])('%s gets a JSON error', async (body, status) => {
      const answer = await post(url, body);
      expect([answer.status, codes(answer)]).toEqual([status, ['BAD_REQUEST']]);
    });

    it('other content types get 415, other methods 405', async () => {
      const text = await post(url, '{ me { id } }', { 'content-type': 'text/plain' });
      expect(text.status).toBe(415);
      expect((await fetch(url, { method: 'PUT', body: '{}' })).status).toBe(405);
    });

    it('names an operation that the document does not have, and runs nothing', async () => {
      const query = 'mutation Add { addReview(upc: "sicp", body: "never said") { body } }';
      for (const operationName of ['Other', '']) {
        const answer = await post(url, { query, operationName });
        expect([answer.status, codes(answer)]).toEqual([400, ['OPERATION_RESOLUTION_FAILURE']]);
      }
      const reviews = await post(url, { query: '{ latestReviews { body } }' });
      expect(JSON.stringify(reviews.body)).not.toContain('never said');
    });

    it('bodies over the limit get 413', async () => {
      const answer = await post(url, { query: 'x'.repeat(1_100_000) });
      expect([answer.status, codes(answer)]).toEqual([413, ['PAYLOAD_TOO_LARGE']]);
    });

    it('chunked bodies over the limit get 413', async () => {
      const body = new Blob(['x'.repeat(1_100_000)]).stream();
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
      expect((await fetch(url, init)).status).toBe(413);
    });
  });
});

describe('a gateway that runs registered operations only', () => {
  it('takes the id or the very text of one, and nothing else', async () => {
    const { gateway } = await testGateway({ persistedOperations: MANIFEST, allowAdHoc: false });
    const { url } = await gateway.listen(0);
    expect((await post(url, byHash(ME))).body.errors).toBeUndefined();
    expect((await post(url, { query: ME })).body.errors).toBeUndefined();
    expect(codes(await post(url, { query: '{ me { id } }' }))).toEqual(['QUERY_NOT_IN_SAFELIST']);
    expect(codes(await post(url, byHash('{ x }')))).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    await gateway.close();
  });
});

describe('registered operations', () => {
  const id = sha256(ME);

  it.each([
    ["Apollo's manifest", MANIFEST],
    ['what graphql-codegen writes', { [id]: ME }],
    ['hashes with their algorithm', { [`sha256:${id}`]: ME }],
  ])('are taken from %s, with the same results', async (_format, persistedOperations) => {
    const { gateway } = await testGateway({ persistedOperations });
    const { url } = await gateway.listen(0);
    const data = { me: { name: 'Ada Lovelace' } };
    for (const reference of [byHash(ME), { documentId: `sha256:${id}` }, { doc_id: id }]) {
      expect((await post(url, reference)).body).toMatchObject({ data });
    }
    await gateway.close();
  });

  it("are taken from Relay's file, whose ids are MD5", async () => {
    const relay = createHash('md5').update(ME).digest('hex');
    const { gateway } = await testGateway({ persistedOperations: { [relay]: ME } });
    const { url } = await gateway.listen(0);
    const { body } = await post(url, { doc_id: relay });
    expect(body.data).toMatchObject({ me: { name: 'Ada Lovelace' } });
    await gateway.close();
  });
});
