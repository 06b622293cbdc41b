import type { DistributedWaybill } from '@waybill/deploy/distributed.js';
import { DEMO_PEOPLE } from '@waybill/deploy/seed.js';
import { ASSERTION_HEADER, type Identity, signAssertion } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { client } from '../support/client.js';
import { logIn } from '../support/shop.js';
import { startTestWaybill } from '../support/waybill.js';

const SECRET = 'a secret that the tests know, too: 0123456789';
const SUBGRAPHS = ['users', 'catalog', 'orders', 'payments'] as const;
const ADMIN: Identity = { kind: 'user', userId: newId(), roles: ['ADMIN'] };
const WORKERS: Identity = { kind: 'service', name: 'workers' };

let waybill: DistributedWaybill;
let url: string;
let token: string;
const urls = new Map<string, string>();

beforeAll(async () => {
  const options = { topology: 'distributed', internalSecret: SECRET } as const;
  waybill = (await startTestWaybill(options)) as unknown as DistributedWaybill;
  url = waybill.url;
  token = await logIn(client(url), DEMO_PEOPLE.admin);
  for (const name of SUBGRAPHS) urls.set(name, (await waybill.processes[name].ready()).url);
}, 60_000);
afterAll(() => waybill?.close());

type Headers = Record<string, string>;

const assertion = (identity: Identity, secret = SECRET, now = Date.now()): Headers => ({
  [ASSERTION_HEADER]: signAssertion(identity, secret, now),
});

/** One that is good but for its payload. */
function changed(): Headers {
  const [, signature] = signAssertion(ADMIN, SECRET).split('.');
  const [payload] = signAssertion(WORKERS, SECRET).split('.');
  return { [ASSERTION_HEADER]: `${payload}.${signature}` };
}

const OUTSIDERS: Array<[string, () => Headers]> = [
  ['nothing', () => ({})],
  ["an administrator's token", () => ({ authorization: `Bearer ${token}` })],
  ['an assertion of their own', () => assertion(ADMIN, 'x'.repeat(32))],
  ['an assertion that has expired', () => assertion(ADMIN, SECRET, Date.now() - 61_000)],
  ['an assertion that was changed', changed],
  [
    'names of identities',
    () => ({ 'x-user-id': newId(), 'x-roles': 'ADMIN', 'x-service': 'jobs' }),
  ],
  ['the identity as it is', () => ({ [ASSERTION_HEADER]: JSON.stringify({ identity: ADMIN }) })],
];

async function post(address: string, body: unknown, headers: Headers) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

describe.each(SUBGRAPHS)('the port of %s', (name) => {
  const SERVICE = { query: '{ _service { sdl } }' };
  const ENTITIES = { query: '{ _entities(representations: []) { __typename } }' };

  it.each(OUTSIDERS)('answers 401 to whoever comes with %s', async (_, headersOf) => {
    const headers = headersOf();
    const base = urls.get(name);
    for (const [path, body] of [
      ['/graphql', { query: '{ __typename }' }],
      ['/graphql', SERVICE],
      ['/graphql', ENTITIES],
      ['/commands/forgetKeys', [{ olderThanHours: 24, limit: 1 }]],
      ['/anything', {}],
    ] as const) {
      expect(await post(base + path, body, headers)).toEqual({
        status: 401,
        body: { errors: [{ message: 'UNAUTHENTICATED', extensions: { code: 'UNAUTHENTICATED' } }] },
      });
    }
    await expect(overWebSocket(`${base}/graphql`, headers)).rejects.toMatchObject({ code: 4403 });
  });

  it('answers who is asserted, and obeys services alone', async () => {
    const base = urls.get(name);
    const asked = await post(`${base}/graphql`, { query: '{ __typename }' }, assertion(ADMIN));
    expect(asked).toEqual({ status: 200, body: { data: { __typename: 'Query' } } });
    const command = (who: Identity) => post(`${base}/commands/none`, [], assertion(who));
    expect(await command(ADMIN)).toMatchObject({ status: 403 });
    expect(await command(WORKERS)).toMatchObject({ status: 404 });
  });
});

async function overWebSocket(address: string, connectionParams: Headers): Promise<unknown> {
  const ws = createClient({
    url: address.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
  });
  try {
    for await (const answer of ws.iterate({ query: '{ __typename }' })) return answer;
    return undefined;
  } finally {
    await ws.dispose();
  }
}

describe('the gateway takes no identity from a header', () => {
  // They would do inside: they are signed with the right secret.
  const spoofed: Array<[string, Headers]> = [
    ['of an administrator', assertion(ADMIN)],
    ['of a service', assertion(WORKERS)],
    ['of other systems', { 'x-user-id': newId(), 'x-roles': 'ADMIN', 'x-forwarded-user': 'admin' }],
  ];
  const QUERY = '{ me { id } users(first: 1) { edges { node { id } } } }';
  const refused = { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] };

  it.each(spoofed)('%s over HTTP', async (_, headers) => {
    expect(await client(url, undefined, headers).answer(QUERY)).toMatchObject(refused);
    const { errors } = await client(url, undefined, headers).answer(
      'mutation { setStock(input: { lines: { sku: "MUG-ENAMEL", onHand: 0 } }) { userErrors { code } } }',
    );
    expect(errors).toMatchObject(refused.errors);
  });

  it.each(spoofed)(
    '%s over WebSocket, in connectionParams or with an operation',
    async (_, headers) => {
      for (const [params, extensions] of [
        [headers, undefined],
        [{}, { headers }],
      ] as const) {
        const ws = createClient({
          url: url.replace('http', 'ws'),
          webSocketImpl: WebSocket,
          connectionParams: params,
          retryAttempts: 0,
        });
        const FEED = 'subscription { orderFeed { type } }';
        const answers: unknown[] = [];
        try {
          for await (const answer of ws.iterate({ query: FEED, extensions })) answers.push(answer);
        } catch (errors) {
          answers.push({ errors });
        }
        await ws.dispose();
        expect(answers).toMatchObject([refused]);
      }
    },
  );

  it('and a caller who has a token stays who the token says', async () => {
    const customer = client(url, await logIn(client(url), DEMO_PEOPLE.customer), assertion(ADMIN));
    const { errors } = await customer.answer(QUERY);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});
