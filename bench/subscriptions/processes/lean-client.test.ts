import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { LeanClient } from './lean-client.js';

it('the lean client speaks with a server of npm ws: short and long texts, many at once, and pings', async () => {
  const server = new WebSocketServer({ port: 0, path: '/graphql' });
  await once(server, 'listening');
  const connected = once(server, 'connection');
  const received: string[] = [];
  const { port } = server.address() as AddressInfo;
  const client = await LeanClient.open(port, 'Bearer me', (text) => received.push(text));
  onTestFinished(() => {
    client.close();
    server.close();
  });
  const [socket, { headers }] = await connected;
  expect([socket.protocol, headers.authorization]).toEqual(['graphql-transport-ws', 'Bearer me']);
  const texts = ['short', 'ä'.repeat(20_000), '', 'x'.repeat(200)];
  for (const text of texts) socket.send(text);
  const pong = once(socket, 'pong');
  socket.ping('still there?');
  expect(String(await pong)).toBe('still there?');
  expect(received).toEqual(texts);
  for (const text of texts.filter((each) => each.length < 1_000)) {
    const message = once(socket, 'message');
    client.send(text);
    expect(String((await message)[0])).toBe(text);
  }
});
