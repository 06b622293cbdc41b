import { connect as connectTcp, type OnReadOpts, type Socket } from 'node:net';
import { connect as connectTls, type SecureContextOptions } from 'node:tls';
import type { AnswerHead } from './answer-head.js';
import { AnswerReader, type HttpAnswer } from './answer-reader.js';
import { ConnectionError } from './errors.js';
import { type Exchange, placeholder } from './exchange.js';

/** What a connection tells whoever opened it. */
export interface ConnectionEvents {
  /** A request was answered, as many milliseconds after it was sent. */
  onAnswer(exchange: Exchange, milliseconds: number): void;
  /** Everything is answered: it may be sent more. */
  onIdle(connection: Connection): void;
  /** It is not used any more; these requests were behind others, and no part of their answers has come. */
  onClose(connection: Connection, unanswered: Exchange[]): void;
}

export interface ConnectionOptions {
  maxAnswerBytes: number;
  tls?: SecureContextOptions | undefined;
}

/** Bytes that the operating system writes into directly, one block for each connection. */
const READ_BYTES = 32_768;

/** Milliseconds by which we end an idle connection earlier than the server says it will. */
const KEEP_ALIVE_MARGIN_MS = 1_000;
const KEEP_ALIVE_MS = 4_000;

const NONE: readonly Exchange[] = [];

/** One kept-alive connection. What is sent on it together is answered in the same order (RFC 9112, section 9.3.2). */
export class Connection {
  readonly #socket: Socket;
  readonly #reader: AnswerReader;
  readonly #events: ConnectionEvents;
  /** What is still to be answered, in turn. */
  #line: Exchange[] = [];
  #closed = false;
  /** When an idle connection must no longer be used, by `performance.now()`. */
  #usableUntil = Number.POSITIVE_INFINITY;

  constructor(origin: URL, options: ConnectionOptions, events: ConnectionEvents) {
    this.#reader = new AnswerReader(options.maxAnswerBytes);
    this.#events = events;
    this.#socket = this.#open(origin, options.tls ?? {});
    this.#socket.once('close', () => this.#ended());
    this.#socket.on('error', (error) => this.#fail(this.#broken(error.message, error)));
    this.#socket.setNoDelay(true);
  }

  /** The request whose answer is next. */
  get current(): Exchange | undefined {
    return this.#line[0];
  }

  /** Whether a request may still be sent on it: the server may be about to close it. */
  usable(now: number): boolean {
    return !this.#closed && now < this.#usableUntil;
  }

  /** Sends requests in one go; only to an idle connection. */
  send(line: Exchange[]): void {
    this.#line = line;
    const now = performance.now();
    let text = '';
    let encoded = true;
    for (const exchange of line) {
      const { head, body } = exchange;
      const bytes = Buffer.byteLength(body);
      if (bytes !== body.length) encoded = false;
      exchange.sentAt ||= now;
      text += `${head}content-length: ${bytes}\r\n\r\n${body}`;
    }
    // In text that is one byte a character, there is nothing to encode.
    this.#socket.write(text, encoded ? 'latin1' : 'utf8');
  }

  /** Breaks a request off, if it is on its way here. The one whose turn it is takes the connection with it. */
  cancel(exchange: Exchange, reason: Error): boolean {
    const index = this.#line.indexOf(exchange);
    if (index < 0) return false;
    if (index === 0) this.destroy(reason);
    else {
      this.#line[index] = placeholder(exchange);
      exchange.fail(reason);
    }
    return true;
  }

  /** Takes those out of the line that have been waiting for others since before the given time. */
  takeLate(sentBefore: number): readonly Exchange[] {
    if (this.#line.length < 2) return NONE;
    const late = this.#line.filter(
      ({ alone, sentAt }, i) => i > 0 && !alone && sentAt < sentBefore,
    );
    for (const exchange of late) this.#line[this.#line.indexOf(exchange)] = placeholder(exchange);
    return late;
  }

  /** Gives up what is under way. */
  destroy(error: Error): void {
    this.#fail(error);
  }

  #open(origin: URL, tls: SecureContextOptions): Socket {
    const host = origin.hostname.replace(/^\[|\]$/g, '');
    if (origin.protocol === 'https:') {
      const port = Number(origin.port || 443);
      const socket = connectTls({ ...tls, host, port, ALPNProtocols: ['http/1.1'] });
      socket.on('data', (bytes: Buffer) => this.#take(bytes));
      return socket;
    }
    const port = Number(origin.port || 80);
    // Without a stream in between, each read costs a third.
    const onread: OnReadOpts = {
      buffer: Buffer.allocUnsafeSlow(READ_BYTES),
      callback: (length, buffer) => {
        this.#take((buffer as Buffer).subarray(0, length));
        return true;
      },
    };
    return connectTcp({ host, port, onread });
  }

  #take(bytes: Buffer): void {
    try {
      if (this.#line.length === 0) throw new Error('The server spoke without being asked');
      let answer = this.#reader.take(bytes, this.#line.length);
      if (!answer) return;
      const now = performance.now();
      while (answer) {
        this.#finish(answer, now);
        answer = this.#reader.next(this.#line.length);
      }
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #finish(answer: HttpAnswer, now: number): void {
    const exchange = this.#line.shift() as Exchange;
    this.#events.onAnswer(exchange, now - exchange.sentAt);
    const idleMs = idleTime(answer.head);
    if (idleMs <= 0) this.#close();
    else if (this.#line.length === 0) {
      this.#usableUntil = now + idleMs;
      this.#events.onIdle(this);
    }
    exchange.succeed(answer);
  }

  /** The server has closed; that may be how the answer ends. */
  #ended(): void {
    const answer = this.#line.length > 0 ? this.#reader.end() : undefined;
    if (answer) this.#line.shift()?.succeed(answer);
    this.#fail(this.#broken('The connection was closed'));
  }

  #broken(message: string, cause?: Error): ConnectionError {
    return new ConnectionError(message, !this.#reader.idle, cause);
  }

  /** It is the fault of the request whose turn it is, or nobody's. */
  #fail(error: Error): void {
    const exchange = this.#line.shift();
    this.#close();
    exchange?.fail(error);
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.destroy();
    const unanswered = this.#line.filter(({ alone }) => !alone);
    this.#line = [];
    this.#events.onClose(this, unanswered);
  }
}

/** Milliseconds for which the server keeps the connection, with a margin; 0 when it closes it. */
function idleTime({ connection, keepAlive }: AnswerHead): number {
  if (connection?.toLowerCase().includes('close')) return 0;
  if (keepAlive === undefined) return KEEP_ALIVE_MS;
  const seconds = /timeout=(\d+)/i.exec(keepAlive)?.[1];
  return seconds === undefined ? KEEP_ALIVE_MS : Number(seconds) * 1000 - KEEP_ALIVE_MARGIN_MS;
}
