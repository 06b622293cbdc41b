import type { GraphQLError } from 'graphql';
import type { WebSocket } from 'ws';
import type { Session } from '../../authentication.js';
import { gatewayError, isUnauthenticated } from '../../errors.js';
import { because, CLOSE, type Closing } from './close-codes.js';
import { type ClientMessage, readMessage } from './messages.js';
import { type Answered, RunningOperation } from './running-operation.js';
import { callAt } from './timer.js';

export const SUBPROTOCOL = 'graphql-transport-ws';

export interface ConnectionLimits {
  /** Milliseconds for `connection_init` to come. */
  readonly initTimeoutMs: number;
  /** Operations that may run at a time. */
  readonly maxOperations: number;
  /** Bytes that may wait for the client to read. */
  readonly maxBufferedBytes: number;
  /** Milliseconds for which they may wait. */
  readonly maxStallMs: number;
}

/** What is served over a connection. */
export interface Service {
  /** Finds out who connects; rejects with UNAUTHENTICATED, or with whatever keeps it from knowing. */
  connect(params: Readonly<Record<string, unknown>> | undefined): Promise<Session>;
  /** Starts an operation; never rejects. */
  start(payload: Readonly<Record<string, unknown>>, session: Session): Promise<Answered>;
  /** Told of a refusal that did not get as far as `start`. */
  refused(errors: readonly GraphQLError[]): void;
}

/** From these bytes on, a stream waits until the client has read what it was sent. */
const CONGESTED_BYTES = 65_536;

type State = 'new' | 'connecting' | 'open' | 'closed';

/** The server's side of one graphql-transport-ws connection. */
export class Connection {
  /** Whether anything was heard of the client since it was last asked. */
  alive = true;
  readonly #socket: WebSocket;
  readonly #service: Service;
  readonly #limits: ConnectionLimits;
  readonly #operations = new Map<string, RunningOperation>();
  #state: State = 'new';
  #leaving = false;
  #session: Session | undefined;
  #stopTimer: (() => void) | undefined;

  constructor(socket: WebSocket, service: Service, limits: ConnectionLimits) {
    this.#socket = socket;
    this.#service = service;
    this.#limits = limits;
    this.#stopTimer = callAt(Date.now() + limits.initTimeoutMs, () =>
      this.close(CLOSE.initTimeout),
    );
    socket.on('message', (data, isBinary) => this.#receive(String(data), isBinary));
    socket.on('pong', () => {
      this.alive = true;
    });
    // ws closes the socket by itself, with the code that fits: 1009 for a frame over the limit, say.
    socket.on('error', () => {});
    socket.on('close', () => this.#end());
    if (socket.protocol !== SUBPROTOCOL) this.close(CLOSE.subprotocol);
  }

  /** Sees whether the client is still there; whoever did not answer the last time is cut off. */
  probe(): void {
    if (!this.alive) this.#socket.terminate();
    else if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping();
    this.alive = false;
  }

  close({ code, reason }: Closing): void {
    this.#socket.close(code, reason);
    this.#end();
  }

  /** Starts nothing more, and closes with 1001 as soon as queries and mutations are answered. */
  async goAway(): Promise<void> {
    this.#leaving = true;
    await Promise.all([...this.#operations.values()].map(({ answered }) => answered));
    this.close(CLOSE.goingAway);
  }

  /** Sends a message; the promise, given when the client reads slowly, says when to go on. */
  send(message: string): Promise<void> | undefined {
    if (this.#state === 'closed') return undefined;
    const waiting = this.#socket.bufferedAmount;
    if (waiting > this.#limits.maxBufferedBytes) {
      this.close(CLOSE.tooSlow);
      return undefined;
    }
    if (waiting <= CONGESTED_BYTES) {
      this.#socket.send(message);
      return undefined;
    }
    return new Promise((resolve) => {
      const stalled = setTimeout(() => this.close(CLOSE.tooSlow), this.#limits.maxStallMs);
      this.#socket.send(message, () => {
        clearTimeout(stalled);
        resolve();
      });
    });
  }

  /** Starts an operation for whoever is connected. */
  start(payload: Readonly<Record<string, unknown>>): Promise<Answered> {
    return this.#service.start(payload, this.#session as Session);
  }

  /** Forgets an operation that is over, unless its id is already another's. */
  forget(id: string, operation: RunningOperation): void {
    if (this.#operations.get(id) === operation) this.#operations.delete(id);
  }

  #receive(text: string, isBinary: boolean): void {
    if (this.#state === 'closed') return;
    this.alive = true;
    let message: ClientMessage;
    try {
      if (isBinary) throw new Error('Invalid message: it must be text');
      message = readMessage(text);
    } catch (error) {
      this.close(because(CLOSE.invalidMessage, (error as Error).message));
      return;
    }
    this.#handle(message);
  }

  #handle(message: ClientMessage): void {
    switch (message.type) {
      case 'connection_init':
        void this.#initialise(message.payload ?? undefined);
        return;
      case 'ping':
        void this.send(JSON.stringify({ type: 'pong', payload: message.payload }));
        return;
      case 'pong':
        return;
      case 'subscribe':
        this.#subscribe(message.id, message.payload);
        return;
      case 'complete':
        this.#operations.get(message.id)?.leave();
    }
  }

  async #initialise(params: Readonly<Record<string, unknown>> | undefined): Promise<void> {
    if (this.#state !== 'new') return this.close(CLOSE.tooManyInits);
    this.#state = 'connecting';
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    try {
      this.#open(await this.#service.connect(params));
    } catch (error) {
      this.close(isUnauthenticated(error) ? CLOSE.forbidden : CLOSE.tryAgainLater);
    }
  }

  #open(session: Session): void {
    // It may have closed meanwhile.
    if (this.#state !== 'connecting') return;
    this.#state = 'open';
    this.#session = session;
    const { expiresAt } = session;
    if (expiresAt !== undefined) {
      this.#stopTimer = callAt(expiresAt, () => this.close(CLOSE.forbidden));
    }
    void this.send('{"type":"connection_ack"}');
  }

  #subscribe(id: string, payload: Readonly<Record<string, unknown>>): void {
    if (this.#leaving) return;
    if (this.#state !== 'open') this.close(CLOSE.unauthorized);
    else if (this.#operations.has(id)) {
      this.close(because(CLOSE.subscriberExists, `Subscriber for ${id} already exists`));
    } else if (this.#operations.size >= this.#limits.maxOperations) {
      this.#refuse(id);
    } else {
      const operation = new RunningOperation(this, id);
      this.#operations.set(id, operation);
      operation.start(payload);
    }
  }

  #refuse(id: string): void {
    const limit = this.#limits.maxOperations;
    const errors = [gatewayError('TOO_MANY_OPERATIONS', undefined, { limit })];
    this.#service.refused(errors);
    void this.send(JSON.stringify({ id, type: 'error', payload: errors }));
  }

  #end(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#stopTimer?.();
    for (const operation of [...this.#operations.values()]) operation.leave();
  }
}
