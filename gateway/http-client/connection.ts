import { connect as connectTcp, type OnReadOpts, type Socket } from 'node:net';
import { connect as connectTls, type SecureContextOptions } from 'node:tls';
import type { AnswerHead } from './answer-head.js';
import { AnswerReader, type HttpAnswer } from './answer-reader.js';
import { ConnectionError } from './errors.js';

/** A request on its way. */
export interface Exchange {
  readonly head: string;
  readonly body: string;
  /** When it has to be over, by `performance.now()`. */
  readonly deadline: number;
  succeed(answer: HttpAnswer): void;
  fail(error: Error): void;
}

/** Bytes that the operating system writes into directly, one block for each connection. */
const READ_BYTES = 32_768;

/** Milliseconds by which we end an idle connection earlier than the server says it will. */
const KEEP_ALIVE_MARGIN_MS = 1_000;
const KEEP_ALIVE_MS = 4_000;

/** One kept-alive connection, with one request on its way at a time. */
export class Connection {
  readonly #socket: Socket;
  readonly #reader: AnswerReader;
  readonly #onIdle: (connection: Connection) => void;
  readonly #onClose: (connection: Connection) => void;
  #exchange: Exchange | undefined;
  #closed = false;
  /** When an idle connection must no longer be used, by `performance.now()`. */
  #usableUntil = Number.POSITIVE_INFINITY;

  constructor(
    origin: URL,
    {
      maxAnswerBytes,
      tls = {},
    }: { maxAnswerBytes: number; tls?: SecureContextOptions | undefined },
    onIdle: (connection: Connection) => void,
    onClose: (connection: Connection) => void,
  ) {
    this.#reader = new AnswerReader(maxAnswerBytes);
    this.#onIdle = onIdle;
    this.#onClose = onClose;
    this.#socket = this.#open(origin, tls);
    this.#socket.once('close', () => this.#ended());
    this.#socket.on('error', (error) => this.#fail(this.#broken(error.message, error)));
    this.#socket.setNoDelay(true);
  }

  get exchange(): Exchange | undefined {
    return this.#exchange;
  }

  /** Whether a request may still be sent on it: the server may be about to close it. */
  usable(now: number): boolean {
    return !this.#closed && now < this.#usableUntil;
  }

  send(exchange: Exchange): void {
    this.#exchange = exchange;
    const { head, body } = exchange;
    const bytes = Buffer.byteLength(body);
    const text = `${head}content-length: ${bytes}\r\n\r\n${body}`;
    // In text that is one byte a character, there is nothing to encode.
    this.#socket.write(text, bytes === body.length ? 'latin1' : 'utf8');
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
    const exchange = this.#exchange;
    try {
      if (!exchange) throw new Error('The server spoke without being asked');
      const answer = this.#reader.take(bytes);
      if (answer) this.#finish(exchange, answer);
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #finish(exchange: Exchange, answer: HttpAnswer): void {
    this.#exchange = undefined;
    const idleMs = idleTime(answer.head);
    if (idleMs <= 0) this.#close();
    else {
      this.#usableUntil = performance.now() + idleMs;
      this.#onIdle(this);
    }
    exchange.succeed(answer);
  }

  /** The server has closed; that may be how the answer ends. */
  #ended(): void {
    const exchange = this.#exchange;
    const answer = exchange && this.#reader.end();
    if (exchange && answer) {
      this.#exchange = undefined;
      exchange.succeed(answer);
    }
    this.#fail(this.#broken('The connection was closed'));
  }

  #broken(message: string, cause?: Error): ConnectionError {
    return new ConnectionError(message, !this.#reader.idle, cause);
  }

  #fail(error: Error): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#close();
    exchange?.fail(error);
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.destroy();
    this.#onClose(this);
  }
}

/** Milliseconds for which the server keeps the connection, with a margin; 0 when it closes it. */
function idleTime({ connection, keepAlive }: AnswerHead): number {
  if (connection?.toLowerCase().includes('close')) return 0;
  if (keepAlive === undefined) return KEEP_ALIVE_MS;
  const seconds = /timeout=(\d+)/i.exec(keepAlive)?.[1];
  return seconds === undefined ? KEEP_ALIVE_MS : Number(seconds) * 1000 - KEEP_ALIVE_MARGIN_MS;
}
