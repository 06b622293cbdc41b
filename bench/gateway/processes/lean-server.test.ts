import { describe, expect, it } from 'vitest';
import { takeBody } from './lean-server.js';

const request = (body: string) =>
  `POST /graphql HTTP/1.1\r\nhost: a\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

describe('takeBody', () => {
  it('takes the body of the first request', () => {
    const taken = takeBody(Buffer.from(request('{"é":1}') + request('{}')));
    expect(taken?.bytes.toString()).toBe('{"é":1}');
    expect(taken?.end).toBe(Buffer.byteLength(request('{"é":1}')));
  });

  it('waits for the rest of a head or a body', () => {
    const whole = Buffer.from(request('{"a":1}'));
    for (let length = 0; length < whole.length; length += 1) {
      expect(takeBody(whole.subarray(0, length))).toBeUndefined();
    }
  });

  it('refuses a body of unknown length', () => {
    expect(() => takeBody(Buffer.from('POST / HTTP/1.1\r\nhost: a\r\n\r\n'))).toThrow(
      'content-length',
    );
  });
});
