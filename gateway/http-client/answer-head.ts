import { HttpProtocolError } from './errors.js';

/** How the end of a body is known: its length in bytes, chunks, or the end of the connection. */
export type Framing = number | 'chunked' | 'close';

/**
 * First line and headers of an answer (RFC 9112). What is asked of every answer is read at once, all headers only where
 * somebody wants them: of a head, a gateway needs three lines and reads a million a minute. Throws an HttpProtocolError.
 */
export class AnswerHead {
  readonly status: number;
  readonly framing: Framing;
  readonly #text: string;
  #contentLength: string | undefined;
  #transferEncoding: string | undefined;
  #connection: string | undefined;
  #keepAlive: string | undefined;
  #cacheControl: string | undefined;

  constructor(text: string) {
    this.#text = text;
    this.status = statusOf(text);
    for (let from = lineEnd(text, 0) + 2; from < text.length; ) {
      const end = lineEnd(text, from);
      const colon = text.indexOf(':', from);
      if (colon <= from || colon >= end) throw new HttpProtocolError('A header without a name');
      this.#take(from, colon, end);
      from = end + 2;
    }
    this.framing = framingOf(this.status, this.#transferEncoding, this.#contentLength);
  }

  get connection(): string | undefined {
    return this.#connection;
  }

  get keepAlive(): string | undefined {
    return this.#keepAlive;
  }

  get cacheControl(): string | undefined {
    return this.#cacheControl;
  }

  /** All headers by their lower-case names. */
  get headers(): ReadonlyMap<string, string> {
    const headers = new Map<string, string>();
    for (const line of this.#text.split('\r\n').slice(1)) {
      const colon = line.indexOf(':');
      const name = line.slice(0, colon).toLowerCase();
      headers.set(name, joined(headers.get(name), line.slice(colon + 1).trim()));
    }
    return headers;
  }

  #take(from: number, colon: number, end: number): void {
    if (!LENGTHS_OF_NAMES.has(colon - from)) return;
    const name = this.#text.slice(from, colon).toLowerCase();
    const value = this.#text.slice(colon + 1, end).trim();
    if (name === 'content-length') this.#contentLength = joined(this.#contentLength, value);
    else if (name === 'keep-alive') this.#keepAlive = joined(this.#keepAlive, value);
    else if (name === 'connection') this.#connection = joined(this.#connection, value);
    else if (name === 'cache-control') this.#cacheControl = joined(this.#cacheControl, value);
    else if (name === 'transfer-encoding') {
      this.#transferEncoding = joined(this.#transferEncoding, value);
    }
  }
}

const LENGTHS_OF_NAMES: ReadonlySet<number> = new Set(
  ['content-length', 'transfer-encoding', 'connection', 'keep-alive', 'cache-control'].map(
    ({ length }) => length,
  ),
);

const START = 'HTTP/1.1 ';

function statusOf(text: string): number {
  const digits = text.slice(START.length, START.length + 3);
  const next = text[START.length + 3];
  const ended = next === undefined || next === ' ' || next === '\r';
  if (!text.startsWith(START) || !/^\d{3}$/.test(digits) || !ended) {
    throw new HttpProtocolError('This is not HTTP/1.1');
  }
  return Number(digits);
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\r\n', from);
  return end < 0 ? text.length : end;
}

/** A header that comes twice is a list (RFC 9110, section 5.3). */
function joined(before: string | undefined, value: string): string {
  return before === undefined ? value : `${before}, ${value}`;
}

/** RFC 9112, section 6.3. */
function framingOf(
  status: number,
  transferEncoding: string | undefined,
  contentLength: string | undefined,
): Framing {
  if (status < 200 || status === 204 || status === 304) return 0;
  if (transferEncoding !== undefined) {
    if (transferEncoding.toLowerCase() === 'chunked') return 'chunked';
    throw new HttpProtocolError(`Nobody asked for transfer-encoding ${transferEncoding}`);
  }
  if (contentLength === undefined) return 'close';
  if (!/^\d{1,15}$/.test(contentLength))
    throw new HttpProtocolError('A content-length that is none');
  return Number(contentLength);
}
