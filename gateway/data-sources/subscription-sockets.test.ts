import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { ANONYMOUS, ASSERTION_HEADER, signAssertion } from '@waybill/kernel/identity.js';
import { useServer } from 'graphql-ws/use/ws';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { prepareOperation } from '../planning/prepare-operation.js';
import { ReviewFeed, reviews } from '../testing/reviews.js';
import { SECRET, type ServedSubgraph, serveSubgraph } from '../testing/serve-subgraph.js';
import { ConnectionLostError } from './data-source.js';
import { type HttpSourceOptions, httpSource } from './http.js';

const REQUEST = {
  operation: prepareOperation('subscription { reviewAdded { id } }', undefined),
  variables: {},
  context: { identity: ANONYMOUS, requestId: 'request-42' },
};
const review = (id: string) => ({ id, body: '', authorId: '1', upc: 'table' });

describe('a subscription to a remote subgraph', () => {
  const feed = new ReviewFeed();
  let served: ServedSubgraph;
  beforeEach(async () => {
    served = await serveSubgraph(reviews(feed));
  });
  afterEach(() => served.close());

  function sourceOf(options: Partial<HttpSourceOptions> = {}) {
    const headersFor = () => ({ [ASSERTION_HEADER]: signAssertion(ANONYMOUS, SECRET) });
    return httpSource({ url: served.url, headersFor, ...options });
  }

  async function open(options: Partial<HttpSourceOptions> = {}) {
    const stream = await sourceOf(options).subscribe(REQUEST);
    if (!(Symbol.asyncIterator in stream)) throw new Error('refused');
    return stream[Symbol.asyncIterator]();
  }

  it('is cut off when its consumer is slower than the queue is long', async () => {
    const events = await open({ maxWaitingEvents: 2 });
    await expect.poll(() => feed.open.size).toBe(1);
    for (const id of ['1', '2', '3']) feed.publish(review(id));
    await expect.poll(() => feed.open.size).toBe(0);
    await expect(events.next()).rejects.toThrow('More than 2 events');
  });

  it('leaves no socket behind', async () => {
    const events = await open();
    await expect.poll(served.sockets).toBe(1);
    await events.return?.();
    await expect.poll(served.sockets).toBe(0);
  });

  it('is refused where the subgraph does not know the caller', async () => {
    const refused = open({ headersFor: () => ({}) });
    await expect(refused).rejects.toThrow('4403');
    await expect(refused).rejects.not.toBeInstanceOf(ConnectionLostError);
  });

  it('is not opened where there is no server', async () => {
    const opened = open({ url: served.url.replace(/:\d+/, ':1') });
    await expect(opened).rejects.toThrow(ConnectionLostError);
  });

  it('has to be accepted in time', async () => {
    const silent = new WebSocketServer({ port: 0 });
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const opened = open({ url: `http://localhost:${port}`, timeoutMs: 50 });
    await expect(opened).rejects.toThrow('4504');
    silent.close();
  });

  it('fails when the connection breaks', async () => {
    const events = await open();
    const next = events.next();
    await expect.poll(() => feed.open.size).toBe(1);
    await served.close();
    await expect(next).rejects.toThrow(ConnectionLostError);
  });

  it('ends when the source is closed', async () => {
    const source = sourceOf();
    const stream = await source.subscribe(REQUEST);
    if (!(Symbol.asyncIterator in stream)) throw new Error('refused');
    await source.close();
    const events = stream[Symbol.asyncIterator]();
    expect(await events.next()).toEqual({ value: undefined, done: true });
    await expect.poll(served.sockets).toBe(0);
  });

  describe('behind TLS', () => {
    const pem = readFileSync(new URL('../testing/localhost.pem', import.meta.url));

    async function secure(tls: HttpSourceOptions['tls']) {
      const server = createServer({ key: pem, cert: pem });
      const sockets = new WebSocketServer({ server });
      useServer({ schema: reviews(feed).schema }, sockets);
      await once(server.listen(0, 'localhost'), 'listening');
      onTestFinished(() => {
        for (const socket of sockets.clients) socket.terminate();
        server.close();
      });
      const { port } = server.address() as AddressInfo;
      return open({ url: `https://localhost:${port}/graphql`, tls });
    }

    it('is opened where its certificate is of an authority that we trust', async () => {
      const events = await secure({ ca: pem });
      const next = events.next();
      await expect.poll(() => feed.open.size).toBe(1);
      feed.publish(review('1'));
      expect((await next).value).toEqual({ data: { reviewAdded: { id: '1' } } });
      await events.return?.();
    });

    it('is not opened where it is of any other', async () => {
      await expect(secure(undefined)).rejects.toThrow('self-signed certificate');
      expect(feed.open.size).toBe(0);
    });
  });

  it('answers the pings of the subgraph with their payload', async () => {
    const server = new WebSocketServer({ port: 0 });
    await once(server, 'listening');
    onTestFinished(() => {
      for (const socket of server.clients) socket.terminate();
      server.close();
    });
    const connected = once(server, 'connection');
    const { port } = server.address() as AddressInfo;
    const opening = open({ url: `http://localhost:${port}` });
    const [socket] = await connected;
    await once(socket, 'message');
    socket.send('{"type":"connection_ack"}');
    const events = await opening;
    await once(socket, 'message');
    const answered = once(socket, 'message');
    socket.send('{"type":"ping","payload":{"at":1}}');
    const [answer] = await answered;
    expect(JSON.parse(String(answer))).toEqual({ type: 'pong', payload: { at: 1 } });
    await events.return?.();
  });
});
