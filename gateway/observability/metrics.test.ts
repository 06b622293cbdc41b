import { Registry } from 'prom-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { memoryStore } from '../caching/memory-store.js';
import type { GatewayOptions } from '../create-gateway.js';
import { cachedGraph } from '../testing/cached-graph.js';
import { deadSource, testGateway, testGraph } from '../testing/graph.js';
import { get, post } from '../testing/http.js';
import { parsePrometheusText } from '../testing/prometheus-text.js';
import { closeCodeAfter, webSocketClient } from '../testing/web-socket-client.js';
import { prometheusText } from './prometheus-text.js';

const ME = 'query Me { me { name } }';
const TOP = 'query Top($n: Int!) { topProducts(first: $n) { upc inStock } }';
const ADDED = 'subscription Added { reviewAdded { id product { name } } }';
const persistedOperations = { me: ME, top: TOP, added: ADDED };
const REVIEW = { id: '77', body: 'new', authorId: '2', upc: 'couch' };

async function measured(options: Partial<GatewayOptions> = {}) {
  const graph = testGraph();
  const { gateway } = await testGateway({ metrics: {}, persistedOperations, ...options }, graph);
  onTestFinished(() => gateway.close());
  const { url } = await gateway.listen(0);
  const scrape = async () => {
    const response = await fetch(new URL('/metrics', url));
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    return parsePrometheusText(await response.text());
  };
  /** The value of the one sample with these labels. */
  const read = async (name: string, labels: Record<string, string> = {}) => {
    const family = (await scrape()).get(name.replace(/_(count|sum|bucket)$/, ''));
    const of = family?.samples.filter(
      (sample) =>
        sample.name === name &&
        Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
    );
    return of?.reduce((sum, { value }) => sum + value, 0);
  };
  return { gateway, url, feed: graph.feed, scrape, read };
}

