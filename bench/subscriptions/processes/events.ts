import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { Ticker, ticks } from '../ticker.js';
import { serveTicker } from './server-side.js';

/** The ticker as a subgraph of its own. */
const ticker = new Ticker();
const { schema } = ticks(ticker);
const server = createServer();
useServer({ schema, validate: () => [] }, new WebSocketServer({ server, path: '/graphql' }));
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address() as AddressInfo;
serveTicker({ port }, ticker);
