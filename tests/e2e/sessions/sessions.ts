import { randomUUID } from 'node:crypto';
import { DEMO_PEOPLE } from '@waybill/deploy/seed.js';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { client } from '../../support/client.js';
import { logIn, type Shop } from '../../support/shop.js';
import type { InBoth } from '../in-both-topologies.js';

const REGISTER = `mutation ($input: RegisterInput!) {
  register(input: $input) { accessToken refreshToken }
}`;
const REFRESH = `mutation ($input: RefreshSessionInput!) {
  refreshSession(input: $input) { accessToken refreshToken userErrors { code } }
}`;
const LOG_OUT = 'mutation { logOut(input: {}) { sessionsEnded } }';

interface AuditLog {
  auditLog: { edges: Array<{ node: { address: string | null } }> };
}

interface Tokens {
  accessToken: string;
  refreshToken: string;
}

export const aSession = ({ shop: shopOf }: InBoth) =>
  describe('a session', () => {
    let shop: Shop;
    beforeAll(() => {
      shop = shopOf();
    });

    it('goes on by refreshing until it is logged out of', async () => {
      const email = `${randomUUID()}@example.com`;
      const input = { email, name: 'Ada', password: 'correct horse' };
      const { register } = await shop.nobody.ask<{ register: Tokens }>(REGISTER, { input });
      const refresh = async ({ refreshToken }: Tokens) => {
        const answer = await shop.nobody.ask<{ refreshSession: Tokens }>(REFRESH, {
          input: { refreshToken },
        });
        return answer.refreshSession;
      };
      const next = await refresh(register);
      const ada = client(shop.url, next.accessToken);
      expect(await ada.ask('{ me { email } sessions { current } }')).toEqual({
        me: { email },
        sessions: [{ current: true }],
      });
      expect(await ada.ask(LOG_OUT)).toEqual({ logOut: { sessionsEnded: 1 } });
      const codes = async () => {
        const { errors = [] } = await ada.answer('{ me { email } }');
        return errors.map(({ extensions }) => extensions?.code);
      };
      await expect.poll(codes).toEqual(['UNAUTHENTICATED']);
      expect(await refresh(next)).toMatchObject({
        accessToken: null,
        userErrors: [{ code: 'SESSION_ENDED' }],
      });
    });

    it('has tokens that anybody can check by the keys at the front door', async () => {
      const email = `${randomUUID()}@example.com`;
      const input = { email, name: 'Ada', password: 'correct horse' };
      const { register } = await shop.nobody.ask<{ register: Tokens }>(REGISTER, { input });
      const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', shop.url));
      const rules = {
        issuer: 'waybill',
        audience: 'waybill',
        typ: 'at+jwt',
        algorithms: ['EdDSA'],
      };
      const { payload } = await jwtVerify(register.accessToken, keys, rules);
      expect(payload).toMatchObject({ roles: ['CUSTOMER'], sid: expect.any(String) });
    });

    it('is written down with the address of the connection, whatever a client says of itself', async () => {
      const spoofed = {
        'x-forwarded-for': '198.51.100.7',
        'x-waybill-client-address': '198.51.100.7',
      };
      await logIn(client(shop.url, undefined, spoofed), DEMO_PEOPLE.customer);
      const admin = client(shop.url, await logIn(shop.nobody, DEMO_PEOPLE.admin));
      const { auditLog } = await admin.ask<AuditLog>(
        '{ auditLog(first: 10, filter: { action: LOGGED_IN }) { edges { node { address } } } }',
      );
      const addresses = new Set(auditLog.edges.map(({ node }) => node.address));
      expect([...addresses]).toEqual([expect.stringMatching(/^(127\.0\.0\.1|::1)$/)]);
    });
  });
