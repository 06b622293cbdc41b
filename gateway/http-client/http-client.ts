import type { SecureContextOptions } from 'node:tls';
import type { HttpAnswer } from './answer-reader.js';
import { Connection, type ConnectionEvents } from './connection.js';
import { DeadlineError } from './errors.js';
import type { Exchange } from './exchange.js';
import { type Pace, Tempo } from './pace.js';

export interface HttpClientOptions {
  /** Most connections kept open; more requests wait for one. */
  connections: number;
  /** Most requests sent on one connection before the first is answered; 1, the default, waits for each answer. */
  pipelining?: number | undefined;
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

/** The same where requests may be waiting for each other. */
const SHARED_TICK_MS = 10;

/**
 * HTTP/1.1 requests to one origin over kept-alive connections. It does what a gateway does all day, JSON out and
 * JSON in, and nothing else of HTTP, at a third of what a general client costs.
 *
 * With `pipelining`, requests of one turn of the event loop go out together: one write for all of them, and mostly one
 * read for their answers, where the system calls would cost more than everything else. That is only for requests that
 * change nothing and have been answered quickly so far, and none waits long behind another: it is then asked once more.
 */
export class HttpClient {
  readonly #origin: URL;
  readonly #options: HttpClientOptions;
  readonly #pipelining: number;
  readonly #tempo = new Tempo();
  readonly #open = new Set<Connection>();
  /** The one used last is used first, so that the others may fall idle. */
  readonly #idle: Connection[] = [];
  /** To be sent at the end of this turn of the event loop. */
  #gathered: Exchange[] = [];
  readonly #waiting: Exchange[] = [];
  #ticking: NodeJS.Timeout | undefined;
  #closed: PromiseWithResolvers<void> | undefined;

  constructor(origin: URL, options: HttpClientOptions) {
    this.#origin = origin;
    this.#options = options;
    this.#pipelining = options.pipelining ?? 1;
  }

  /**
   * Sends a request: its first line and headers, each with its line end, and the body. `call` gets the means to break
   * it off. Rejects with one of the errors of `errors.ts`; `timeoutMs` after it was called with a DeadlineError. One that
   * changes nothing brings the pace of its operation: it may share a connection, and be asked once more.
   */
  send(
    head: string,
    body: string,
    timeoutMs: number,
    call?: Cancellable,
    pace?: Pace,
  ): Promise<HttpAnswer> {
    return new Promise((succeed, fail) => {
      const deadline = performance.now() + timeoutMs;
      const exchange = { head, body, deadline, pace, sentAt: 0, alone: false, succeed, fail };
      if (this.#closed) return fail(new Error('The client is closed'));
      this.#tick();
      if (call) call.cancel = this.#canceller(exchange);
      if (this.#mayShare(exchange)) this.#gather(exchange);
      else this.#dispatch([exchange]);
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
    if (removed(this.#waiting, exchange) || removed(this.#gathered, exchange)) {
      exchange.fail(reason);
      return;
    }
    // How long its operation takes is not known now, but that it takes as long as this.
    exchange.pace?.took(performance.now() - exchange.sentAt);
    for (const connection of this.#open) if (connection.cancel(exchange, reason)) return;
  }

  #mayShare({ pace, alone }: Exchange): boolean {
    return this.#pipelining > 1 && !alone && pace !== undefined && this.#tempo.mayShare(pace);
  }

  #gather(exchange: Exchange): void {
    if (this.#gathered.length === 0) setImmediate(this.#sendGathered);
    this.#gathered.push(exchange);
  }

  readonly #sendGathered = (): void => {
    const gathered = this.#gathered;
    this.#gathered = [];
    for (let from = 0; from < gathered.length; from += this.#pipelining) {
      this.#dispatch(gathered.slice(from, from + this.#pipelining));
    }
  };

  #dispatch(line: Exchange[]): void {
    const connection = this.#connection();
    if (connection) connection.send(line);
    else this.#waiting.push(...line);
  }

  #connection(): Connection | undefined {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      if (idle.usable(performance.now())) return idle;
      idle.destroy(new Error('No longer used'));
    }
    if (this.#open.size >= this.#options.connections) return undefined;
    const connection = new Connection(this.#origin, this.#options, this.#events);
    this.#open.add(connection);
    return connection;
  }

  /** Those of the waiting that go out together next. */
  #nextLine(): Exchange[] {
    const next = this.#waiting.slice(0, this.#pipelining);
    const apart = next.findIndex((exchange) => !this.#mayShare(exchange));
    return this.#waiting.splice(0, apart < 0 ? next.length : Math.max(1, apart));
  }

  readonly #events: ConnectionEvents = {
    onAnswer: ({ pace }, milliseconds) => {
      if (!pace) return;
      pace.took(milliseconds);
      this.#tempo.took(milliseconds);
    },
    onIdle: (connection) => {
      if (this.#waiting.length > 0) return connection.send(this.#nextLine());
      this.#idle.push(connection);
      if (this.#closed) this.#endIdle();
    },
    onClose: (connection, unanswered) => {
      this.#open.delete(connection);
      removed(this.#idle, connection);
      this.#sendApart(unanswered);
      const next = this.#waiting.length > 0 ? this.#connection() : undefined;
      if (next) next.send(this.#nextLine());
      if (this.#closed) this.#endIdle();
    },
  };

  #sendApart(exchanges: readonly Exchange[]): void {
    for (const exchange of exchanges) {
      exchange.alone = true;
      this.#dispatch([exchange]);
    }
  }

  #endIdle(): void {
    for (const connection of this.#idle.splice(0)) connection.destroy(new Error('Closing'));
    if (this.#busy) return;
    clearInterval(this.#ticking);
    this.#closed?.resolve();
  }

  get #busy(): boolean {
    return this.#open.size > 0 || this.#waiting.length > 0 || this.#gathered.length > 0;
  }

  #tick(): void {
    if (this.#ticking) return;
    const everyMs = this.#pipelining > 1 ? SHARED_TICK_MS : TICK_MS;
    this.#ticking = setInterval(() => this.#look(), everyMs).unref();
  }

  /** Fails what is overdue and ends connections that have been idle for too long; rests when there is none. */
  #look(): void {
    const now = performance.now();
    for (const connection of this.#open) {
      const { current } = connection;
      if (current && current.deadline <= now) connection.destroy(overdue());
      else if (current) this.#sendApart(connection.takeLate(now - this.#tempo.patienceMs));
      else if (!connection.usable(now)) connection.destroy(new Error('No longer used'));
    }
    for (const exchange of this.#waiting.filter(({ deadline }) => deadline <= now)) {
      this.#cancel(exchange, overdue());
    }
    if (this.#busy) return;
    clearInterval(this.#ticking);
    this.#ticking = undefined;
  }
}

function removed<T>(list: T[], item: T): boolean {
  const index = list.indexOf(item);
  if (index >= 0) list.splice(index, 1);
  return index >= 0;
}

function overdue(): DeadlineError {
  return new DeadlineError('The server did not answer in time');
}
