import type { SecureContextOptions } from 'node:tls';
import type { HttpAnswer } from './answer-reader.js';
import { Connection, type Exchange } from './connection.js';
import { DeadlineError } from './errors.js';

export interface HttpClientOptions {
  /** Most connections kept open; more requests wait for one. */
  connections: number;
  /** Longest body of an answer, in bytes. */
  maxAnswerBytes: number;
  /** For https: whom to trust (`ca`), and who we are (`cert`, `key`). */
  tls?: SecureContextOptions | undefined;
}

/** Whoever may want to break a request off. */
export interface Cancellable {
  cancel: ((reason: Error) => void) | undefined;
}

/** Milliseconds between two looks at the deadlines, so that a request needs no timer of its own. */
const TICK_MS = 50;

/**
 * HTTP/1.1 requests to one origin over kept-alive connections. It does what a gateway does all day, JSON out and
 * JSON in, and nothing else of HTTP, at a third of what a general client costs.
 */
export class HttpClient {
  readonly #origin: URL;
  readonly #options: HttpClientOptions;
  readonly #open = new Set<Connection>();
  /** The one used last is used first, so that the others may fall idle. */
  readonly #idle: Connection[] = [];
  readonly #waiting: Exchange[] = [];
  #ticking: NodeJS.Timeout | undefined;
  #closed: PromiseWithResolvers<void> | undefined;

  constructor(origin: URL, options: HttpClientOptions) {
    this.#origin = origin;
    this.#options = options;
  }

  /**
   * Sends a request: its first line and headers, each with its line end, and the body. `call` gets the means to break
   * it off. Rejects with one of the errors of `errors.ts`; `timeoutMs` after it was called with a DeadlineError.
   */
  send(head: string, body: string, timeoutMs: number, call?: Cancellable): Promise<HttpAnswer> {
    return new Promise((succeed, fail) => {
      const exchange = { head, body, deadline: performance.now() + timeoutMs, succeed, fail };
      if (this.#closed) return fail(new Error('The client is closed'));
      this.#ticking ??= setInterval(() => this.#tick(), TICK_MS).unref();
      if (call) call.cancel = this.#canceller(exchange);
      const connection = this.#connection();
      if (connection) connection.send(exchange);
      else this.#waiting.push(exchange);
    });
  }

  /** Sends what is waiting, takes nothing new, and resolves when everything is answered. */
  close(): Promise<void> {
    this.#closed ??= Promise.withResolvers<void>();
    this.#endIdle();
    return this.#closed.promise;
  }

  /** Not written where it is used: there, it would keep alive all that `send` knows, long after the call. */
  #canceller(exchange: Exchange): (reason: Error) => void {
    return (reason) => this.#cancel(exchange, reason);
  }

  #cancel(exchange: Exchange, reason: Error): void {
    const index = this.#waiting.indexOf(exchange);
    if (index >= 0) {
      this.#waiting.splice(index, 1);
      exchange.fail(reason);
      return;
    }
    for (const connection of this.#open) {
      if (connection.exchange === exchange) connection.destroy(reason);
    }
  }

  #connection(): Connection | undefined {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      if (idle.usable(performance.now())) return idle;
      idle.destroy(new Error('No longer used'));
    }
    if (this.#open.size >= this.#options.connections) return undefined;
    const connection = new Connection(this.#origin, this.#options, this.#onIdle, this.#onClose);
    this.#open.add(connection);
    return connection;
  }

  readonly #onIdle = (connection: Connection): void => {
    const next = this.#waiting.shift();
    if (next) connection.send(next);
    else {
      this.#idle.push(connection);
      if (this.#closed) this.#endIdle();
    }
  };

  readonly #onClose = (connection: Connection): void => {
    this.#open.delete(connection);
    const index = this.#idle.indexOf(connection);
    if (index >= 0) this.#idle.splice(index, 1);
    const next = this.#waiting.length > 0 ? this.#connection() : undefined;
    if (next) next.send(this.#waiting.shift() as Exchange);
    if (this.#closed) this.#endIdle();
  };

  #endIdle(): void {
    for (const connection of this.#idle.splice(0)) connection.destroy(new Error('Closing'));
    if (this.#open.size > 0 || this.#waiting.length > 0) return;
    clearInterval(this.#ticking);
    this.#closed?.resolve();
  }

  /** Fails what is overdue and ends connections that have been idle for too long; rests when there is none. */
  #tick(): void {
    const now = performance.now();
    for (const connection of this.#open) {
      const { exchange } = connection;
      if (exchange && exchange.deadline <= now) connection.destroy(overdue());
      else if (!exchange && !connection.usable(now))
        connection.destroy(new Error('No longer used'));
    }
    for (const exchange of this.#waiting.filter(({ deadline }) => deadline <= now)) {
      this.#cancel(exchange, overdue());
    }
    if (this.#open.size > 0 || this.#waiting.length > 0) return;
    clearInterval(this.#ticking);
    this.#ticking = undefined;
  }
}

function overdue(): DeadlineError {
  return new DeadlineError('The server did not answer in time');
}
