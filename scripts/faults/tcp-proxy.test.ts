import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.js';

let echo: Server;
let proxy: TcpProxy;

beforeEach(async () => {
  echo = createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await startTcpProxy((echo.address() as AddressInfo).port);
});
afterEach(async () => {
  await proxy.close();
  echo.close();
});

it('hands on what is said in both directions', async () => {
  const socket = connect(proxy.port, '127.0.0.1');
  socket.end('hello');
  expect(await text(socket)).toBe('hello');
});

it('cuts what is open, and lets new connections through', async () => {
  const socket = connect(proxy.port, '127.0.0.1');
  socket.write('hello');
  await once(socket, 'data');
  const cut = once(socket, 'error');
  expect(proxy.cut()).toBe(1);
  expect((await cut)[0]).toMatchObject({ code: 'ECONNRESET' });
  const next = connect(proxy.port, '127.0.0.1');
  next.end('again');
  expect(await text(next)).toBe('again');
});
