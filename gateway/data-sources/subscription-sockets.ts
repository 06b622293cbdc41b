import type { SecureContextOptions } from 'node:tls';
import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { type Client, createClient, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';
import { callerKey } from '../request.js';
import { callerHeaders } from './caller-headers.js';
import { ConnectionLostError, type SubgraphAnswer, type SubgraphRequest } from './data-source.js';
import { EventQueue } from './event-queue.js';
import type { HttpSourceOptions } from './http.js';

const MAX_WAITING_EVENTS = 1_000;

/** Milliseconds between pings, and for which the answer to one may take: a host can go without a word. */
const PING_MS = 12_000;
const PONG_MS = 6_000;

/** Close codes after which the same may succeed; others say that the subgraph does not want it. */
const PASSING: ReadonlySet<unknown> = new Set([
  ...[1000, 1001, 1005, 1006, 1011, 1012, 1013, 1014],
  // Timeouts of the handshake, and our own of a ping.
  ...[4408, 4504, 4499],
]);

/** The WebSockets to one subgraph: one for each caller, or with `multiplex` one for all of them. */
export class SubscriptionSockets {
  readonly #options: HttpSourceOptions;
  readonly #sockets = new Map<string, SubscriptionSocket>();

  constructor(options: HttpSourceOptions) {
    this.#options = options;
  }

  /** Resolves as soon as the subgraph has let the identity in; rejects when it does not, or is away. */
  async subscribe(request: SubgraphRequest): Promise<AsyncIterable<SubgraphAnswer>> {
    const { multiplex } = this.#options;
    const key = multiplex ? '' : callerKey(request.context);
    const socket = this.#sockets.get(key) ?? this.#open(key, request);
    const events = socket.subscribe(request);
    await socket.connected;
    return events;
  }

  close(): void {
    for (const socket of this.#sockets.values()) socket.close();
  }

  #open(key: string, { context }: SubgraphRequest): SubscriptionSocket {
    const { multiplex } = this.#options;
    // A socket of all callers is nobody's in particular.
    const caller = multiplex ? { ...context, identity: ANONYMOUS, forwarded: undefined } : context;
    const headers = callerHeaders(this.#options, caller);
    const socket = new SubscriptionSocket(this.#options, headers, () => {
      if (this.#sockets.get(key) === socket) this.#sockets.delete(key);
    });
    this.#sockets.set(key, socket);
    return socket;
  }
}

/** One connection: it is not opened a second time, and ends with the last of its subscriptions. */
class SubscriptionSocket {
  /** Resolves when the subgraph has accepted the connection; rejects when it has not. */
  readonly connected: Promise<void>;
  readonly #client: Client;
  readonly #options: HttpSourceOptions;
  readonly #onEnd: () => void;
  readonly #streams = new Set<EventQueue<SubgraphAnswer>>();
  #ended = false;
  #silence: NodeJS.Timeout | undefined;

  constructor(options: HttpSourceOptions, headers: Record<string, string>, onEnd: () => void) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.connected = promise;
    // Who waits for it is told; nobody need be waiting.
    promise.catch(() => {});
    this.#options = options;
    this.#onEnd = onEnd;
    const fail = (event: unknown) => {
      const reason = failureOf(event);
      reject(reason);
      this.#end((stream) => stream.fail(reason));
    };
    const timeout = options.timeoutMs ?? 30_000;
    this.#client = createClient({
      url: options.wsUrl ?? options.url.replace(/^http/, 'ws'),
      webSocketImpl: socketWith(headers, timeout, options.tls),
      connectionParams: headers,
      connectionAckWaitTimeout: timeout,
      retryAttempts: 0,
      keepAlive: PING_MS,
      on: {
        connected: () => resolve(),
        closed: fail,
        error: fail,
        ping: (received) => {
          if (!received) this.#silence = setTimeout(() => this.#client.terminate(), PONG_MS);
        },
        pong: (received) => {
          if (received) clearTimeout(this.#silence);
        },
      },
    });
  }

  subscribe(request: SubgraphRequest): AsyncIterable<SubgraphAnswer> {
    const { maxWaitingEvents = MAX_WAITING_EVENTS } = this.#options;
    let unsubscribe = () => {};
    const stream = new EventQueue<SubgraphAnswer>(maxWaitingEvents, () => {
      unsubscribe();
      this.#leave(stream);
    });
    this.#streams.add(stream);
    unsubscribe = this.#client.subscribe<Record<string, unknown>>(this.#payloadOf(request), {
      next: (answer) => stream.push(answer as SubgraphAnswer),
      error: (error) => {
        if (!Array.isArray(error)) return stream.fail(failureOf(error));
        stream.push({ data: null, errors: error });
        stream.end();
      },
      complete: () => stream.end(),
    });
    return stream;
  }

  close(): void {
    this.#end((stream) => stream.end());
  }

  #payloadOf({ operation, variables, context }: SubgraphRequest): SubscribePayload {
    const payload = { query: operation.text, variables, operationName: operation.name };
    if (!this.#options.multiplex) return payload;
    return { ...payload, extensions: { headers: callerHeaders(this.#options, context) } };
  }

  #leave(stream: EventQueue<SubgraphAnswer>): void {
    this.#streams.delete(stream);
    if (this.#streams.size === 0) this.close();
  }

  #end(tell: (stream: EventQueue<SubgraphAnswer>) => void): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#onEnd();
    clearTimeout(this.#silence);
    for (const stream of [...this.#streams]) tell(stream);
    // It rejects when the socket it waits for cannot be opened, which nobody wants any more.
    Promise.resolve(this.#client.dispose()).catch(() => {});
  }
}

/**
 * graphql-ws makes its sockets by itself; this is how they come by headers. A class for each connection would do as
 * well, but costs the memory of some twenty hidden classes.
 */
function socketWith(
  headers: Record<string, string>,
  handshakeTimeout: number,
  tls: SecureContextOptions | undefined,
) {
  function Socket(address: string | URL, protocols?: string | string[]) {
    const options = { ...tls, headers, handshakeTimeout, perMessageDeflate: false };
    return new WebSocket(address, protocols, options);
  }
  const { CONNECTING, OPEN, CLOSING, CLOSED } = WebSocket;
  return Object.assign(Socket, { CONNECTING, OPEN, CLOSING, CLOSED });
}

/** An Error is about what the subgraph said; an event with a code closed the socket; any other, and it did not open. */
function failureOf(event: unknown): Error {
  if (event instanceof ConnectionLostError) return event;
  const { code, reason, message } = event as { code?: number; reason?: string; message?: string };
  if (code !== undefined) {
    const text = `The subgraph closed the socket: ${code} ${reason ?? ''}`;
    return PASSING.has(code) ? new ConnectionLostError(text) : new Error(text);
  }
  return event instanceof Error ? event : new ConnectionLostError(message);
}
