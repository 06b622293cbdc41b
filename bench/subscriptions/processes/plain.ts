import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { Ticker, wholeSchema } from '../ticker.js';
import { serveTicker } from './server-side.js';

/** A server without federation, as the documentation of graphql-ws sets it up. */
const ticker = new Ticker();
const server = createServer();
useServer({ schema: wholeSchema(ticker) }, new WebSocketServer({ server, path: '/graphql' }));
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address() as AddressInfo;
serveTicker({ port }, ticker);
