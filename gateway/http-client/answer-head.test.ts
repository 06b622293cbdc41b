import { describe, expect, it } from 'vitest';
import { AnswerHead } from './answer-head.js';

const head = (...lines: string[]) => new AnswerHead(['HTTP/1.1 200 OK', ...lines].join('\r\n'));

describe('the head of an answer', () => {
  it('says what a gateway asks of each', () => {
    const answer = head(
      'Content-Length:  12 ',
      'Connection: Keep-Alive',
      'Keep-Alive: timeout=5',
      'Cache-Control: max-age=3',
      'Cache-Control: private',
    );
    expect(answer).toMatchObject({
      status: 200,
      framing: 12,
      connection: 'Keep-Alive',
      keepAlive: 'timeout=5',
      cacheControl: 'max-age=3, private',
    });
  });

  it('takes no other header of the same length for one of these', () => {
    const { framing, connection, keepAlive, cacheControl } = head(
      'x-content-long: 1',
      'x-encoding-others: chunked',
      'set-cookie: close',
      'x-cache-trace: no-store',
    );
    expect([framing, connection, keepAlive, cacheControl]).toEqual([
      'close',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('has all headers for whoever wants them', () => {
    expect([...head('A: 1', 'b:2', 'a: 3').headers]).toEqual([
      ['a', '1, 3'],
      ['b', '2'],
    ]);
  });

  it('needs neither a reason nor headers', () => {
    expect(new AnswerHead('HTTP/1.1 204')).toMatchObject({ status: 204, framing: 0 });
    expect(new AnswerHead('HTTP/1.1 304\r\ncontent-length: 9')).toMatchObject({ framing: 0 });
  });

  it.each([
    'HTTP/1.1 20',
    'HTTP/1.1 2000 OK',
    'HTTP/1.0 200 OK',
    'http/1.1 200 OK',
    'HTTP/1.1 200 OK\r\nno colon',
    'HTTP/1.1 200 OK\r\n: no name',
    'HTTP/1.1 200 OK\r\nfirst\r\nsecond: 2',
    'HTTP/1.1 200 OK\r\ncontent-length: 1e3',
    'HTTP/1.1 200 OK\r\ncontent-length: 1\r\nContent-Length: 1',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip',
  ])('refuses %j', (text) => {
    expect(() => new AnswerHead(text)).toThrow();
  });
});
