import { describe, expect, it } from 'vitest';
import { AnswerReader, type HttpAnswer } from './answer-reader.js';

const MAX_BYTES = 100_000;

/** What a reader makes of text that comes in parts of the given length. */
function read(text: string, partLength = text.length, maxBytes = MAX_BYTES) {
  const reader = new AnswerReader(maxBytes);
  const bytes = Buffer.from(text);
  let answer: HttpAnswer | undefined;
  for (let i = 0; i < bytes.length; i += partLength) {
    // The block is lent for as long as the call takes.
    const lent = Buffer.from(bytes.subarray(i, i + partLength));
    answer = reader.take(lent);
    lent.fill(0);
    if (answer && i + partLength < bytes.length) throw new Error('answered too early');
  }
  return { answer: answer ?? reader.end(), reader };
}

const head = (...headers: string[]) => `${['HTTP/1.1 200 OK', ...headers].join('\r\n')}\r\n\r\n`;

const WHOLE: Record<string, [text: string, body: string]> = {
  'a length': [`${head('Content-Length: 12')}{"a":"äö"}`, '{"a":"äö"}'],
  'a length of nothing': [head('content-length: 0'), ''],
  chunks: [
    `${head('Transfer-Encoding: chunked')}4\r\n{"a"\r\n8;x=y\r\n:"äö"}\r\n0\r\n\r\n`,
    '{"a":"äö"}',
  ],
  'chunks and trailers': [
    `${head('transfer-encoding: Chunked')}2\r\n{}\r\n0\r\nA: b\r\nC: d\r\n\r\n`,
    '{}',
  ],
  'an interim answer before it': [
    `HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${head('content-length: 2')}{}`,
    '{}',
  ],
  'no sign of where it ends': [`${head('server: old')}{"a":1}`, '{"a":1}'],
};

describe.each(Object.entries(WHOLE))('an answer with %s', (_name, [text, body]) => {
  it('is read, however it comes in parts', () => {
    for (let length = 1; length <= Buffer.byteLength(text); length += 1) {
      const { answer, reader } = read(text, length);
      expect(answer, `in parts of ${length}`).toMatchObject({ head: { status: 200 }, text: body });
      expect(reader.idle).toBe(true);
    }
  });
});

it('is followed by the next one on the same connection', () => {
  const { reader } = read(`${head('content-length: 2')}{}`);
  const next = Buffer.from('HTTP/1.1 503 Away\r\nRetry-After: 3\r\ncontent-length: 4\r\n\r\nlate');
  const answer = reader.take(next);
  expect(answer).toMatchObject({ head: { status: 503 }, text: 'late' });
  expect(answer?.head.headers.get('retry-after')).toBe('3');
});

it('is one of several that come together, in parts of any length', () => {
  const bodies = ['{"a":"äö"}', '', '{}', 'x'.repeat(50)];
  const texts = bodies.map((body, i) =>
    i % 2 === 0
      ? `${head(`content-length: ${Buffer.byteLength(body)}`)}${body}`
      : `${head('transfer-encoding: chunked')}${body && `32\r\n${body}\r\n`}0\r\n\r\n`,
  );
  const bytes = Buffer.from(texts.join(''));
  for (let length = 1; length <= bytes.length; length += 1) {
    const reader = new AnswerReader(MAX_BYTES);
    const read: string[] = [];
    for (let i = 0; i < bytes.length; i += length) {
      const lent = Buffer.from(bytes.subarray(i, i + length));
      let answer = reader.take(lent, bodies.length - read.length);
      while (answer) {
        read.push(answer.text);
        answer = reader.next(bodies.length - read.length);
      }
      lent.fill(0);
    }
    expect(read, `in parts of ${length}`).toEqual(bodies);
    expect(reader.idle).toBe(true);
  }
});

it('joins headers that come twice', () => {
  const { answer } = read(`${head('a: 1', 'A: 2', 'content-length: 0')}`);
  expect(answer?.head.headers.get('a')).toBe('1, 2');
});

it.each([
  ['not HTTP at all', 'SSH-2.0-OpenSSH\r\n\r\n'],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n'],
  ['a header without a name', head(': x')],
  ['two lengths', head('content-length: 1', 'content-length: 2')],
  ['a negative length', head('content-length: -1')],
  ['an encoding nobody asked for', head('transfer-encoding: gzip, chunked')],
  ['more than its length', `${head('content-length: 2')}{}{}`],
  ['a chunk without a size', `${head('transfer-encoding: chunked')}x\r\n`],
  ['a torn chunk', `${head('transfer-encoding: chunked')}2\r\n{}!!0\r\n\r\n`],
  ['bytes after the last chunk', `${head('transfer-encoding: chunked')}0\r\n\r\n{}`],
])('refuses %s', (_name, text) => {
  expect(() => read(text)).toThrow();
});

it.each([
  ['a length', `${head('content-length: 100')}${'x'.repeat(100)}`],
  ['chunks', `${head('transfer-encoding: chunked')}64\r\n${'x'.repeat(100)}\r\n0\r\n\r\n`],
  ['no sign of an end', `${head('server: old')}${'x'.repeat(100)}`],
])('refuses more bytes than allowed, with %s', (_name, text) => {
  expect(() => read(text, text.length, 99)).toThrow('more than 99 bytes');
  expect(() => read(text, text.length, 100)).not.toThrow();
});

it('refuses a head without an end', () => {
  expect(() => read(`HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(20_000)}`, 10_000)).toThrow();
});

it('says that an answer has been cut off', () => {
  const reader = new AnswerReader(MAX_BYTES);
  reader.take(Buffer.from(`${head('content-length: 5')}{`));
  expect(reader.end()).toBeUndefined();
  expect(reader.idle).toBe(false);
});
