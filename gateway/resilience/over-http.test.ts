import { describe, expect, it, onTestFinished } from 'vitest';
import type { SubgraphCallOptions } from '../index.js';
import { distributedGateway } from '../testing/distributed-graph.js';
import { testGraph } from '../testing/graph.js';
import { type HttpAnswer, post, sha256 } from '../testing/http.js';
import {
  hanging,
  type Misbehaving,
  neverAccepting,
  subgraphThat,
  trickling,
} from '../testing/misbehaving.js';

const DEADLINE_MS = 300;
const QUERY = 'query Page { me { name } topProducts { upc inStock } }';
const OTHERS = {
  me: null,
  topProducts: expect.arrayContaining([{ upc: 'table', inStock: true }]),
};

/** A gateway, over HTTP, whose subgraph `name` is something else. */
async function gatewayWith(name: string, instead: Misbehaving, subgraphCalls: SubgraphCallOptions) {
  const { gateway, close } = await distributedGateway(
    { subgraphCalls, persistedOperations: { [sha256(QUERY)]: QUERY } },
    testGraph(),
    { [name]: instead.url },
  );
  onTestFinished(close);
  const { url } = await gateway.listen(0);
  // What is measured afterwards is no start.
  await post(url, { query: '{ topProducts { upc } }' });
  return { url, ask: (query = QUERY) => post(url, { query }) };
}

const errorsIn = ({ body }: HttpAnswer) => body.errors ?? [];
const codesIn = (answer: HttpAnswer) => errorsIn(answer).map(({ extensions }) => extensions.code);

/** Errors tell a code and the request id, and nothing of where subgraphs are or what failed in us. */
function expectDiscreet(answer: HttpAnswer, { url }: Misbehaving) {
  const requestId = answer.headers.get('x-request-id');
  for (const error of errorsIn(answer)) {
    expect(Object.keys(error).sort()).toEqual(expect.arrayContaining(['extensions', 'message']));
    expect(error.extensions).toMatchObject({
      code: expect.stringMatching(/^SUBGRAPH_/),
      requestId,
    });
  }
  const text = JSON.stringify(answer.body);
  expect(text).not.toMatch(/https?:|localhost|127\.0|::1|ECONN|stack|\.[jt]s\b|accounts/);
  expect(text).not.toContain(new URL(url).port);
}

describe('the answer comes by the deadline, with what other subgraphs say, where a subgraph', () => {
  it.each([
    ['hangs', hanging],
    ['trickles', trickling],
    ['never accepts a connection', neverAccepting],
  ])('%s', async (_, start) => {
    const instead = await start();
    const { ask, url } = await gatewayWith('accounts', instead, { deadlineMs: DEADLINE_MS });
    for (const send of [ask, () => post(url, { id: sha256(QUERY) })]) {
      const began = performance.now();
      const answer = await send();
      const elapsed = performance.now() - began;
      expect(elapsed).toBeLessThan(DEADLINE_MS + 500);
      expect(elapsed).toBeGreaterThan(DEADLINE_MS - 50);
      expect(answer.status).toBe(200);
      expect(answer.body.data).toEqual(OTHERS);
      expect(codesIn(answer)).toEqual(['SUBGRAPH_TIMEOUT']);
      expectDiscreet(answer, instead);
    }
  });

  it('hangs in the middle of a plan', async () => {
    const instead = await hanging();
    const { ask } = await gatewayWith('inventory', instead, { deadlineMs: DEADLINE_MS });
    const began = performance.now();
    const answer = await ask();
    expect(performance.now() - began).toBeLessThan(DEADLINE_MS + 500);
    expect(answer.body.data).toMatchObject({
      me: { name: 'Ada Lovelace' },
      topProducts: expect.arrayContaining([{ upc: 'table', inStock: null }]),
    });
    expect(codesIn(answer)).toEqual(['SUBGRAPH_TIMEOUT']);
  });
});

describe('a subgraph that is down altogether', () => {
  it('gets few calls, and is asked again once it is back', async () => {
    let down = true;
    const instead = await subgraphThat((request, response) => {
      if (down) request.destroy();
      else response.end('{"data":{"me":{"name":"Ada"}}}');
    });
    const openMs = 300;
    const { ask } = await gatewayWith('accounts', instead, {
      breaker: { minimumCalls: 30, openMs },
      retryBudget: { most: 5, perSecond: 0 },
    });
    const answers = await Promise.all(Array.from({ length: 200 }, () => ask()));
    for (const answer of answers) {
      expect(answer.body.data).toEqual(OTHERS);
      expect(codesIn(answer)).toEqual(['SUBGRAPH_UNAVAILABLE']);
      expectDiscreet(answer, instead);
    }
    // Thirty open the breaker, and some are under way just then.
    expect(instead.asked()).toBeLessThan(100);

    const [before, began] = [instead.asked(), performance.now()];
    const later = await Promise.all(Array.from({ length: 50 }, () => ask()));
    const pauses = Math.floor((performance.now() - began) / openMs);
    const spared = later.filter((each) => errorsIn(each)[0]?.extensions.retryAfter !== undefined);
    expect(later.length - spared.length).toBe(instead.asked() - before);
    expect(instead.asked() - before).toBeLessThanOrEqual(pauses + 1);

    down = false;
    await expect.poll(async () => errorsIn(await ask())).toEqual([]);
    const recovered = await Promise.all(Array.from({ length: 20 }, () => ask()));
    expect(recovered.map(({ body }) => body.data)).toEqual(
      Array(20).fill(expect.objectContaining({ me: { name: 'Ada' } })),
    );
  });

  it('gets no more than the budget allows where the breaker is left off', async () => {
    const instead = await subgraphThat((request) => request.destroy());
    const { ask } = await gatewayWith('accounts', instead, {
      breaker: false,
      retryBudget: { most: 5, perCall: 0.1, perSecond: 0 },
    });
    await Promise.all(Array.from({ length: 100 }, () => ask()));
    expect(instead.asked()).toBeGreaterThan(100);
    expect(instead.asked()).toBeLessThanOrEqual(100 + 5 + 10);
  });
});

describe('a call that fails', () => {
  const ADD = 'mutation { addReview(upc: "table", body: "Wobbly") { body } }';
  const READ = '{ latestReviews { body } }';

  it.each<[string, string, number, Parameters<typeof subgraphThat>[0]]>([
    ['a query nobody answered', READ, 2, (request) => request.destroy()],
    ['a mutation nobody answered', ADD, 1, (request) => request.destroy()],
    ['a mutation a proxy turned away', ADD, 1, (_, response) => response.writeHead(503).end()],
    [
      'a query whose answer had begun',
      READ,
      1,
      (_, response) => {
        response.writeHead(200, { 'content-length': 1000 });
        response.write('{"data":', () => response.destroy());
      },
    ],
  ])('(%s: %s) is made %i times', async (_, query, times, answer) => {
    const instead = await subgraphThat(answer);
    const { ask } = await gatewayWith('reviews', instead, {});
    const answered = await ask(query);
    expect(codesIn(answered)).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expectDiscreet(answered, instead);
    expect(instead.asked()).toBe(times);
  });

  it('is made once for a mutation that hangs', async () => {
    const instead = await hanging();
    const { ask } = await gatewayWith('reviews', instead, { deadlineMs: 1_000 });
    expect(codesIn(await ask(ADD))).toEqual(['SUBGRAPH_TIMEOUT']);
    expect(instead.asked()).toBe(1);
  });
});
