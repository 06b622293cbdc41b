import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DEMO_PEOPLE } from '@waybill/deploy/seed.js';
import { get, type HttpAnswer, post, sha256 } from '@waybill/gateway/testing/http.js';
import { ask, webSocketClient } from '@waybill/gateway/testing/web-socket-client.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, client } from '../../support/client.js';
import {
  approveOperations,
  createApiKey,
  createPartner,
  decideOperations,
  type NewKey,
  withdrawApiKey,
} from '../../support/partners.js';
import { logIn, type Shop } from '../../support/shop.js';
import type { InBoth } from '../in-both-topologies.js';

const PRODUCTS =
  'query Products($first: Int = 2) { productVariants(first: $first) { edges { node { sku } } } }';
const PLACE =
  'mutation Place($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { code } } }';
const FOLLOW = 'subscription Follow($id: ID!) { orderUpdates(orderId: $id) { seq type } }';
const FOREIGN = 'query Foreign { products(first: 1) { edges { node { title } } } }';
const FOREIGN_PLACE = PLACE.replace('mutation Place', 'mutation ForeignPlace');
const FOREIGN_FOLLOW = FOLLOW.replace('Follow', 'ForeignFollow');

const manifestOf = (...texts: string[]) =>
  Object.fromEntries(texts.map((text) => [sha256(text), text]));
const house = JSON.parse(
  readFileSync(new URL('../../../schema/operations/manifest.json', import.meta.url), 'utf8'),
) as { operations: Array<{ id: string; name: string; body: string }> };
const houseId = (name: string) => house.operations.find((each) => each.name === name)?.id ?? '';

type Asked = { query?: string; documentId?: string; extensions?: object; variables?: object };
const persisted = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(text) } });
const code = ({ errors }: HttpAnswer['body']) => errors?.[0]?.extensions.code;

