import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Cancellable, HttpClient } from './http-client.js';

async function client(listener: RequestListener, options: { connections?: number } = {}) {
  const server = createServer({ keepAliveTimeout: 5_000 }, listener);
  return { server, ...(await clientOf(server, options)) };
}

async function clientOf(
  server: Pick<Server, 'listen' | 'address' | 'close'>,
  { connections = 4 }: { connections?: number } = {},
) {
  const sockets = new Set<Socket>();
  (server as Server).on('connection', (socket: Socket) => sockets.add(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const http = new HttpClient(new URL(`http://127.0.0.1:${port}`), {
    connections,
    maxAnswerBytes: 1_000_000,
  });
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await http.close();
    server.close();
  });
  const send = (body: string, timeoutMs = 5_000, call?: Cancellable) =>
    http.send('POST /graphql HTTP/1.1\r\nhost: here\r\n', body, timeoutMs, call);
  return { http, send, sockets };
}

const echo: RequestListener = async (request, response) => {
  response.end(`${request.method} ${request.url} ${await text(request)}`);
};

describe('requests to a server', () => {
  it('are answered one after another on one connection', async () => {
    const { send, sockets } = await client(echo);
    expect(await send('one')).toMatchObject({ head: { status: 200 }, text: 'POST /graphql one' });
    expect((await send('zwei: ä€😀')).text).toBe('POST /graphql zwei: ä€😀');
    expect((await send('')).text).toBe('POST /graphql ');
    expect(sockets.size).toBe(1);
  });

  it('share no more connections than allowed, and none is lost', async () => {
    const { send, sockets } = await client(echo, { connections: 3 });
    const bodies = Array.from({ length: 50 }, (_, i) => `${i}`.repeat(i * 100));
    const answers = await Promise.all(bodies.map((body) => send(body)));
    expect(answers.map((answer) => answer.text)).toEqual(
      bodies.map((body) => `POST /graphql ${body}`),
    );
    expect(sockets.size).toBe(3);
  });

  it('read long answers, in chunks too', async () => {
    const long = 'ä'.repeat(300_000);
    const { send } = await client((_, response) => {
      response.write(long.slice(0, 100_000));
      response.end(long.slice(100_000));
    });
    expect((await send('')).text).toBe(long);
  });

  it('take another connection where the server closes', async () => {
    const { send, sockets } = await client((_, response) => {
      response.writeHead(200, { connection: 'close' }).end('bye');
    });
    expect((await send('')).text).toBe('bye');
    expect((await send('')).text).toBe('bye');
    expect(sockets.size).toBe(2);
  });

  it('read what an old server ends by closing', async () => {
    const old = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\nold but good'));
    });
    const { send } = await clientOf(old as unknown as Server);
    expect((await send('')).text).toBe('old but good');
  });
});

describe('requests over TLS', () => {
  const pem = readFileSync(new URL('../testing/localhost.pem', import.meta.url));

  async function secure(tls: { ca?: Buffer }) {
    const server = createSecureServer({ key: pem, cert: pem }, echo);
    await once(server.listen(0, 'localhost'), 'listening');
    const { port } = server.address() as AddressInfo;
    const origin = new URL(`https://localhost:${port}`);
    const http = new HttpClient(origin, { connections: 2, maxAnswerBytes: 1_000_000, tls });
    onTestFinished(async () => {
      await http.close();
      server.close();
    });
    return (body: string) =>
      http.send('POST /graphql HTTP/1.1\r\nhost: localhost\r\n', body, 5_000);
  }

  it('are answered by whom we trust', async () => {
    const send = await secure({ ca: pem });
    const long = 'ä'.repeat(100_000);
    expect((await send(long)).text).toBe(`POST /graphql ${long}`);
    expect((await send('again')).text).toBe('POST /graphql again');
  });

  it('are not sent to anybody else', async () => {
    const send = await secure({});
    await expect(send('secret')).rejects.toMatchObject({ answerBegun: false });
  });
});

describe('a request fails', () => {
  it('when the server is not there', async () => {
    const { server, send } = await client(echo);
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const http = new HttpClient(new URL(`http://127.0.0.1:${port}`), {
      connections: 1,
      maxAnswerBytes: 1,
    });
    onTestFinished(() => http.close());
    await expect(http.send('POST / HTTP/1.1\r\n', '', 1_000)).rejects.toMatchObject({
      answerBegun: false,
    });
    await expect(send('')).rejects.toThrow();
  });

  it('when the connection breaks, and the next one succeeds', async () => {
    let first = true;
    const { send } = await client((request, response) => {
      if (first) request.socket.destroy();
      else response.end('back');
      first = false;
    });
    await expect(send('')).rejects.toMatchObject({ answerBegun: false });
    expect((await send('')).text).toBe('back');
  });

  it('when the connection breaks in the middle of the answer', async () => {
    const { send } = await client((request, response) => {
      response.write('a part', () => request.socket.destroy());
    });
    await expect(send('')).rejects.toMatchObject({ answerBegun: true });
  });

  it('when it is broken off, be it under way or waiting', async () => {
    const asked = Promise.withResolvers<void>();
    const { send, sockets } = await client(() => asked.resolve(), { connections: 1 });
    const calls: Cancellable[] = [{ cancel: undefined }, { cancel: undefined }];
    const requests = calls.map((call) => send('', 5_000, call));
    await asked.promise;
    for (const call of calls.reverse()) call.cancel?.(new Error('never mind'));
    for (const request of requests) await expect(request).rejects.toThrow('never mind');
    expect(sockets.size).toBe(1);
  });

  it('when the deadline passes, be it under way or waiting, and the connection is not used again', async () => {
    let silent = true;
    const { send, sockets } = await client(
      (request, response) => {
        if (!silent) echo(request, response);
      },
      { connections: 1 },
    );
    const late = [send('a', 100), send('b', 100)];
    for (const each of late) await expect(each).rejects.toThrow('did not answer in time');
    silent = false;
    expect((await send('c')).text).toBe('POST /graphql c');
    expect(sockets.size).toBeGreaterThan(1);
  });

  it('when the answer is not HTTP, and when somebody spoke before being asked', async () => {
    const rude = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.write('SSH-2.0\r\n\r\n'));
    });
    const { send } = await clientOf(rude as unknown as Server);
    await expect(send('')).rejects.toThrow('not HTTP/1.1');
  });

  it('when the client has been closed', async () => {
    const { http, send } = await client(echo);
    const last = send('last');
    const closed = http.close();
    expect((await last).text).toBe('POST /graphql last');
    await closed;
    await expect(send('late')).rejects.toThrow('closed');
  });
});
