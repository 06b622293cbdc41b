import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isPublic, postMessage } from './webhook-client.js';

const SECRET = `whsec_${Buffer.from('a secret of twenty-four.').toString('base64')}`;
const FORMER = `whsec_${Buffer.from('the one that was before.').toString('base64')}`;

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A web server of this test's own; its address. */
async function serve(answer: Answer, host = '127.0.0.1'): Promise<string> {
  const server = createServer((request, response) => void answer(request, response));
  await once(server.listen(0, host), 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  return `http://${host}:${(server.address() as AddressInfo).port}/hook?a=b`;
}

const message = (url: string, secrets = [SECRET]) => ({
  id: 'msg_1',
  url,
  body: '{"a":"ä"}',
  secrets,
});

describe('a message', () => {
  it('is signed with each secret, as Standard Webhooks verifies it', async () => {
    const { promise: received, resolve } = Promise.withResolvers<
      IncomingMessage & { body: string }
    >();
    const url = await serve(async (request, response) => {
      resolve(Object.assign(request, { body: await text(request) }));
      response.writeHead(202).end('thank you');
    });
    expect(await postMessage(message(url, [SECRET, FORMER]), 'any')).toEqual({
      ...{ status: 202, error: null },
    });
    const { method, url: path, headers, body } = await received;
    expect([method, path, headers['webhook-id']]).toEqual(['POST', '/hook?a=b', 'msg_1']);
    const signed = headers as Record<string, string>;
    for (const secret of [SECRET, FORMER])
      expect(new Webhook(secret).verify(body, signed)).toEqual({ a: 'ä' });
    expect(() => new Webhook(SECRET).verify(body.replace('ä', 'b'), signed)).toThrow();
    expect(() => new Webhook(Buffer.alloc(24).toString('base64')).verify(body, signed)).toThrow();
  });

  it('follows no redirect', async () => {
    let visits = 0;
    const inner = await serve((_request, response) => {
      visits += 1;
      response.end();
    });
    const outer = await serve((_request, response) =>
      response.writeHead(307, { location: inner }).end(),
    );
    expect(await postMessage(message(outer), 'any')).toEqual({ status: 307, error: null });
    expect(visits).toBe(0);
  });

  it('that gets no answer says why', async () => {
    const url = await serve((request) => request.socket.destroy());
    expect(await postMessage(message(url), 'any')).toEqual({
      ...{ status: null, error: expect.stringContaining('socket hang up') },
    });
  });

  it.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433'])(
    'does not go to %s where only the public internet may be reached',
    async (host) => {
      let visits = 0;
      const url = await serve((_request, response) => {
        visits += 1;
        response.end();
      });
      const inside = url.replace('127.0.0.1', host);
      const { error } = await postMessage(message(inside), 'public');
      expect(error).toMatch(/is not in the public internet$/);
      expect(visits).toBe(0);
    },
  );
});

it.each([
  ...['10.1.2.3', '172.16.0.1', '192.168.1.1', '127.0.0.1', '169.254.169.254', '100.64.0.1'],
  ...['0.0.0.0', '224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1', 'fd00::1', 'ff02::1'],
  ...['::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:a00:1::', 'nonsense'],
])('%s is not public', (address) => {
  expect(isPublic(address)).toBe(false);
});

it.each(['8.8.8.8', '93.184.216.34', '2606:4700:4700::1111', '::ffff:8.8.8.8'])(
  '%s is public',
  (address) => {
    expect(isPublic(address)).toBe(true);
  },
);
