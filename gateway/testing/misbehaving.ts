import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';

/** Something in place of a subgraph, for the length of a test. */
export interface Misbehaving {
  readonly url: string;
  /** Requests that have arrived. */
  readonly asked: () => number;
}

/** A server that answers as it is told. */
export async function subgraphThat(answer: RequestListener): Promise<Misbehaving> {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
  await once(server.listen(0), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}/graphql`, asked: () => asked };
}

export const hanging = () => subgraphThat(() => {});

/** Answers its headers at once, and a byte of the body now and then, for ever. */
export const trickling = () =>
  subgraphThat((_, response) => {
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .write('{"data":{"me":{"name":"');
    const timer = setInterval(() => response.write('a'), 20);
    response.on('close', () => clearInterval(timer));
  });

/** A port on which connections are neither accepted nor refused: the queue before it is full. */
export async function neverAccepting(): Promise<Misbehaving> {
  const worker = new Worker(
    `const server = require('node:net').createServer().listen({ port: 0, backlog: 1 }, () => {
      require('node:worker_threads').parentPort.postMessage(server.address().port);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`,
    { eval: true },
  );
  const [port] = (await once(worker, 'message')) as [number];
  const queue = Array.from({ length: 4 }, () => connect(port).on('error', () => {}));
  onTestFinished(async () => {
    for (const socket of queue) socket.destroy();
    await worker.terminate();
  });
  await Promise.race(queue.map((socket: Socket) => once(socket, 'connect')));
  return { url: `http://localhost:${port}/graphql`, asked: () => 0 };
}