export const partnerOperations = ({ shop: shopOf, fetches }: InBoth) =>
  describe('operations of partners', () => {
    let shop: Shop;
    let admin: Client;
    let acme: string;
    let key: NewKey;

    beforeAll(async () => {
      shop = shopOf();
      admin = client(shop.url, await logIn(shop.nobody, DEMO_PEOPLE.admin));
      acme = await createPartner(admin);
      key = await createApiKey(admin, acme);
      await approveOperations(admin, acme, manifestOf(PRODUCTS, PLACE, FOLLOW));
      const globex = await createPartner(admin);
      await approveOperations(admin, globex, manifestOf(FOREIGN, FOREIGN_PLACE, FOREIGN_FOLLOW));
    });

    const run = async (asked: Asked, { secret } = key) =>
      (await post(shop.url, asked, { 'x-api-key': secret })).body;

    const overWebSocket = async (asked: Asked): Promise<HttpAnswer['body']> => {
      const socket = webSocketClient(shop.url, { 'X-API-Key': key.secret });
      try {
        return (await ask(socket, { query: '', ...asked } as never)) as HttpAnswer['body'];
      } catch (errors) {
        return { errors: errors as never };
      } finally {
        await socket.dispose();
      }
    };

    const WAYS: Array<[string, (asked: Asked) => Promise<HttpAnswer['body']>]> = [
      ['POST', run],
      ['GET', async (asked) => (await get(shop.url, asked, { 'x-api-key': key.secret })).body],
      ['WebSocket', overWebSocket],
    ];

    describe.each(WAYS)('over %s', (_, send) => {
      it('run by their id', async () => {
        const { data } = await send({ documentId: sha256(PRODUCTS) });
        expect(data).toMatchObject({ productVariants: { edges: [{}, {}] } });
      });

      it.each([
        ['raw text', { query: PRODUCTS }, 'QUERY_NOT_IN_SAFELIST'],
        [
          'automatic registration',
          { query: FOREIGN, extensions: persisted(FOREIGN) },
          'QUERY_NOT_IN_SAFELIST',
        ],
        ["another partner's query", { documentId: sha256(FOREIGN) }, 'PERSISTED_QUERY_NOT_FOUND'],
        [
          "another partner's mutation",
          { extensions: persisted(FOREIGN_PLACE) },
          'PERSISTED_QUERY_NOT_FOUND',
        ],
        [
          "another partner's subscription",
          { documentId: sha256(FOREIGN_FOLLOW) },
          'PERSISTED_QUERY_NOT_FOUND',
        ],
        [
          'an operation of the house',
          { documentId: houseId('Products') },
          'PERSISTED_QUERY_NOT_FOUND',
        ],
        [
          'what is for keys of another scope',
          { documentId: houseId('RegisterOperations') },
          'PERSISTED_QUERY_NOT_FOUND',
        ],
      ])('nothing else runs: %s', async (_name, asked, expected) => {
        await send({ documentId: sha256(PRODUCTS) });
        const before = fetches.length;
        const answer = await send(asked);
        expect(answer.data).toBeUndefined();
        expect(code(answer)).toBe(expected);
        expect(fetches).toHaveLength(before);
      });
    });

    const place = async (as = key) => {
      const input = {
        lines: [{ sku: await shop.product(), quantity: 1 }],
        paymentMethod: 'pm_card_approve',
        idempotencyKey: randomUUID(),
      };
      return run({ documentId: sha256(PLACE), variables: { input } }, as);
    };

    const orderOf = (answer: HttpAnswer['body']) =>
      (answer.data as { placeOrder: { order: { id: string } } }).placeOrder.order.id;

    it('place orders that are followed, until the key is withdrawn', async () => {
      const own = await createApiKey(admin, acme);
      const id = orderOf(await place(own));
      const socket = webSocketClient(shop.url, { token: own.secret });
      const events = socket.iterate({
        query: '',
        extensions: persisted(FOLLOW),
        variables: { id },
      });
      expect((await events.next()).value).toMatchObject({ data: { orderUpdates: { seq: 1 } } });
      await withdrawApiKey(admin, own.id);
      expect(code(await run({ documentId: sha256(PRODUCTS) }, own))).toBe('UNAUTHENTICATED');
      await shop.staff.ask(
        'mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { userErrors { code } } }',
        { input: { orderId: id, reason: 'closed' } },
      );
      const codes: unknown[] = [];
      for await (const { errors } of events) codes.push(errors?.[0]?.extensions?.code);
      expect(codes.at(-1)).toBe('UNAUTHENTICATED');
      await socket.dispose();
      expect(code(await place(key))).toBeUndefined();
    });

    it('run only as far as the key is good for', async () => {
      const reading = await createApiKey(admin, acme, ['READ']);
      expect((await run({ documentId: sha256(PRODUCTS) }, reading)).data).toBeDefined();
      expect(code(await place(reading))).toBe('PERSISTED_QUERY_NOT_FOUND');
    });

    it('run once they are approved, and no more once they are retired', async () => {
      const text = 'query Sku { products(first: 1) { edges { node { id } } } }';
      const operations = await createApiKey(admin, acme, ['OPERATIONS', 'READ']);
      const registered = await run(
        {
          documentId: houseId('RegisterOperations'),
          variables: { input: { manifest: manifestOf(text) } },
        },
        operations,
      );
      expect(registered.data).toMatchObject({ registerOperations: { userErrors: [] } });
      const asked = { documentId: sha256(text) };
      expect(code(await run(asked))).toBe('PERSISTED_QUERY_NOT_FOUND');
      await decideOperations(admin, 'approveOperations', acme, [sha256(text)]);
      expect((await run(asked)).data).toBeDefined();
      const input = { operationIds: [sha256(text)] };
      await run({ documentId: houseId('RetireOperations'), variables: { input } }, operations);
      expect(code(await run(asked))).toBe('PERSISTED_QUERY_NOT_FOUND');
    });

    it('cost no more than they may, variables counted', async () => {
      const text = `query Wide($n: Int!) { products(first: $n) { edges { node { id variants { stock { available } } } } } }`;
      await approveOperations(admin, acme, manifestOf(text));
      const asked = (n: number) => ({ documentId: sha256(text), variables: { n } });
      expect((await run(asked(1))).data).toBeDefined();
      const answer = await run(asked(100_000));
      expect(code(answer)).toBe('COST_ESTIMATED_TOO_EXPENSIVE');
    });

    it('are counted', async () => {
      const text = 'query Counted { products(first: 1) { edges { cursor } } }';
      await approveOperations(admin, acme, manifestOf(text));
      for (let times = 0; times < 3; times += 1) await run({ documentId: sha256(text) });
      const uses = async () => {
        const { partner } = await admin.ask<{
          partner: { operations: Array<{ operationId: string; uses: number }> };
        }>('query ($id: ID) { partner(id: $id) { operations { operationId uses } } }', {
          id: acme,
        });
        return partner.operations.find(({ operationId }) => operationId === sha256(text))?.uses;
      };
      await expect.poll(uses, { timeout: 10_000 }).toBe(3);
    });
  });
