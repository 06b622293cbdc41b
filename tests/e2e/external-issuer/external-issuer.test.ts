import { accountSettings } from '@waybill/deploy/account-settings.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client } from '../../support/client.js';
import { API, type OidcIssuer, OTHER_API, startOidcIssuer } from '../../support/oidc-issuer.js';
import { startTestWaybill, type TestWaybill, TOPOLOGIES } from '../../support/waybill.js';

const ME = '{ me { id email name roles } }';
const REFUSED = { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] };

interface Me {
  me: { id: string; email: string | null; name: string; roles: string[] } | null;
}

interface Users {
  users: { edges: Array<{ node: { id: string; email: string | null } }> };
}

describe.each(TOPOLOGIES)('accounts that an issuer keeps: %s', (topology) => {
  let issuer: OidcIssuer;
  let waybill: TestWaybill;

  beforeAll(async () => {
    issuer = await startOidcIssuer();
    const accounts = accountSettings({
      ...{ AUTH_ISSUER: issuer.issuer, AUTH_AUDIENCE: API },
      ...{ AUTH_ROLES_CLAIM: 'realm_access.roles', AUTH_ROLES: 'shop-admins=ADMIN,clerks=STAFF' },
      AUTH_STOREFRONTS_CLAIM: 'shops',
    });
    waybill = await startTestWaybill({ topology, accounts });
  }, 60_000);
  afterAll(async () => {
    await waybill?.close();
    await issuer?.close();
  });

  const as = async (subject: string) => client(waybill.url, await issuer.logIn(subject));

  it('people who log in there are users here, customers unless their roles say more', async () => {
    issuer.register('ada', { email: 'ada@there.example', email_verified: true, name: 'Ada' });
    const realm_access = { roles: ['clerks', 'golfers'] };
    issuer.register('carl', { name: 'Carl', realm_access, shops: 'main' });
    const ada = await as('ada');
    const { me } = await ada.ask<Me>(ME);
    expect(me).toMatchObject({ email: 'ada@there.example', name: 'Ada', roles: ['CUSTOMER'] });
    const users = await ada.answer('{ users { edges { node { id } } } }');
    expect(users).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    const carl = await as('carl');
    expect(await carl.ask(ME)).toMatchObject({ me: { email: null, roles: ['STAFF'] } });
    expect(await carl.ask('query ($id: ID!) { user(id: $id) { name } }', { id: me?.id })).toEqual({
      user: { name: 'Ada' },
    });
  });

  it('staff work for the storefronts that it names, and for none where it names none', async () => {
    const clerks = { realm_access: { roles: ['clerks'] } };
    issuer.register('cleo', { name: 'Cleo', ...clerks, shops: ['main', 'nonesuch'] });
    issuer.register('nils', { name: 'Nils', ...clerks });
    const query = '{ me { storefronts { code } } storefront(code: "main") { captureOn } }';
    const seen = async (subject: string) => (await as(subject)).ask(query);
    expect(await seen('cleo')).toMatchObject({ me: { storefronts: [{ code: 'main' }] } });
    expect(await seen('nils')).toMatchObject({ me: { storefronts: [] } });
  });

  it('somebody stays who they are, with what the issuer says of them now', async () => {
    issuer.register('mary', { email: 'mary@there.example', name: 'Mary' });
    const before = await (await as('mary')).ask<Me>(ME);
    const roles = ['shop-admins'];
    issuer.register('mary', { email: 'm@there.example', name: 'M', realm_access: { roles } });
    const after = await (await as('mary')).ask<Me>(ME);
    expect(after.me).toEqual({
      ...{ id: before.me?.id, email: 'm@there.example', name: 'M', roles: ['ADMIN'] },
    });
  });

  it('an account from before is theirs where the issuer has verified the email, and only there', async () => {
    const email = 'customer@waybill.example';
    const realm_access = { roles: ['clerks'] };
    issuer.register('clerk', { name: 'Clerk', realm_access, shops: ['main'] });
    const clerk = await as('clerk');
    const { users } = await clerk.ask<Users>('{ users { edges { node { id email } } } }');
    const before = users.edges.find(({ node }) => node.email === email);
    issuer.register('impostor', { email, email_verified: false, name: 'Impostor' });
    issuer.register('claimant', { email, name: 'Claimant' });
    for (const subject of ['impostor', 'claimant']) {
      const { me } = await (await as(subject)).ask<Me>(ME);
      expect(me?.email).toBeNull();
      expect(me?.id).not.toBe(before?.node.id);
    }
    issuer.register('owner', { email, email_verified: true, name: 'Owner' });
    const owner = await (await as('owner')).ask<Me>(ME);
    expect(owner.me).toMatchObject({ email, name: 'Owner', id: before?.node.id });
  });

  it('people delete what is known of them here by a log-in of a moment ago', async () => {
    const DELETE = 'mutation { deleteMyAccount(input: {}) { done userErrors { code } } }';
    const ago = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;
    issuer.register('lea', { name: 'Lea', auth_time: ago(600) });
    const before = await (await as('lea')).ask<Me>(ME);
    expect(await (await as('lea')).ask(DELETE)).toEqual({
      deleteMyAccount: { done: false, userErrors: [{ code: 'LOG_IN_AGAIN' }] },
    });
    issuer.register('lea', { name: 'Lea', auth_time: ago(60) });
    const lea = await as('lea');
    expect(await lea.ask(DELETE)).toEqual({ deleteMyAccount: { done: true, userErrors: [] } });
    expect(await lea.answer(ME)).toMatchObject(REFUSED);
    const after = await (await as('lea')).ask<Me>(ME);
    expect(after.me?.id).not.toBe(before.me?.id);
  });

  it('our own log-in and our own roles are out of use', async () => {
    const nobody = client(waybill.url);
    const input = { email: 'admin@waybill.example', password: 'demo-admin' };
    const { logIn } = await nobody.ask<{ logIn: object }>(
      'mutation ($input: LogInInput!) { logIn(input: $input) { accessToken userErrors { code } } }',
      { input },
    );
    expect(logIn).toEqual({
      ...{ accessToken: null, userErrors: [{ code: 'ACCOUNTS_KEPT_ELSEWHERE' }] },
    });
  });

  it('a token for another API, an ID token, a changed one and nonsense are refused', async () => {
    issuer.register('eve', { name: 'Eve' });
    const { access_token: good, id_token: idToken } = await issuer.tokens('eve');
    expect(await client(waybill.url, good).ask(ME)).toMatchObject({ me: { name: 'Eve' } });
    const [header, payload = '', signature] = good.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const raised = { ...claims, realm_access: { roles: ['shop-admins'] } };
    const forged = Buffer.from(JSON.stringify(raised)).toString('base64url');
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    const bad = [
      await issuer.logIn('eve', OTHER_API),
      idToken,
      [header, forged, signature].join('.'),
      `${none}.${forged}.`,
      `${good}=`,
      'nonsense',
    ];
    for (const token of bad)
      expect(await client(waybill.url, token).answer(ME)).toMatchObject(REFUSED);
  });
});

it('an issuer that is away fails requests, and logs nobody out', async () => {
  const issuer = await startOidcIssuer();
  issuer.register('ada', { name: 'Ada' });
  const token = await issuer.logIn('ada');
  await issuer.close();
  const settings = { AUTH_ISSUER: issuer.issuer, AUTH_AUDIENCE: API };
  const waybill = await startTestWaybill({ accounts: accountSettings(settings) });
  try {
    const answer = await client(waybill.url, token).answer(ME);
    expect(answer.errors?.[0]?.extensions?.code).toBe('INTERNAL_SERVER_ERROR');
    expect(await client(waybill.url).answer(ME)).toEqual({ data: { me: null } });
  } finally {
    await waybill.close();
  }
});
