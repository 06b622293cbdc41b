import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { ASSERTION_HEADER } from '@waybill/kernel/identity.js';
import { bytesOf, type RawRequest } from '@waybill/kernel/raw-request.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forwardTo, type Gateway } from '../index.js';
import { testGateway } from '../testing/graph.js';

let gateway: Gateway;
let origin: string;
let taken: Array<Omit<RawRequest, 'body'> & { body: Buffer }> = [];
/** What requests to `/slow` wait for. */
let held = Promise.withResolvers<void>();
const arrived: Array<{ url: string | undefined; headers: IncomingHttpHeaders; body: Buffer }> = [];
const far = createServer(async (incoming, response) => {
  const { url, headers } = incoming;
  arrived.push({ url, headers, body: await buffer(incoming) });
  if (url?.endsWith('/file') || url?.endsWith('/broken')) {
    response.writeHead(200, { 'content-disposition': 'attachment' });
    const half = 'x'.repeat(50_000);
    response.write(half, () => (url.endsWith('/file') ? response.end(half) : response.destroy()));
    return;
  }
  response.writeHead(202).end('taken');
});

beforeAll(async () => {
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
  const { port } = far.address() as AddressInfo;
  const near = async (raw: RawRequest) => {
    taken.push({ ...raw, body: await bytesOf(raw, 100) });
    if (raw.path.endsWith('/broken')) throw new Error('secret detail');
    if (raw.path.endsWith('/slow')) await held.promise;
    return { status: 200 };
  };
  ({ gateway } = await testGateway({
    passThrough: [
      { prefix: '/hooks/near/', to: near, maxBodyBytes: 10, maxBodies: 2 },
      { prefix: '/hooks/far/', to: forwardTo(`http://127.0.0.1:${port}`) },
      { prefix: '/hooks/nowhere/', to: forwardTo('http://127.0.0.1:1') },
    ],
  }));
  origin = new URL((await gateway.listen(0)).url).origin;
});
beforeEach(() => {
  taken = [];
  held = Promise.withResolvers();
  arrived.length = 0;
});
afterAll(async () => {
  await gateway.close();
  await new Promise((resolve) => far.close(resolve));
});

const BYTES = Buffer.from([0, 255, 10, 123, 34]);

function post(
  path: string,
  body: Buffer<ArrayBuffer> | string = BYTES,
  headers: Record<string, string> = {},
) {
  return fetch(origin + path, { method: 'POST', body, headers });
}

describe('a request that is passed through', () => {
  it('reaches a function byte by byte', async () => {
    const response = await post('/hooks/near/a?b=c', BYTES, { 'x-signature': 's' });
    expect(response.status).toBe(200);
    expect(taken).toMatchObject([{ method: 'POST', path: '/hooks/near/a', body: BYTES }]);
    expect(taken[0]?.headers).toMatchObject({ 'x-signature': 's' });
  });

  it('reaches another process byte by byte, without what is for the gateway', async () => {
    const headers = { 'x-signature': 's', authorization: 'Bearer t', cookie: 'c=d' };
    const response = await post('/hooks/far/a', BYTES, {
      ...headers,
      [ASSERTION_HEADER]: 'forged',
    });
    expect([response.status, await response.text()]).toEqual([202, 'taken']);
    const [forwarded] = arrived;
    expect(forwarded).toMatchObject({ url: '/hooks/far/a', headers: { 'x-signature': 's' } });
    expect(forwarded?.body.equals(BYTES)).toBe(true);
    for (const name of ['authorization', 'cookie', ASSERTION_HEADER]) {
      expect(forwarded?.headers[name]).toBeUndefined();
    }
  });

  it('is asked to come again where too many are under way, unless it has no body', async () => {
    const slow = [post('/hooks/near/slow'), post('/hooks/near/slow')];
    await expect.poll(() => taken.length).toBe(2);
    const third = await post('/hooks/near/a');
    expect([third.status, third.headers.get('retry-after'), await third.text()]).toEqual([
      503,
      '1',
      'BUSY',
    ]);
    expect((await fetch(`${origin}/hooks/near/a`)).status).toBe(200);
    held.resolve();
    expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await post('/hooks/near/a')).status).toBe(200);
  });

  it('is refused when it is too large', async () => {
    expect((await post('/hooks/near/a', 'x'.repeat(10))).status).toBe(200);
    expect((await post('/hooks/near/a', 'x'.repeat(11))).status).toBe(413);
    const chunks = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 3; i++) controller.enqueue(Buffer.from('xxxx'));
        controller.close();
      },
    });
    const streamed = { method: 'POST', body: chunks, duplex: 'half' } as const;
    expect((await fetch(`${origin}/hooks/near/a`, streamed)).status).toBe(413);
    expect(taken).toHaveLength(1);
  });

  it('is answered as it comes, and seen to break off where that breaks off', async () => {
    const whole = await fetch(`${origin}/hooks/far/file`);
    expect(whole.headers.get('content-disposition')).toBe('attachment');
    expect(await whole.text()).toBe('x'.repeat(100_000));
    const broken = fetch(`${origin}/hooks/far/broken`).then((response) => response.text());
    await expect(broken).rejects.toThrow();
  });

  it('does not leave its prefix', async () => {
    // fetch() would tidy the path up before it is sent.
    const asked = request(origin, { path: '/hooks/far/../near/a', method: 'POST' }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(404);
    expect(arrived).toEqual([]);
  });

  it('fails without telling why', async () => {
    expect((await post('/hooks/nowhere/a')).status).toBe(502);
    const response = await post('/hooks/near/broken');
    expect([response.status, await response.text()]).toEqual([500, 'Internal server error']);
  });

  it('is one of those that were named', async () => {
    expect((await post('/hooks/elsewhere')).status).toBe(404);
  });
});