describe('metrics', () => {
  it('are named by the conventions of Prometheus, those of the process included', async () => {
    const { url, scrape } = await measured();
    await post(url, { documentId: 'me' });
    const families = await scrape();
    expect([...families.keys()]).toContain('nodejs_eventloop_lag_seconds');
    const own = [...families].filter(([name]) => name.startsWith('gateway_'));
    expect(own.length).toBeGreaterThan(10);
    for (const [name, { type }] of own) {
      if (type === 'counter') expect(name).toMatch(/_total$/);
      if (type === 'histogram') expect(name).toMatch(/_seconds$/);
      if (type === 'gauge') expect(name).not.toMatch(/_(total|seconds|count)$/);
    }
  });

  it('count requests and operations, the registered ones by name', async () => {
    const { url, gateway, read } = await measured();
    await post(url, { documentId: 'me' });
    await post(url, { documentId: 'me' });
    await post(url, { query: 'query ForbiddenLove { me { name } }' });
    await gateway.execute({ documentId: 'top', variables: { n: 'x' } });
    const operations = (labels: Record<string, string>) =>
      read('gateway_operation_duration_seconds_count', labels);
    expect(await operations({ operation: 'Me', kind: 'query', outcome: 'ok' })).toBe(2);
    expect(await operations({ operation: 'ad hoc', kind: 'query', outcome: 'ok' })).toBe(1);
    expect(await operations({ operation: 'Top', kind: 'query', outcome: 'refused' })).toBe(1);
    expect(await operations({})).toBe(4);
    expect(
      await read('gateway_http_request_duration_seconds_count', { method: 'POST', status: '200' }),
    ).toBe(3);
  });

  it('have no label that a client could make up', async () => {
    const { url, scrape } = await measured();
    await post(url, { query: 'query MadeUp { me { name } }' });
    await fetch(url, { method: 'PROPFIND' });
    await post(url, { query: '{ nonsense(' });
    const labels = [...(await scrape())]
      .filter(([name]) => name.startsWith('gateway_'))
      .flatMap(([, { samples }]) => samples.flatMap((sample) => Object.values(sample.labels)));
    expect(labels.filter((label) => /MadeUp|PROPFIND|nonsense/.test(label))).toEqual([]);
  });

  it('tell what was found compiled and what was not', async () => {
    const { url, read } = await measured();
    for (const body of [{ documentId: 'me' }, { query: '{ me { name } }' }]) {
      for (let i = 0; i < 3; i++) await post(url, body);
    }
    const compiled = (registered: string) => read('gateway_compiled_operations', { registered });
    expect([await compiled('true'), await compiled('false')]).toEqual([1, 1]);
    expect(await read('gateway_compilation_duration_seconds_count', { outcome: 'planned' })).toBe(
      2,
    );
    expect(await read('gateway_compiled_operation_hits_total')).toBe(4);
  });

  it('tell what was found in the response cache', async () => {
    const caching = { store: memoryStore() };
    const { gateway } = await testGateway({ metrics: {}, caching }, cachedGraph());
    onTestFinished(() => gateway.close());
    const { url } = await gateway.listen(0);
    for (let i = 0; i < 3; i++) await get(url, { query: '{ headline }' });
    const text = await (await fetch(new URL('/metrics', url))).text();
    expect(text).toContain('gateway_response_cache_hits_total 2\n');
    expect(text).toContain('gateway_response_cache_misses_total 1\n');
  });

  it('tell what came of calls to subgraphs, and the state of their breakers', async () => {
    const { gateway, read } = await measured({
      dataSources: { accounts: deadSource },
      subgraphCalls: { retryBudget: false, breaker: { minimumCalls: 2 } },
    });
    const state = (subgraph: string, state: string) =>
      read('gateway_circuit_breaker_state', { subgraph, state });
    expect([await state('accounts', 'closed'), await state('accounts', 'open')]).toEqual([1, 0]);
    for (let i = 0; i < 4; i++)
      await gateway.execute({ query: '{ me { name } topProducts { upc } }' });
    const fetches = (subgraph: string, outcome: string) =>
      read('gateway_fetch_duration_seconds_count', { subgraph, outcome });
    expect(await fetches('products', 'ok')).toBe(4);
    expect(await fetches('accounts', 'failed')).toBe(2);
    expect(await fetches('accounts', 'circuit open')).toBe(2);
    expect([await state('accounts', 'closed'), await state('accounts', 'open')]).toEqual([0, 1]);
    expect(await state('products', 'closed')).toBe(1);
    const changes = (state: string) =>
      read('gateway_circuit_breaker_changes_total', { subgraph: 'accounts', state });
    expect([await changes('open'), await changes('closed')]).toEqual([1, 0]);
  });

  it('count refusals by code, whichever way they come', async () => {
    const { url, read } = await measured();
    await post(url, { documentId: 'unknown' });
    await post(url, { documentId: 'top', variables: { n: 'x' } });
    await post(url, { query: '{ no such' });
    await post(url, { query: '{ nothing }' });
    const client = webSocketClient(url);
    await expect(client.iterate({ query: '{ nothing }' }).next()).rejects.toBeDefined();
    await client.dispose();
    const refusals = (code: string) => read('gateway_refusals_total', { code });
    expect(await refusals('PERSISTED_QUERY_NOT_FOUND')).toBe(1);
    expect(await refusals('BAD_USER_INPUT')).toBe(1);
    expect(await refusals('GRAPHQL_PARSE_FAILED')).toBe(1);
    expect(await refusals('GRAPHQL_VALIDATION_FAILED')).toBe(2);
    await post(url, { query: `{ me { name } } #${'-'.repeat(1_100_000)}` });
    expect(await refusals('PAYLOAD_TOO_LARGE')).toBe(1);
    expect(await refusals('other')).toBe(0);
  });

  it('follow sockets and subscriptions until they are over', async () => {
    const { url, feed, read } = await measured();
    const client = webSocketClient(url);
    const left = client.iterate({
      query: '',
      extensions: { persistedQuery: { sha256Hash: 'added' } },
    });
    const completed = client.iterate({ query: ADDED });
    await expect.poll(() => feed.open.size).toBe(2);
    expect(await read('gateway_subscriptions')).toBe(2);
    expect(await read('gateway_web_sockets')).toBe(1);
    feed.publish(REVIEW);
    await Promise.all([left.next(), completed.next()]);
    const events = (operation: string) => read('gateway_subscription_events_total', { operation });
    expect([await events('Added'), await events('ad hoc')]).toEqual([1, 1]);
    await left.return?.();
    await expect.poll(() => feed.open.size).toBe(1);
    for (const queue of feed.open) queue.end();
    expect(await completed.next()).toMatchObject({ done: true });
    const ended = (reason: string) => read('gateway_subscriptions_ended_total', { reason });
    expect([await ended('left'), await ended('completed')]).toEqual([1, 1]);
    expect(await read('gateway_subscriptions')).toBe(0);
    await client.dispose();
    await closeCodeAfter(url, [{ type: 'nonsense' }]);
    const closes = (code: string) => read('gateway_web_socket_closes_total', { code });
    await expect.poll(() => closes('4400')).toBe(1);
    expect(await closes('1000')).toBe(1);
    expect(await read('gateway_web_sockets')).toBe(0);
  });

  it('go into a registry of the caller where they are not to be exposed', async () => {
    const registry = new Registry();
    const { gateway } = await testGateway({ metrics: { registry, exposed: false } });
    onTestFinished(() => gateway.close());
    const { url } = await gateway.listen(0);
    expect((await fetch(new URL('/metrics', url))).status).toBe(404);
    await gateway.execute({ query: '{ me { name } }' });
    const families = parsePrometheusText(await prometheusText(registry));
    expect(families.get('gateway_operation_duration_seconds')?.samples.length).toBeGreaterThan(0);
    expect([...families.keys()].every((name) => name.startsWith('gateway_'))).toBe(true);
  });

  it('are not served by default', async () => {
    const { gateway } = await testGateway();
    onTestFinished(() => gateway.close());
    const { url } = await gateway.listen(0);
    expect((await fetch(new URL('/metrics', url))).status).toBe(404);
  });
});
