import { once } from 'node:events';
import { DEMO_PEOPLE } from '@waybill/deploy/seed.js';
import { ask, webSocketClient } from '@waybill/gateway/testing/web-socket-client.js';
import { newApiKey } from '@waybill/kernel/api-key.js';
import { newId } from '@waybill/kernel/ids.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Client, client } from '../../support/client.js';
import { createApiKey, createPartner, type NewKey } from '../../support/partners.js';
import { logIn, type Shop } from '../../support/shop.js';
import type { InBoth } from '../in-both-topologies.js';

const TEXT = '{ me { id } }';

export const partnerKeys = ({ shop: shopOf }: InBoth) =>
  describe('API keys of partners', () => {
    let shop: Shop;
    let admin: Client;
    let partnerId: string;
    let key: NewKey;

    beforeAll(async () => {
      shop = shopOf();
      admin = client(shop.url, await logIn(shop.nobody, DEMO_PEOPLE.admin));
      partnerId = await createPartner(admin);
      key = await createApiKey(admin, partnerId);
    });

    const code = async (headers: Record<string, string>) => {
      const { errors } = await client(shop.url, undefined, headers).answer(TEXT);
      return errors?.[0]?.extensions?.code;
    };

    it('make a partner known, in either header, who runs no text', async () => {
      expect(await code({ authorization: `Bearer ${key.secret}` })).toBe('QUERY_NOT_IN_SAFELIST');
      expect(await code({ 'x-api-key': key.secret })).toBe('QUERY_NOT_IN_SAFELIST');
    });

    it('are refused where they do not count', async () => {
      const wrong = [
        newApiKey(newId()).text,
        key.secret.slice(0, -43) + newApiKey(newId()).text.slice(-43),
        'wb_live_x',
        '',
      ];
      for (const text of wrong) expect(await code({ 'x-api-key': text })).toBe('UNAUTHENTICATED');
      const token = await logIn(shop.nobody, DEMO_PEOPLE.staff);
      const both = { authorization: `Bearer ${token}`, 'x-api-key': key.secret };
      expect(await code(both)).toBe('UNAUTHENTICATED');
    });

    it.each([
      ['connectionParams', (secret: string) => [{ 'X-API-Key': secret }, {}]],
      ['a token', (secret: string) => [{ token: secret }, {}]],
      ['an operation of its own', (secret: string) => [{}, { headers: { 'x-api-key': secret } }]],
    ])('count over a WebSocket, by %s', async (_, given) => {
      const [params, extensions] = given(key.secret);
      const socket = webSocketClient(shop.url, params);
      const refused = await ask(socket, { query: TEXT, extensions }).catch((errors) => errors);
      expect(refused).toMatchObject([{ extensions: { code: 'QUERY_NOT_IN_SAFELIST' } }]);
      await socket.dispose();
    });

    it('expire, on an open socket, too', async () => {
      const expiresAt = new Date(Date.now() + 2_000).toISOString();
      const { secret } = await createApiKey(admin, partnerId, ['READ'], expiresAt);
      const socket = new WebSocket(shop.url.replace(/^http/, 'ws'), 'graphql-transport-ws');
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'connection_init', payload: { 'X-API-Key': secret } }));
      expect((await once(socket, 'close'))[0]).toBe(4403);
      expect(await code({ 'x-api-key': secret })).toBe('UNAUTHENTICATED');
    });

    it('say when they were used last', async () => {
      const lastUsed = async () => {
        const { partner } = await admin.ask<{
          partner: { apiKeys: Array<{ id: string; lastUsedAt: string | null }> };
        }>('query ($id: ID) { partner(id: $id) { apiKeys { id lastUsedAt } } }', { id: partnerId });
        return partner.apiKeys.find(({ id }) => id === key.id)?.lastUsedAt;
      };
      await expect.poll(lastUsed, { timeout: 10_000 }).not.toBeNull();
      expect(Date.now() - Date.parse((await lastUsed()) ?? '')).toBeLessThan(60_000);
    });
  });
