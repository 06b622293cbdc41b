import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { GRAPHQL_PATH } from './http-server.js';
import { Connection, SUBPROTOCOL } from './web-socket/connection.js';
import { KeepAlive } from './web-socket/keep-alive.js';
import { GatewayService, type WebSocketEndpoint } from './web-socket/service.js';

export interface WebSocketOptions {
  /** Milliseconds for a client to send `connection_init`; 3,000 by default. */
  initTimeoutMs?: number;
  /** Milliseconds between pings of a client, and for which it may leave one unanswered; 12,000 by default, 0 for none. */
  keepAliveMs?: number;
  /** Operations that a client may run on one socket at a time; 100 by default. */
  maxOperations?: number;
  /** Bytes that may wait for a client that reads slowly before its socket is closed with 4410; 1 MiB by default. */
  maxBufferedBytes?: number;
  /** Milliseconds for which events may wait for such a client before the same happens; 15,000 by default. */
  maxStallMs?: number;
}

export interface WebSocketServing extends WebSocketEndpoint, WebSocketOptions {
  readonly maxFrameBytes: number;
  readonly draining: () => boolean;
}

/** Milliseconds for a client to answer a close frame. */
const CLOSE_TIMEOUT_MS = 5_000;

export interface AttachedWebSockets {
  readonly sockets: WebSocketServer;
  /** Sends every client away with 1001 as soon as its queries and mutations are answered. */
  goAway(): void;
}

/** Serves graphql-transport-ws on the server's GraphQL path; queries and mutations are welcome too. */
export function attachWebSockets(serving: WebSocketServing, server: Server): AttachedWebSockets {
  const { keepAliveMs = 12_000, initTimeoutMs = 3_000 } = serving;
  const { maxOperations = 100, maxBufferedBytes = 1_048_576, maxStallMs = 15_000 } = serving;
  const limits = { initTimeoutMs, maxOperations, maxBufferedBytes, maxStallMs };
  const keepAlive = new KeepAlive(keepAliveMs);
  const sockets = new WebSocketServer({
    ...{ noServer: true, maxPayload: serving.maxFrameBytes, handleProtocols },
    // Unknown to the types of ws as yet.
    ...{ closeTimeout: CLOSE_TIMEOUT_MS },
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = request.url?.split('?')[0];
    if (path !== GRAPHQL_PATH) return refuseUpgrade(socket, '404 Not Found');
    if (serving.draining()) return refuseUpgrade(socket, '503 Service Unavailable');
    sockets.handleUpgrade(request, socket, head, (opened) =>
      sockets.emit('connection', opened, request),
    );
  });
  server.on('close', () => keepAlive.stop());
  const connections = new Set<Connection>();
  sockets.on('connection', (socket, request) => {
    const connection = new Connection(socket, new GatewayService(serving, request), limits);
    connections.add(connection);
    socket.once('close', () => connections.delete(connection));
    socket.once('close', keepAlive.add(connection));
  });
  const goAway = () => connections.forEach((connection) => void connection.goAway());
  return { sockets, goAway };
}

/** Of a client that speaks other protocols only, one is accepted so that it can be told so by 4406. */
function handleProtocols(offered: Set<string>): string | false {
  if (offered.has(SUBPROTOCOL)) return SUBPROTOCOL;
  return [...offered][0] ?? false;
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
