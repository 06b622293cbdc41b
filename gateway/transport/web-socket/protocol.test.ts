import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGateway, type Gateway } from '../../index.js';
import { bearerOrAnonymous } from '../../testing/bearer.js';
import { testGateway, testGraph } from '../../testing/graph.js';
import { acknowledgedSocket, rawSocket } from '../../testing/raw-socket.js';
import { ReviewFeed, reviews } from '../../testing/reviews.js';

const OPTIONS = {
  authenticate: bearerOrAnonymous,
  maxBodyBytes: 10_000,
  webSockets: { initTimeoutMs: 200, maxOperations: 3 },
};
const ADDED = 'subscription { reviewAdded { id } }';
const LATEST = '{ latestReviews { id } }';
const REVIEW = { id: '77', body: 'new', authorId: '2', upc: 'couch' };
const NEXT = { type: 'next', payload: { data: { reviewAdded: { id: '77' } } } };
const INIT = { type: 'connection_init' };
const subscribe = { id: '1', type: 'subscribe', payload: { query: ADDED } };

const served: Record<string, () => Promise<{ gateway: Gateway; feed: ReviewFeed }>> = {
  'a federated graph': async () => {
    const graph = testGraph();
    const { gateway } = await testGateway(OPTIONS, graph);
    return { gateway, feed: graph.feed };
  },
  'a plain schema': async () => {
    const feed = new ReviewFeed();
    const { schema } = reviews(feed);
    return { gateway: await createGateway({ schema, ...OPTIONS }), feed };
  },
};

