import { AnswerHead } from './answer-head.js';
import { AnswerTooLargeError, HttpProtocolError } from './errors.js';

/** What a server answered: its head, and the body as text. */
export interface HttpAnswer {
  readonly head: AnswerHead;
  readonly text: string;
}

const EMPTY = Buffer.alloc(0);
const LONGEST_HEAD = 65_536;
const HEAD_END = '\r\n\r\n';
const CR = 13;
const LF = 10;

/**
 * Reads HTTP/1.1 answers (RFC 9112) to requests sent one after another on a connection. Strict: whatever is odd
 * is refused, for a connection that is out of step gives answers to the wrong requests.
 */
export class AnswerReader {
  readonly #maxBytes: number;
  /** Bytes behind the answer given last; they are only lent. */
  #rest: Buffer = EMPTY;
  /** Bytes of an answer that came in parts. */
  #waiting: Buffer = EMPTY;
  #head: AnswerHead | undefined;
  /** Bytes of the body so far, where its length is not known beforehand. */
  #bodyParts: Buffer[] = [];
  #bodyBytes = 0;
  #chunkLeft = 0;
  /** The end of the line after a chunk is still to come. */
  #afterChunk = false;
  /** The head read last, which often comes again just so. */
  #lastHead: { readonly text: string; readonly head: AnswerHead } | undefined;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** True between two answers. */
  get idle(): boolean {
    return this.#head === undefined && this.#waiting.length === 0;
  }

  /**
   * Takes the next bytes, which are only lent; returns the answer when they complete one. `awaited` is how many are still to come,
   * that one included: then `next` has to be asked for more of them, until there is none. Throws an HttpProtocolError or an
   * AnswerTooLargeError.
   */
  take(bytes: Buffer, awaited = 1): HttpAnswer | undefined {
    const all = this.#waiting.length === 0 ? bytes : Buffer.concat([this.#waiting, bytes]);
    this.#waiting = EMPTY;
    return this.#read(all, awaited);
  }

  /** The next answer among the bytes that were taken last. */
  next(awaited: number): HttpAnswer | undefined {
    const rest = this.#rest;
    if (rest.length === 0) return undefined;
    this.#rest = EMPTY;
    return this.#read(rest, awaited);
  }

  #read(all: Buffer, awaited: number): HttpAnswer | undefined {
    let from = 0;
    while (this.#head === undefined) {
      const end = all.indexOf(HEAD_END, from, 'latin1');
      if (end < 0) return this.#keep(all, from);
      const head = this.#readHead(all.toString('latin1', from, end));
      from = end + HEAD_END.length;
      // An interim answer (100, 103); the real one follows.
      if (head.status >= 200) this.#head = head;
    }
    return this.#body(this.#head, all, from, awaited);
  }

  /** The answer of a server that ends its body by closing; undefined when that came too early. */
  end(): HttpAnswer | undefined {
    const head = this.#head;
    if (head?.framing !== 'close') return undefined;
    return this.#answer(head, Buffer.concat(this.#bodyParts).toString('utf8'));
  }

  #readHead(text: string): AnswerHead {
    if (this.#lastHead?.text !== text) this.#lastHead = { text, head: new AnswerHead(text) };
    return this.#lastHead.head;
  }

  #body(head: AnswerHead, all: Buffer, from: number, awaited: number): HttpAnswer | undefined {
    if (head.framing === 'chunked') return this.#chunks(head, all, from, awaited);
    if (head.framing === 'close') {
      this.#collect(all, from, all.length);
      return undefined;
    }
    if (head.framing > this.#maxBytes) throw new AnswerTooLargeError(this.#maxBytes);
    const end = from + head.framing - this.#bodyBytes;
    if (end < all.length) this.#leave(all, end, awaited);
    if (this.#bodyBytes === 0 && end <= all.length) {
      return this.#answer(head, all.toString('utf8', from, end));
    }
    // What has been read stays as it came: joining it again with each part would be quadratic.
    this.#collect(all, from, Math.min(end, all.length));
    if (end > all.length) return undefined;
    return this.#answer(head, Buffer.concat(this.#bodyParts).toString('utf8'));
  }

  #chunks(head: AnswerHead, all: Buffer, start: number, awaited: number): HttpAnswer | undefined {
    let from = start;
    for (;;) {
      if (this.#chunkLeft > 0) {
        const end = Math.min(from + this.#chunkLeft, all.length);
        this.#collect(all, from, end);
        this.#chunkLeft -= end - from;
        from = end;
        if (this.#chunkLeft > 0) return undefined;
      }
      if (this.#afterChunk) {
        if (all.length < from + 2) return this.#keep(all, from);
        if (all[from] !== CR || all[from + 1] !== LF) throw new HttpProtocolError('A torn chunk');
        this.#afterChunk = false;
        from += 2;
      }
      const lineEnd = all.indexOf(LF, from);
      if (lineEnd < 0) return this.#keep(all, from);
      const size = chunkSize(all.toString('latin1', from, lineEnd));
      if (size === 0) return this.#trailers(head, all, from, lineEnd + 1, awaited);
      if (this.#bodyBytes + size > this.#maxBytes) throw new AnswerTooLargeError(this.#maxBytes);
      this.#chunkLeft = size;
      this.#afterChunk = true;
      from = lineEnd + 1;
    }
  }

  /** Trailers are read and forgotten; an empty line ends them and the answer. */
  #trailers(
    head: AnswerHead,
    all: Buffer,
    last: number,
    from: number,
    awaited: number,
  ): HttpAnswer | undefined {
    let line = from;
    for (;;) {
      const end = all.indexOf(LF, line);
      if (end < 0) return this.#keep(all, last);
      const empty = end === line || (end === line + 1 && all[line] === CR);
      line = end + 1;
      if (!empty) continue;
      if (line < all.length) this.#leave(all, line, awaited);
      return this.#answer(head, Buffer.concat(this.#bodyParts).toString('utf8'));
    }
  }

  #leave(all: Buffer, end: number, awaited: number): void {
    if (awaited === 1) throw new HttpProtocolError('An answer nobody asked for');
    this.#rest = all.subarray(end);
  }

  #answer(head: AnswerHead, text: string): HttpAnswer {
    this.#head = undefined;
    if (this.#bodyBytes > 0) {
      this.#bodyParts = [];
      this.#bodyBytes = 0;
    }
    return { head, text };
  }

  #collect(bytes: Buffer, from: number, to: number): void {
    if (from === to) return;
    this.#bodyBytes += to - from;
    if (this.#bodyBytes > this.#maxBytes) throw new AnswerTooLargeError(this.#maxBytes);
    this.#bodyParts.push(Buffer.from(bytes.subarray(from, to)));
  }

  #keep(bytes: Buffer, from: number): undefined {
    if (bytes.length - from > LONGEST_HEAD) throw new HttpProtocolError('A line without an end');
    this.#waiting = Buffer.from(bytes.subarray(from));
  }
}

function chunkSize(line: string): number {
  const size = /^([\da-f]{1,8})(?:[ \t]*;.*)?\r?$/i.exec(line)?.[1];
  if (size === undefined) throw new HttpProtocolError('A chunk without a size');
  return Number.parseInt(size, 16);
}
