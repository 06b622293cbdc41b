import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { draining } from './draining.js';

/** A server whose answers wait until they are released, and a client that keeps its connections. */
async function slowServer() {
  const asked: ServerResponse[] = [];
  const server = createServer((_, response) => asked.push(response));
  const drained = draining(server);
  await once(server.listen(0), 'listening');
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
  });
  const ask = () =>
    new Promise<IncomingMessage>((resolve, reject) =>
      get({ port, agent }, resolve).on('error', reject),
    );
  return { server, drained, asked, ask, port };
}

it('answers what is under way, each with the last of its connection', async () => {
  const { drained, asked, ask } = await slowServer();
  const before = ask();
  await expect.poll(() => asked.length).toBe(1);
  drained.begin();
  const after = ask();
  await expect.poll(() => asked.length).toBe(2);
  const finished = drained.finish(60_000);
  for (const response of asked) response.end('fine');
  for (const answer of [await before, await after]) {
    expect(answer.headers.connection).toBe('close');
    expect(await text(answer)).toBe('fine');
  }
  await finished;
  await expect(ask()).rejects.toThrow('ECONNREFUSED');
});

it('answers requests that came together, the last with the last of their connection', async () => {
  const { drained, asked, port } = await slowServer();
  const socket = connect(port);
  const closed = text(socket);
  drained.begin();
  socket.write('GET /1 HTTP/1.1\r\nhost: x\r\n\r\nGET /2 HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(2));
  await expect.poll(() => asked.length).toBe(4);
  for (const response of asked.toReversed()) response.end(`fine ${response.req.url}`);
  const answers = (await closed).split('HTTP/1.1 200 OK').slice(1);
  expect(answers.map((answer) => /fine \/\d/.exec(answer)?.[0])).toEqual([
    ...['fine /1', 'fine /2', 'fine /1', 'fine /2'],
  ]);
  expect(answers.map((answer) => /connection: (\S+)/i.exec(answer)?.[1])).toEqual([
    ...[undefined, undefined, undefined, 'close'],
  ]);
});

it('keeps connections until then', async () => {
  const { asked, ask } = await slowServer();
  for (const n of [1, 2]) {
    const answer = ask();
    await expect.poll(() => asked.length).toBe(n);
    asked.at(-1)?.end();
    expect((await answer).headers.connection).toBe('keep-alive');
    await text(await answer);
  }
});

it('ends a connection whose answer had begun', async () => {
  const { drained, asked, ask } = await slowServer();
  const answer = ask();
  await expect.poll(() => asked.length).toBe(1);
  asked[0]?.writeHead(200).write('fi');
  expect((await answer).headers.connection).toBe('keep-alive');
  const finished = drained.finish(60_000);
  asked[0]?.end('ne');
  expect(await text(await answer)).toBe('fine');
  await finished;
});

it('cuts off at the deadline whoever is left, whatever they speak', async () => {
  const { server, drained, asked, ask, port } = await slowServer();
  server.on('upgrade', (_, socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
  const upgraded = connect(port);
  upgraded.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: chat\r\n\r\n');
  await once(upgraded, 'data');
  const answer = expect(ask()).rejects.toThrow('socket hang up');
  await expect.poll(() => asked.length).toBe(1);
  const gone = once(upgraded, 'close');
  await drained.finish(10);
  await Promise.all([answer, gone]);
});
