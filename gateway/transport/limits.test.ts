import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gateway } from '../index.js';
import { BOMBS, fragmentBomb } from '../testing/bombs.js';
import { leastCpuMs } from '../testing/cpu-time.js';
import { testGateway } from '../testing/graph.js';
import { get, post, sha256 } from '../testing/http.js';
import { ask, webSocketClient } from '../testing/web-socket-client.js';

type Refusal = { message: string; extensions: { code: string; maximum?: number } };

const refusalOf = (answer: unknown) => {
  const { data, errors = [] } = answer as { data?: unknown; errors?: Refusal[] };
  return {
    data,
    errors: errors.map(({ message, extensions: { code, maximum } }) => ({
      message,
      code,
      maximum,
    })),
  };
};

/** The longest text that Node accepts in a URL is shorter than most bombs. */
const LONGEST_URL = 12_000;

describe('an operation that asks for too much', () => {
  let gateway: Gateway;
  let url: string;
  let socket: Client;

  beforeAll(async () => {
    ({ gateway } = await testGateway());
    ({ url } = await gateway.listen(0));
    socket = webSocketClient(url);
    await gateway.execute({ query: '{ me { name } }' });
  });
  afterAll(async () => {
    await socket.dispose();
    await gateway.close();
  });

  it.each(BOMBS)('%s: is refused alike on every way in', async (_, code, query) => {
    const refusal = refusalOf(await gateway.execute({ query }));
    expect(refusal.data).toBeUndefined();
    expect(refusal.errors.map((each) => each.code)).toContain(code);
    expect(refusal.errors.length).toBeLessThanOrEqual(101);
    const posted = await post(url, { query });
    expect([posted.status, refusalOf(posted.body)]).toEqual([400, refusal]);
    expect(refusalOf(await ask(socket, { query }).catch((errors) => ({ errors })))).toEqual(
      refusal,
    );
    if (encodeURIComponent(query).length > LONGEST_URL) return;
    const gotten = await get(url, { query });
    expect([gotten.status, refusalOf(gotten.body)]).toEqual([400, refusal]);
  });

  it.each(BOMBS)('%s: takes neither time nor memory', async (_, __, query) => {
    const before = process.memoryUsage().heapUsed;
    expect(await leastCpuMs(() => gateway.execute({ query }))).toBeLessThan(150);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(64_000_000);
  });

  it('is told so by the status, unless the client could not read that', async () => {
    const bomb = { query: fragmentBomb(8) };
    const ofAccept = async (accept: string) => (await post(url, bomb, { accept })).status;
    expect(await ofAccept('application/json')).toBe(200);
    expect(await ofAccept('application/graphql-response+json')).toBe(400);
    const { headers, body } = await post(url, bomb);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body.errors?.[0]?.extensions.requestId).toBe(headers.get('x-request-id'));
  });

  it('is refused by its variables, over HTTP and WebSocket, also when its text is known', async () => {
    const query = 'query($n: Int) { topProducts(first: $n) { upc } }';
    const many = { query, variables: { n: 100_001 } };
    const code = 'COST_ESTIMATED_TOO_EXPENSIVE';
    const expectRefusals = async () => {
      expect(refusalOf((await post(url, many)).body).errors).toMatchObject([{ code }]);
      expect(refusalOf((await get(url, many)).body).errors).toMatchObject([{ code }]);
      await expect(ask(socket, many)).rejects.toMatchObject([{ extensions: { code } }]);
    };
    await expectRefusals();
    expect((await post(url, { query, variables: { n: 1 } })).body.data).toBeDefined();
    await expectRefusals();
  });

  it('does not come in as an automatic persisted query', async () => {
    const query = fragmentBomb(10);
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(query) } };
    expect(refusalOf((await post(url, { query, extensions })).body).errors[0]?.code).toContain(
      'MAX_',
    );
    expect(refusalOf((await post(url, { extensions })).body).errors[0]?.code).toBe(
      'PERSISTED_QUERY_NOT_FOUND',
    );
  });

  it('runs where it is registered', async () => {
    const query = fragmentBomb(2);
    const open = await testGateway({
      limits: { maxDepth: 1 },
      persistedOperations: { bomb: query },
    });
    const { url: openUrl } = await open.gateway.listen(0);
    for (const body of [{ documentId: 'bomb' }, { query }]) {
      expect((await post(openUrl, body)).body.data).toBeDefined();
    }
    await open.gateway.close();
  });
});
