import { createGateway, httpSource } from '@waybill/gateway/index.js';
import { composeSubgraphs } from '@waybill/gateway/supergraph.js';
import { accounts } from '@waybill/gateway/testing/accounts.js';
import { post } from '@waybill/gateway/testing/http.js';
import { Journal, journal } from '@waybill/gateway/testing/journal.js';
import { SECRET, serveSubgraph } from '@waybill/gateway/testing/serve-subgraph.js';
import type { TestSubgraph } from '@waybill/gateway/testing/subgraph.js';
import { ASSERTION_HEADER, type Identity, signAssertion } from '@waybill/kernel/identity.js';
import { createClient } from 'graphql-ws';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { type Balancer, balancer } from '../support/restart/balancer.js';
import { type Forked, forked } from '../support/restart/forked.js';
import { ledger } from '../support/restart/ledger.js';
import { load } from '../support/restart/load.js';

/**
 * Longer than the balancer takes to see that a process is not ready any more, and longer than a busy machine keeps a client
 * from its next request on a connection that it has, which then learns that it is to be the last there.
 */
const GRACE_MS = 1_500;
const CLIENTS = 6;
/** Answers that the load gets between two restarts. */
const BETWEEN = 50;
/** Processes start several times, also on machines that have other things to do. */
const PATIENCE_MS = 60_000;

type Start = () => Promise<Forked>;

/** Two processes behind a balancer. */
async function two(start: Start) {
  const balanced = await balancer();
  onTestFinished(() => balanced.close());
  const running = await Promise.all([start(), start()]);
  onTestFinished(async () => {
    await Promise.all(running.map((each) => each.terminate()));
  });
  await Promise.all(running.map(({ port }) => balanced.add(port)));
  return { balanced, running };
}

/** Replaces each process by another, as a rolling update does. */
async function replaceAll(
  { balanced, running }: { balanced: Balancer; running: Forked[] },
  start: Start,
  between: () => Promise<unknown>,
): Promise<void> {
  for (const [index, old] of [...running.entries()]) {
    const fresh = await start();
    running[index] = fresh;
    await balanced.add(fresh.port);
    expect(await old.terminate()).toBe(0);
    balanced.remove(old.port);
    await between();
  }
}

const address = ({ port }: Balancer) => `http://127.0.0.1:${port}/graphql`;

/** Asks, and throws for whatever is not the data. */
async function answered(url: string, query: string, variables: object = {}) {
  const { status, body } = await post(url, { query, variables });
  if (status !== 200 || body.errors) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body.data;
}

async function served(...subgraphs: TestSubgraph[]) {
  const all = await Promise.all(
    subgraphs.map(async (each) => {
      const server = await serveSubgraph(each);
      onTestFinished(() => server.close());
      return [each.name, server.url] as const;
    }),
  );
  return { urls: Object.fromEntries(all), supergraph: composeSubgraphs(subgraphs) };
}

it(
  'gateways that are replaced under load answer every request, and send subscribers on',
  async () => {
    const recorded: string[] = [];
    const kept = new Journal();
    const record = (id: string) => recorded.push(id);
    const graph = await served(accounts(), journal(kept), ledger(record));
    const start = () => forked('gateway-process', { ...graph, secret: SECRET, graceMs: GRACE_MS });
    const gateways = await two(start);
    const url = address(gateways.balanced);
    const { requests, sent } = readingAndWriting(url);
    const subscribers = Array.from({ length: 3 }, () => follow(url));
    let written = 0;
    const news = load(1, async () => {
      kept.append('news');
      written += 1;
      // The next is written when the slowest has read this.
      await expect
        .poll(() => Math.min(...subscribers.map(({ seen }) => seen.length)))
        .toBe(written);
    });
    const between = () => Promise.all([requests.more(BETWEEN), news.more(5)]);
    await between();
    await replaceAll(gateways, start, between);
    await Promise.all([requests.stop(), news.stop()]);

    expect([requests.failures, news.failures]).toEqual([[], []]);
    expect(recorded.toSorted()).toEqual(sent.toSorted());
    const all = Array.from({ length: written }, (_, index) => index + 1);
    for (const { seen, closeCodes } of subscribers) {
      expect(seen).toEqual(all);
      expect(closeCodes.length).toBeGreaterThan(0);
      expect(new Set(closeCodes)).toEqual(new Set([1001]));
    }
  },
  PATIENCE_MS,
);

/** Clients of which every other one only reads. */
function readingAndWriting(url: string) {
  const sent: string[] = [];
  const requests = load(CLIENTS, async (client) => {
    if (client % 2 === 0) return void (await answered(url, '{ balance }'));
    const id = `${client}-${sent.length}`;
    sent.push(id);
    await answered(url, 'mutation ($id: ID!) { record(id: $id) }', { id });
  });
  return { requests, sent };
}

/** A subscriber that opens its subscription again where it ended, from the last event it has seen. */
function follow(url: string) {
  const seen: number[] = [];
  const closeCodes: number[] = [];
  let over = false;
  const query = 'subscription ($seq: Int!) { entries(afterSeq: $seq) { seq author { name } } }';
  const client = createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  async function run() {
    while (!over) {
      try {
        const stream = client.iterate<{ entries: { seq: number } }>({
          query,
          variables: { seq: seen.at(-1) ?? 0 },
        });
        for await (const { data } of stream) if (data) seen.push(data.entries.seq);
      } catch (error) {
        closeCodes.push((error as { code: number }).code);
      }
    }
  }
  const running = run();
  onTestFinished(async () => {
    over = true;
    await client.dispose();
    await running;
  });
  return { seen, closeCodes };
}

it(
  'processes of a subgraph that are replaced under load answer everything, and do nothing twice',
  async () => {
    const recorded: string[] = [];
    const note = (message: unknown) => {
      const { recorded: id } = message as { recorded?: string };
      if (id) recorded.push(id);
    };
    const start = () => forked('subgraph-process', { secret: SECRET, graceMs: GRACE_MS }, note);
    const ledgers = await two(start);
    const headersFor = (identity: Identity) => ({
      [ASSERTION_HEADER]: signAssertion(identity, SECRET),
    });
    const gateway = await createGateway({
      supergraph: composeSubgraphs([ledger(() => {})]),
      dataSources: { ledger: httpSource({ url: address(ledgers.balanced), headersFor }) },
    });
    onTestFinished(() => gateway.close());
    const { url } = await gateway.listen(0, '127.0.0.1');
    const { requests, sent } = readingAndWriting(url);
    await requests.more(BETWEEN);
    await replaceAll(ledgers, start, () => requests.more(BETWEEN));
    await requests.stop();
    expect(requests.failures).toEqual([]);
    await expect.poll(() => recorded.length).toBe(sent.length);
    expect(recorded.toSorted()).toEqual(sent.toSorted());
  },
  PATIENCE_MS,
);