describe.each(Object.entries(served))('graphql-transport-ws over %s', (_, start) => {
  let gateway: Gateway;
  let feed: ReviewFeed;
  let url: string;
  beforeAll(async () => {
    ({ gateway, feed } = await start());
    ({ url } = await gateway.listen(0));
  });
  afterAll(() => gateway.close());

  const subscribers = (count: number) => expect.poll(() => feed.open.size).toBe(count);

  describe('connecting', () => {
    it.each([[undefined], [null], [{}], [{ token: 'good' }]])(
      'acknowledges %j',
      async (payload) => {
        await acknowledgedSocket(url, payload as object);
      },
    );

    it('closes with 4403 when the credentials are not accepted', async () => {
      const raw = await rawSocket(url);
      raw.send({ ...INIT, payload: { token: 'forged' } });
      expect(await raw.closed).toEqual({ code: 4403, reason: 'Forbidden' });
    });

    it.each([[[]], ['graphql-ws'], [['json', 'graphql-transport-wss']]])(
      'closes with 4406 on the subprotocols %j',
      async (protocols) => {
        const raw = await rawSocket(url, protocols);
        expect(await raw.closed).toEqual({ code: 4406, reason: 'Subprotocol not acceptable' });
      },
    );

    it('picks its subprotocol out of several', async () => {
      const { socket } = await rawSocket(url, ['graphql-ws', 'graphql-transport-ws']);
      expect(socket.protocol).toBe('graphql-transport-ws');
    });

    it('closes with 4408 on a client that does not introduce itself', async () => {
      const raw = await rawSocket(url);
      raw.send({ type: 'ping' });
      const reason = 'Connection initialisation timeout';
      expect(await raw.closed).toEqual({ code: 4408, reason });
    });

    it('closes with 4429 on a second introduction, acknowledged or not', async () => {
      const hasty = await rawSocket(url);
      hasty.send(INIT);
      hasty.send(INIT);
      const late = await acknowledgedSocket(url);
      late.send(INIT);
      for (const raw of [hasty, late]) {
        const reason = 'Too many initialisation requests';
        expect(await raw.closed).toEqual({ code: 4429, reason });
      }
    });

    it('closes with 4401 on an operation before the acknowledgement', async () => {
      const early = await rawSocket(url);
      early.send(subscribe);
      const hasty = await rawSocket(url);
      hasty.send(INIT);
      hasty.send(subscribe);
      for (const raw of [early, hasty]) {
        expect(await raw.closed).toEqual({ code: 4401, reason: 'Unauthorized' });
      }
      expect(feed.open.size).toBe(0);
    });
  });

  describe('messages', () => {
    it.each([
      ['what is not JSON', '{'],
      ['what is no object', '[]'],
      ['null', 'null'],
      ['bytes', Buffer.from(JSON.stringify(INIT))],
      ['no type', {}],
      ['an unknown type', { type: 'start', id: '1', payload: { query: ADDED } }],
      ['a type of the prototype', { type: 'constructor' }],
      ['a message of the server', { type: 'next', id: '1', payload: {} }],
      ['an acknowledgement', { type: 'connection_ack' }],
      ['an introduction with a wrong payload', { ...INIT, payload: 'token' }],
      ['a ping with a wrong payload', { type: 'ping', payload: [] }],
      ['an operation without an id', { type: 'subscribe', payload: { query: ADDED } }],
      ['an operation with an empty id', { ...subscribe, id: '' }],
      ['an operation with a number for its id', { ...subscribe, id: 1 }],
      ['an operation without a payload', { type: 'subscribe', id: '1' }],
      ['an operation without a query', { ...subscribe, payload: {} }],
      ['a query that is no text', { ...subscribe, payload: { query: 1 } }],
      ['variables in a list', { ...subscribe, payload: { query: ADDED, variables: [] } }],
      ['a wrong operation name', { ...subscribe, payload: { query: ADDED, operationName: 1 } }],
      ['wrong extensions', { ...subscribe, payload: { query: ADDED, extensions: 1 } }],
      ['a completion without an id', { type: 'complete' }],
    ])('closes with 4400 on %s', async (_case, message) => {
      const raw = await acknowledgedSocket(url);
      raw.send(message);
      const { code, reason } = await raw.closed;
      expect([code, reason]).toEqual([4400, expect.stringMatching(/^Invalid message: /)]);
    });

    it('are not listened to any more once the socket is being closed', async () => {
      const raw = await acknowledgedSocket(url);
      const opened = feed.opened;
      raw.send('{');
      raw.send(subscribe);
      raw.send({ type: 'ping' });
      const rest: unknown[] = [];
      raw.socket.on('message', (message) => rest.push(String(message)));
      expect((await raw.closed).code).toBe(4400);
      expect([rest, feed.opened - opened]).toEqual([[], 0]);
    });

    it('closes with 1009 on one over the limit, and with 1007 on broken text', async () => {
      const long = await acknowledgedSocket(url);
      long.subscribe('1', `{ latestReviews { id } } #${' '.repeat(10_000)}`);
      expect((await long.closed).code).toBe(1009);
      const broken = await acknowledgedSocket(url);
      broken.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
      expect((await broken.closed).code).toBe(1007);
    });

    it('answers a ping with its payload, also before the acknowledgement', async () => {
      const raw = await rawSocket(url);
      raw.send({ type: 'ping' });
      expect(await raw.next()).toEqual({ type: 'pong' });
      const payload = { at: 1, deep: { er: [] } };
      raw.send({ type: 'ping', payload });
      expect(await raw.next()).toEqual({ type: 'pong', payload });
    });

    it('takes pongs that it has not asked for', async () => {
      const raw = await acknowledgedSocket(url);
      raw.send({ type: 'pong', payload: { any: 'thing' } });
      raw.send({ type: 'ping' });
      expect(await raw.next()).toEqual({ type: 'pong' });
    });
  });

  describe('operations', () => {
    it('answers queries and mutations with one result, then completes', async () => {
      const raw = await acknowledgedSocket(url);
      raw.subscribe('q', LATEST);
      expect(await raw.next()).toMatchObject({ id: 'q', type: 'next', payload: { data: {} } });
      expect(await raw.next()).toEqual({ id: 'q', type: 'complete' });
      raw.subscribe('m', 'mutation { addReview(upc: "sicp", body: "ok") { body } }');
      const payload = { data: { addReview: { body: 'ok' } } };
      expect(await raw.next()).toEqual({ id: 'm', type: 'next', payload });
      expect(await raw.next()).toEqual({ id: 'm', type: 'complete' });
    });

    it('names an operation in a document of several', async () => {
      const raw = await acknowledgedSocket(url);
      const two = 'query A { latestReviews { id } } query B { latestReviews { body } }';
      raw.subscribe('1', two, { operationName: 'B' });
      expect(JSON.stringify(await raw.next())).toContain('"body"');
    });

    it('goes on after an error, under the same id too', async () => {
      const raw = await acknowledgedSocket(url);
      raw.subscribe('1', '{ nothing }');
      const { type, payload } = await raw.next();
      expect(type).toBe('error');
      expect(payload).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
      raw.subscribe('1', LATEST);
      expect(await raw.next()).toMatchObject({ id: '1', type: 'next' });
      expect(await raw.next()).toEqual({ id: '1', type: 'complete' });
    });

    it('closes with 4409 on an id in use, whatever that runs', async () => {
      const raw = await acknowledgedSocket(url);
      raw.send(subscribe);
      raw.subscribe('1', LATEST);
      expect(await raw.closed).toEqual({ code: 4409, reason: 'Subscriber for 1 already exists' });
      await subscribers(0);
    });

    it('uses an id again after the client has completed it', async () => {
      const raw = await acknowledgedSocket(url);
      // Each is left before its stream is open.
      for (let i = 0; i < 20; i += 1) {
        raw.send(subscribe);
        raw.send({ id: '1', type: 'complete' });
      }
      raw.send(subscribe);
      raw.send({ type: 'ping' });
      expect(await raw.next()).toEqual({ type: 'pong' });
      await subscribers(1);
      feed.publish(REVIEW);
      feed.publish(REVIEW);
      expect(await raw.next()).toEqual({ id: '1', ...NEXT });
      expect(await raw.next()).toEqual({ id: '1', ...NEXT });
      raw.send({ id: '1', type: 'complete' });
      await subscribers(0);
    });

    it('uses an id again after the server has completed it', async () => {
      const raw = await acknowledgedSocket(url);
      for (let i = 0; i < 3; i += 1) {
        raw.send(subscribe);
        await subscribers(1);
        for (const queue of feed.open) queue.end();
        expect(await raw.next()).toEqual({ id: '1', type: 'complete' });
      }
    });

    it('sends nothing more once the client has completed it', async () => {
      const raw = await acknowledgedSocket(url);
      raw.send(subscribe);
      await subscribers(1);
      raw.send({ id: '1', type: 'complete' });
      raw.send({ id: '1', type: 'complete' });
      raw.send({ id: 'never heard of', type: 'complete' });
      await subscribers(0);
      feed.publish(REVIEW);
      raw.send({ type: 'ping' });
      expect(await raw.next()).toEqual({ type: 'pong' });
    });

    it('tells them apart by any id', async () => {
      const raw = await acknowledgedSocket(url);
      const ids = ['__proto__', 'constructor', '"quoted\\"'];
      for (const id of ids) raw.subscribe(id, ADDED);
      await expect.poll(() => feed.open.size).toBeGreaterThan(0);
      // The graph shares them: the last has joined when the socket answers again.
      raw.subscribe('probe', ADDED);
      expect(await raw.next()).toMatchObject({ id: 'probe', type: 'error' });
      feed.publish(REVIEW);
      for (const id of ids) expect(await raw.next()).toEqual({ id, ...NEXT });
    });

    it('refuses more of them than a socket may have', async () => {
      const raw = await acknowledgedSocket(url);
      for (const id of ['1', '2', '3', '4']) raw.subscribe(id, ADDED);
      const { id, type, payload } = await raw.next();
      expect([id, type]).toEqual(['4', 'error']);
      expect(payload).toMatchObject([{ extensions: { code: 'TOO_MANY_OPERATIONS', limit: 3 } }]);
      raw.send({ id: '1', type: 'complete' });
      raw.subscribe('4', LATEST);
      expect(await raw.next()).toMatchObject({ id: '4', type: 'next' });
    });

    it('ends all of them with the socket', async () => {
      const raw = await acknowledgedSocket(url);
      for (const id of ['1', '2']) raw.subscribe(id, ADDED);
      await expect.poll(() => feed.open.size).toBeGreaterThan(0);
      raw.socket.terminate();
      await subscribers(0);
    });

    it('hides why a stream has failed', async () => {
      const raw = await acknowledgedSocket(url);
      raw.send(subscribe);
      await subscribers(1);
      for (const queue of feed.open) queue.fail(new Error('postgres://root@10.0.0.1'));
      const message = JSON.stringify(await raw.next());
      expect(message).toContain('INTERNAL_SERVER_ERROR');
      expect(message).not.toContain('postgres');
    });
  });
});
