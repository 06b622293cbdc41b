import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { graphql } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { httpSource } from '../data-sources/http.js';
import { cachedGraph } from '../testing/cached-graph.js';
import { graphOf, type TestGraph, testGateway } from '../testing/graph.js';
import { get } from '../testing/http.js';
import { subgraph, type TestSubgraph } from '../testing/subgraph.js';
import { memoryStore } from './memory-store.js';

/** Serves a subgraph that puts a header on its answers, as Apollo Server does by its own hints. */
async function servedWith({ schema }: TestSubgraph, cacheControl: () => string | undefined) {
  const server = createServer(async (request, response) => {
    const { query, variables } = JSON.parse(await text(request));
    const contextValue = { identity: { kind: 'anonymous' }, requestId: '' };
    const result = await graphql({
      schema,
      source: query,
      variableValues: variables,
      contextValue,
    });
    const header = cacheControl();
    if (header !== undefined) response.setHeader('cache-control', header);
    response.end(JSON.stringify(result));
  });
  await once(server.listen(0), 'listening');
  onTestFinished(async () => {
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return httpSource({ url: `http://localhost:${port}/graphql`, headersFor: () => ({}) });
}

type Headers = Record<string, string | undefined>;

/** A gateway whose subgraphs answer with these headers, which may be changed while it runs. */
async function gatewayOver(graph: TestGraph, headers: Headers) {
  const dataSources = Object.fromEntries(
    await Promise.all(
      graph.subgraphs.map(async (each) => [
        each.name,
        await servedWith(each, () => headers[each.name]),
      ]),
    ),
  );
  const caching = { store: memoryStore() };
  const { gateway, fetches } = await testGateway({ dataSources, caching }, graph);
  onTestFinished(() => gateway.close());
  const { url } = await gateway.listen(0);
  const ask = async (query: string) => {
    const answer = await get(url, { query });
    return answer.headers.get('cache-control');
  };
  return { ask, fetches };
}

const plain = () =>
  graphOf([
    subgraph(
      'books',
      `type Query { book: Book } type Mutation { write: Int } type Book @key(fields: "id") { id: ID! title: String }`,
      { Query: { book: () => ({ id: 1, title: 'SICP' }) }, Mutation: { write: () => 1 } },
    ),
    subgraph('stars', `type Book @key(fields: "id") { id: ID! stars: Int }`, {
      Book: { __resolveReference: () => ({ stars: 5 }) },
    }),
  ]);

describe('without any hint in the supergraph, the headers of subgraphs decide', () => {
  it.each<[string, Headers, string]>([
    [
      'the least of them',
      { books: 'max-age=60, public', stars: 'max-age=9, public' },
      'max-age=9, public',
    ],
    [
      'private with one of them',
      { books: 'max-age=60, public', stars: 'max-age=90, private' },
      'max-age=60, private',
    ],
    ['nothing without one of them', { books: 'max-age=60, public' }, 'no-store'],
    ['nothing with a no-store', { books: 'max-age=60, public', stars: 'no-store' }, 'no-store'],
    ['nothing without any', {}, 'no-store'],
  ])('%s', async (_what, headers, expected) => {
    const { ask } = await gatewayOver(plain(), headers);
    expect(await ask('{ book { title stars } }')).toBe(expected);
  });

  it('those of the subgraphs that were asked', async () => {
    const { ask } = await gatewayOver(plain(), { books: 'max-age=60, public' });
    expect(await ask('{ book { title } }')).toBe('max-age=60, public');
    expect(await ask('{ __typename }')).toBe('no-store');
  });

  it('also what a response cache keeps', async () => {
    const headers: Headers = { books: 'no-store' };
    const { ask, fetches } = await gatewayOver(plain(), headers);
    for (const _ of [1, 2]) await ask('{ book { title } }');
    expect(fetches).toHaveLength(2);
    headers.books = 'max-age=60, private';
    for (const _ of [1, 2, 3]) await ask('{ book { title } }');
    expect(fetches).toHaveLength(3);
  });
});

describe('with hints in the supergraph, a header of a subgraph', () => {
  it.each<[string, Headers, string]>([
    ['may be absent', {}, 'max-age=30, public'],
    ['may shorten the time', { people: 'max-age=9, public' }, 'max-age=9, public'],
    ['may not lengthen it', { people: 'max-age=900, public' }, 'max-age=30, public'],
    ['may make it private', { news: 'max-age=30, private' }, 'max-age=30, private'],
    ['may forbid it', { news: 'no-cache' }, 'no-store'],
  ])('%s', async (_what, headers, expected) => {
    const { ask } = await gatewayOver(cachedGraph(), headers);
    expect(await ask('{ story(id: "1") { title author } }')).toBe(expected);
  });
});
