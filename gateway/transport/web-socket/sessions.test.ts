import { afterEach, describe, expect, it } from 'vitest';
import { type Authenticate, type Gateway, UnauthenticatedError } from '../../index.js';
import { testGateway, testGraph } from '../../testing/graph.js';
import { memoryLog } from '../../testing/memory-log.js';
import { acknowledgedSocket, rawSocket } from '../../testing/raw-socket.js';

const ADDED = 'subscription { reviewAdded { id } }';
const UNAUTHENTICATED = [{ extensions: { code: 'UNAUTHENTICATED' } }];

/** Tokens say for how many milliseconds they are valid. */
const authenticate: Authenticate = ({ authorization = 'Bearer 600000' }) => {
  const left = Number(authorization.slice('Bearer '.length));
  if (!(left > 0)) throw new UnauthenticatedError('expired');
  const identity = { kind: 'user', userId: authorization, roles: ['CUSTOMER'] } as const;
  return { identity, expiresAt: Date.now() + left };
};

describe('credentials that expire', () => {
  const graph = testGraph();
  let gateway: Gateway;
  const start = async (options = {}) => {
    ({ gateway } = await testGateway({ authenticate, ...options }, graph));
    return (await gateway.listen(0)).url;
  };
  afterEach(() => gateway.close());
  const subscribers = (count: number) => expect.poll(() => graph.feed.open.size).toBe(count);

  it('close the socket with 4403 when they are those of the connection', async () => {
    const raw = await acknowledgedSocket(await start(), { token: '150' });
    raw.subscribe('1', ADDED);
    await subscribers(1);
    expect(await raw.closed).toEqual({ code: 4403, reason: 'Forbidden' });
    await subscribers(0);
  });

  it('end the operation that they came with, and no other', async () => {
    const raw = await acknowledgedSocket(await start());
    const extensions = { headers: { Authorization: 'Bearer 150' } };
    raw.subscribe('short', ADDED, { extensions });
    raw.subscribe('long', ADDED);
    await subscribers(2);
    expect(await raw.next()).toMatchObject({
      id: 'short',
      type: 'error',
      payload: UNAUTHENTICATED,
    });
    await subscribers(1);
    graph.feed.publish({ id: '1', body: '', authorId: '1', upc: 'table' });
    expect(await raw.next()).toMatchObject({ id: 'long', type: 'next' });
    raw.subscribe('short', ADDED, { extensions });
    await subscribers(2);
  });

  it('are refused with an operation that comes too late', async () => {
    const raw = await acknowledgedSocket(await start());
    raw.subscribe('1', ADDED, { extensions: { headers: { Authorization: 'Bearer 0' } } });
    expect(await raw.next()).toMatchObject({ type: 'error', payload: UNAUTHENTICATED });
  });

  it('may last longer than timers do', async () => {
    const raw = await acknowledgedSocket(await start(), { token: String(1e12) });
    raw.send({ type: 'ping' });
    expect(await raw.next()).toEqual({ type: 'pong' });
  });

  it('that nobody can look into at the moment close the socket with 1013, and a word in the log', async () => {
    const log = memoryLog();
    const failing = () => Promise.reject(new Error('no route to the issuer'));
    const raw = await rawSocket(await start({ authenticate: failing, log }));
    raw.send({ type: 'connection_init' });
    expect(await raw.closed).toEqual({ code: 1013, reason: 'Try again later' });
    expect(log.text()).toContain('no route to the issuer');
  });
});
