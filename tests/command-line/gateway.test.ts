import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnFile } from '@waybill/deploy/testing/spawned-start.js';
import { composeSubgraphs } from '@waybill/gateway/index.js';
import { servedForeignGraph } from '@waybill/gateway/testing/foreign-graph.js';
import { get, post } from '@waybill/gateway/testing/http.js';
import { AUDIENCE, ISSUER, servedIssuer } from '@waybill/gateway/testing/issuer.js';
import { webSocketClient } from '@waybill/gateway/testing/web-socket-client.js';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const READY = 'Ctrl-C stops it';
const POSTS = { query: 'query Posts { posts { title author { name } } }' };
/** More than a gateway with limits takes. */
const MANY_ALIASES = `{ ${Array.from({ length: 100 }, (_, i) => `a${i}: myToken`).join(' ')} }`;
const BY_ADA = { author: { name: 'Ada' } };

let graph: Awaited<ReturnType<typeof servedForeignGraph>>;
let issuer: Awaited<ReturnType<typeof servedIssuer>>;
let folder: string;
let supergraph: string;

beforeAll(async () => {
  [graph, issuer] = await Promise.all([servedForeignGraph(), servedIssuer()]);
  folder = mkdtempSync(join(tmpdir(), 'gateway-command-'));
  supergraph = file('supergraph.graphql', graph.supergraph);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all([graph.close(), issuer.close()]);
});

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** A gateway that serves, on a free port. */
async function serving(...parameters: string[]) {
  const command = spawnFile('scripts/dist/gateway.js', {}, '--port', '0', ...parameters);
  await command.wrote(READY);
  const [, url = ''] = /GraphQL +(\S+)/.exec(command.output()) ?? [];
  return { command, url, ask: async (body: object) => (await post(url, body)).body };
}

describe('--open', () => {
  let open: Awaited<ReturnType<typeof serving>>;
  beforeAll(async () => {
    open = await serving('--open', '--metrics', '--supergraph', supergraph);
  });
  afterAll(() => open.command.child.kill('SIGKILL'));

  it('answers everybody whatever the supergraph has, and shows GraphiQL', async () => {
    expect(await open.ask(POSTS)).toEqual({
      data: {
        posts: [
          { title: 'Notes', ...BY_ADA },
          { title: 'Compilers', author: { name: 'Grace' } },
        ],
      },
    });
    expect(await open.ask({ query: '{ __schema { queryType { name } } }' })).toEqual({
      data: { __schema: { queryType: { name: 'Query' } } },
    });
    expect((await fetch(open.url.replace('graphql', 'graphiql'))).status).toBe(200);
    expect(await open.ask({ query: MANY_ALIASES })).not.toHaveProperty('errors');
  });

  it('passes no header on by itself, and shows what subgraphs say went wrong', async () => {
    const headers = { authorization: 'Bearer mine' };
    expect((await post(open.url, { query: '{ myToken }' }, headers)).body).toEqual({
      data: { myToken: null },
    });
    expect((await open.ask({ query: '{ fails }' })).errors?.[0]?.message).toBe('the cause');
  });

  it('says how it is, and counts', async () => {
    for (const path of ['health', 'ready']) {
      expect((await fetch(open.url.replace('graphql', path))).status).toBe(200);
    }
    const metrics = await (await fetch(open.url.replace('graphql', 'metrics'))).text();
    expect(metrics).toContain('gateway_fetch_duration_seconds');
  });

  it('serves subscriptions, and takes a changed supergraph over without dropping anything', async () => {
    const client = webSocketClient(open.url);
    const events = client.iterate({ query: 'subscription { posted { title author { name } } }' });
    const next = async () => (await events.next()).value?.data;
    expect(await next()).toEqual({ posted: { title: 'Welcome', ...BY_ADA } });

    const load = steadyLoad(() => open.ask(POSTS));
    writeFileSync(supergraph, graph.supergraph.slice(0, 500));
    await open.command.wrote('The changed supergraph is not usable');
    const [people, posts] = graph.subgraphs;
    if (!people || !posts) throw new Error('the graph has two subgraphs');
    const typeDefs = parse(`type Query { other: ID } type Mutation { never: ID }`);
    const third = { name: 'third', typeDefs, url: posts.url };
    writeFileSync(supergraph, composeSubgraphs([people, { ...posts }, third]));
    await open.command.wrote('Took over a changed schema');
    expect(await open.ask({ query: '{ __type(name: "Mutation") { name } }' })).toEqual({
      data: { __type: { name: 'Mutation' } },
    });
    const { answers, failed } = await load.stop();
    expect([answers > 20, failed]).toEqual([true, []]);

    graph.post('After the change');
    expect(await next()).toEqual({ posted: { title: 'After the change', ...BY_ADA } });
    await client.dispose();
  });

  it('ends with 0 when it is told to, once what is under way has been answered', async () => {
    const slow = open.ask({ query: '{ slow }' });
    await expect
      .poll(async () => (await fetch(open.url.replace('graphql', 'metrics'))).text())
      .toContain('gateway_http_requests_in_flight 1');
    open.command.child.kill('SIGTERM');
    expect(await slow).toEqual({ data: { slow: 'done' } });
    expect(await open.command.ended(), open.command.output()).toBe(0);
  });
});

