import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { lineages, type RecordedSpans, recordSpans } from '@waybill/kernel/testing/tracing.js';
import { inSpan, traceIn } from '@waybill/kernel/tracing.js';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { GatewayOptions } from '../create-gateway.js';
import { httpSource } from '../data-sources/http.js';
import { deadSource, testGateway, testGraph } from '../testing/graph.js';
import { post } from '../testing/http.js';
import { ask, webSocketClient } from '../testing/web-socket-client.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${TRACE}-b7ad6b7169203331-01`;
const TOP = 'query Top($n: Int!) { topProducts(first: $n) { upc inStock } }';
const REVIEW = { id: '77', body: 'new', authorId: '2', upc: 'couch' };

let spans: RecordedSpans;
beforeEach(() => {
  spans = recordSpans();
});
afterEach(() => spans.stop());

async function traced(options: Partial<GatewayOptions> = {}) {
  const graph = testGraph();
  const { gateway } = await testGateway({ persistedOperations: { top: TOP }, ...options }, graph);
  onTestFinished(() => gateway.close());
  const { url } = await gateway.listen(0);
  return { gateway, url, feed: graph.feed };
}

const named = (name: string) => {
  const span = spans.ended().find((each) => each.name === name);
  if (!span) throw new Error(`no span ${name} among ${spans.ended().map((each) => each.name)}`);
  return span;
};

describe('a trace', () => {
  it('goes on from the client to each call of a subgraph', async () => {
    const { url } = await traced();
    const body = { documentId: 'top', variables: { n: 2 } };
    await post(url, body, { traceparent });
    await expect.poll(() => spans.ended().at(-1)?.name).toBe('POST /graphql');
    expect(lineages(spans.ended())).toEqual([
      'POST /graphql',
      'POST /graphql > plan',
      'POST /graphql > query Top',
      'POST /graphql > query Top > fetch inventory',
      'POST /graphql > query Top > fetch products',
    ]);
    const ids = new Set(spans.ended().map((span) => span.spanContext().traceId));
    expect(ids).toEqual(new Set([TRACE]));
    expect(named('POST /graphql')).toMatchObject({
      kind: SpanKind.SERVER,
      attributes: { 'http.request.method': 'POST', 'http.response.status_code': 200 },
    });
    expect(named('query Top').attributes).toEqual({
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'Top',
    });
    expect(named('fetch products').kind).toBe(SpanKind.CLIENT);
  });

  it('shows the planning of an operation once', async () => {
    const { url } = await traced();
    for (let i = 0; i < 3; i++) await post(url, { query: 'query Mine { me { name } }' });
    await expect.poll(() => spans.ended().filter(({ name }) => name === 'query')).toHaveLength(3);
    expect(spans.ended().filter(({ name }) => name === 'plan')).toHaveLength(1);
  });

  it('is sent to a subgraph behind HTTP', async () => {
    const received: unknown[] = [];
    const subgraph = createServer((request, response) => {
      received.push(request.headers.traceparent);
      response.end('{"data":{"me":{"name":"Ada"}}}');
    }).listen(0);
    onTestFinished(() => void subgraph.close());
    const { port } = subgraph.address() as AddressInfo;
    const accounts = httpSource({ url: `http://localhost:${port}/`, headersFor: () => ({}) });
    const { url } = await traced({ dataSources: { accounts } });
    expect((await post(url, { query: '{ me { name } }' }, { traceparent })).body).toEqual({
      data: { me: { name: 'Ada' } },
    });
    const { spanId } = named('fetch accounts').spanContext();
    expect(received).toEqual([`00-${TRACE}-${spanId}-01`]);
    // Nor does the subgraph record what the client's trace leaves out.
    await post(
      url,
      { query: '{ me { name } }' },
      { traceparent: traceparent.replace('-01', '-00') },
    );
    expect(received[1]).toMatch(new RegExp(`^00-${TRACE}-\\w{16}-00$`));
    expect(spans.ended().filter(({ name }) => name === 'fetch accounts')).toHaveLength(1);
  });

  it('goes on from the headers of a WebSocket, and does not last as long as a subscription', async () => {
    const { url, feed } = await traced();
    const client = webSocketClient(url);
    await ask(client, { query: '{ me { name } }' });
    expect(lineages(spans.ended())).toContain('graphql-transport-ws > query > fetch accounts');
    const events = client.iterate({ query: 'subscription { reviewAdded { product { name } } }' });
    await expect.poll(() => feed.open.size).toBe(1);
    await expect
      .poll(() => lineages(spans.ended()))
      .toContain('graphql-transport-ws > subscription > subscribe reviews');
    const before = spans.ended().length;
    feed.publish(REVIEW);
    await events.next();
    await events.return?.();
    await client.dispose();
    expect(spans.ended()).toHaveLength(before);
  });

  it('goes on from whoever runs an operation in process, and begins where nobody traces', async () => {
    const { gateway } = await traced();
    await gateway.execute({ documentId: 'top', variables: { n: 1 } });
    await inSpan('caller', { parent: traceIn({ traceparent }) }, () =>
      gateway.execute({ documentId: 'top', variables: { n: 1 } }),
    );
    const names = lineages(spans.ended());
    expect(names).toContain('query Top > fetch products');
    expect(names).toContain('caller > query Top > fetch products');
  });

  it('shows what failed, by code and without what it said', async () => {
    const { url } = await traced({ dataSources: { accounts: deadSource } });
    const { body } = await post(url, { query: '{ me { name } topProducts { upc } }' });
    expect(body.errors?.[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(named('query')).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'error.type': 'SUBGRAPH_UNAVAILABLE' },
    });
    expect(named('fetch accounts').status.code).toBe(SpanStatusCode.ERROR);
    expect(named('fetch products').status.code).toBe(SpanStatusCode.UNSET);
  });

  it('holds neither text nor variables nor names that clients made up', async () => {
    const { url } = await traced();
    const query = 'query Mine($n: Int!) { topProducts(first: $n) { upc } }';
    await post(url, { query, variables: { n: 7654 } });
    await expect.poll(() => spans.ended().at(-1)?.name).toBe('POST /graphql');
    expect(spans.ended().map(({ name }) => name)).not.toContain('query Mine');
    const all = JSON.stringify(spans.ended().map(({ name, attributes }) => [name, attributes]));
    expect(all).not.toMatch(/topProducts|7654/);
  });
});