describe('without --open', () => {
  let closed: Awaited<ReturnType<typeof serving>>;
  const id = createHash('sha256').update(POSTS.query).digest('hex');
  beforeAll(async () => {
    const tokens = ['--jwks', issuer.jwks, '--jwt-issuer', ISSUER, '--jwt-audience', AUDIENCE];
    const operations = file(
      'operations.json',
      JSON.stringify({ [id]: POSTS.query, t: '{ myToken }' }),
    );
    closed = await serving(
      ...['--supergraph', supergraph, ...tokens, '--operations', operations],
      ...['--forward-header', 'Authorization'],
    );
  });
  afterAll(() => closed.command.child.kill('SIGKILL'));

  const bearer = async (...claims: Parameters<typeof issuer.token>) => ({
    authorization: `Bearer ${await issuer.token(...claims)}`,
  });

  it('answers nobody without a good token', async () => {
    const nobody = [{}, { authorization: 'Bearer x' }, await bearer({ aud: 'another' })];
    for (const headers of nobody) {
      const { status, body } = await post(closed.url, { documentId: id }, headers);
      expect([status, body.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    }
    const client = webSocketClient(closed.url);
    await expect(client.iterate({ query: '{ myToken }' }).next()).rejects.toMatchObject({
      code: 4403,
    });
  });

  it('runs registered operations alone', async () => {
    const headers = await bearer();
    const { body } = await post(closed.url, { documentId: id }, headers);
    expect(body.data).toMatchObject({ posts: [BY_ADA, {}] });
    for (const query of ['{ posts { title } }', '{ __schema { queryType { name } } }']) {
      const refused = await get(closed.url, { query }, headers);
      expect(refused.body.errors?.[0]?.extensions.code).toBe('QUERY_NOT_IN_SAFELIST');
    }
    for (const path of ['graphiql', 'metrics']) {
      expect((await fetch(closed.url.replace('graphql', path))).status).toBe(404);
    }
  });

  it('passes on the headers that are named', async () => {
    const headers = await bearer();
    const { body } = await post(closed.url, { documentId: 't' }, headers);
    expect(body.data).toEqual({ myToken: headers.authorization });
  });

  it('ends with 0 at Ctrl-C, and says nothing in colours', async () => {
    closed.command.child.kill('SIGINT');
    expect(await closed.command.ended(), closed.command.output()).toBe(0);
    expect(closed.command.output()).not.toContain('\u001b');
  });
});

/** Four clients that ask again and again, and remember every answer that was not right. */
function steadyLoad(ask: () => Promise<{ errors?: unknown }>) {
  const state = { answers: 0, failed: [] as unknown[], stopped: false };
  const client = async () => {
    while (!state.stopped) {
      const answer = await ask().catch((errors: unknown) => ({ errors }));
      state.answers += 1;
      if (answer.errors) state.failed.push(answer.errors);
    }
  };
  const clients = [client(), client(), client(), client()];
  return {
    stop: async () => {
      state.stopped = true;
      await Promise.all(clients);
      return state;
    },
  };
}
