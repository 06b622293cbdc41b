import { randomUUID } from 'node:crypto';
import { newId } from '@waybill/kernel/ids.js';
import { describe, expect, it } from 'vitest';
import { storefrontIds } from '../storefronts.js';
import { changePartner } from '../testing/partners.js';
import { errorCode, openUsers, STOREFRONTS } from '../testing/users.js';
import { partnerIds } from './partner.js';

async function openWithAdmin() {
  const users = await openUsers();
  const admin = await users.person('kim', 'ADMIN');
  const create = (input: object) => changePartner(users, 'createPartner', admin, input);
  return { users, admin, create };
}

const NAMES = 'query ($first: Int) { partners(first: $first) { edges { node { name } } } }';
const ONE = 'query ($id: ID) { partner(id: $id) { name rateClass } }';

describe('partners', () => {
  it('are taken in by administrators, and are on record', async () => {
    const { users, admin, create } = await openWithAdmin();
    const { partner, userErrors } = await create({ name: ' Acme ' });
    expect(userErrors).toEqual([]);
    expect(partner).toMatchObject({ name: 'Acme', rateClass: 'STANDARD' });
    await create({ name: 'Globex', rateClass: 'HIGH' });
    const { partners } = await users.run(NAMES, await users.person('sam', 'STAFF'), { first: 1 });
    expect(partners.edges).toEqual([{ node: { name: 'Globex' } }]);
    const { auditLog } = await users.run(
      '{ auditLog { edges { node { action subject actor } } } }',
      admin,
    );
    expect(auditLog.edges.at(-1).node).toEqual({
      action: 'PARTNER_CREATED',
      subject: partner.id,
      actor: `user:${admin.userId}`,
    });
  });

  it('have names of their own', async () => {
    const { create } = await openWithAdmin();
    const both = await Promise.all([create({ name: 'Acme' }), create({ name: 'Acme' })]);
    expect(both.filter(({ partner }) => partner)).toHaveLength(1);
    expect(both.flatMap(({ userErrors }) => userErrors)).toEqual([
      { code: 'NAME_TAKEN', field: ['name'] },
    ]);
    const { userErrors } = await create({ name: ' ' });
    expect(userErrors).toEqual([{ code: 'INVALID_TEXT', field: ['name'] }]);
  });

  it('may be allowed more', async () => {
    const { users, admin, create } = await openWithAdmin();
    const { partner } = await create({ name: 'Acme' });
    const input = { partnerId: partner.id, rateClass: 'HIGH' };
    const updated = await changePartner(users, 'updatePartner', admin, input);
    expect(updated).toEqual({ partner: { ...partner, rateClass: 'HIGH' }, userErrors: [] });
    const unknown = { ...input, partnerId: partnerIds.encode(newId()) };
    expect((await changePartner(users, 'updatePartner', admin, unknown)).userErrors).toEqual([
      { code: 'NOT_FOUND', field: ['partnerId'] },
    ]);
  });

  it('see themselves and no other', async () => {
    const { users, admin, create } = await openWithAdmin();
    const [acme, globex] = [await create({ name: 'Acme' }), await create({ name: 'Globex' })];
    const partnerId = partnerIds.decode(acme.partner.id) ?? '';
    const caller = { kind: 'partner', partnerId, keyId: newId(), scopes: ['READ'] } as const;
    const see = async (as: Parameters<typeof users.run>[1], id?: string) =>
      (await users.run(ONE, as, { id })).partner;
    expect(await see(caller)).toMatchObject({ name: 'Acme' });
    expect(await see(caller, acme.partner.id)).toMatchObject({ name: 'Acme' });
    expect(await see(caller, globex.partner.id)).toBeNull();
    expect(await see(admin, globex.partner.id)).toMatchObject({ name: 'Globex' });
    expect(await see(admin)).toBeNull();
    for (const id of [acme.partner.id, 'Partner_1', randomUUID()]) {
      expect(await see(await users.person('ada'), id)).toBeNull();
      expect(await see(undefined, id)).toBeNull();
    }
    expect(errorCode(await users.run(NAMES, caller))).toBe('FORBIDDEN');
  });

  it('sell for the storefronts that they are given, and staff of others see nothing of them', async () => {
    const { users, admin, create } = await openWithAdmin();
    const [blue, main] = [STOREFRONTS.blue, STOREFRONTS.main];
    const { partner } = await create({ name: 'Blue', storefrontIds: [storefrontIds.encode(blue)] });
    await create({ name: 'Everywhere' });
    const staff = await users.person('sam', 'STAFF');
    const listed = async (realms?: string[]) => {
      const { partners } = await users.run(NAMES, realms ? { ...staff, realms } : staff);
      return partners.edges.map(({ node }: { node: { name: string } }) => node.name);
    };
    const found = async (realms: string[]) =>
      (await users.run(ONE, { ...staff, realms }, { id: partner.id })).partner?.name;
    expect(await listed()).toEqual(['Everywhere', 'Blue']);
    expect([await listed([blue]), await found([blue])]).toEqual([['Blue'], 'Blue']);
    expect([await listed([main]), await found([main])]).toEqual([[], undefined]);
    const both = [blue, main].map(storefrontIds.encode);
    await changePartner(users, 'updatePartner', admin, {
      partnerId: partner.id,
      storefrontIds: both,
    });
    expect([await found([blue]), await found([main, blue])]).toEqual([undefined, 'Blue']);
    const [told] = await users.sql(
      `select change from access_changes where change->>'kind' = 'PARTNER_CONFINED'`,
    );
    expect(told).toEqual({
      change: {
        kind: 'PARTNER_CONFINED',
        partnerId: partnerIds.decode(partner.id),
        storefrontIds: [blue, main],
      },
    });
  });

  it('are not changed by staff of storefronts that they sell for as well as for others', async () => {
    const { users, create } = await openWithAdmin();
    const { partner } = await create({ name: 'Everywhere' });
    const confined = { ...(await users.person('mo', 'MANAGER')), realms: [STOREFRONTS.blue] };
    const input = {
      partnerId: partner.id,
      url: 'https://93.184.216.34/',
      events: ['ORDER_PLACED'],
    };
    const { createWebhook } = await users.run(
      'mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { userErrors { code field } } }',
      confined,
      { input },
    );
    const refused = { userErrors: [{ code: 'NOT_FOUND', field: ['partnerId'] }] };
    expect(createWebhook).toEqual(refused);
    const { approveOperations } = await users.run(
      'mutation ($input: DecideOperationsInput!) { approveOperations(input: $input) { userErrors { code field } } }',
      confined,
      { input: { partnerId: partner.id, operationIds: ['x'] } },
    );
    expect(approveOperations).toEqual(refused);
  });

  it.each([
    ['createPartner', { name: 'Initech' }],
    ['updatePartner', { partnerId: partnerIds.encode(newId()), rateClass: 'HIGH' }],
    ['createApiKey', { partnerId: partnerIds.encode(newId()), name: 'x', scopes: ['READ'] }],
    ['withdrawApiKey', { apiKeyId: 'x' }],
  ] as const)('%s is for administrators', async (mutation, input) => {
    const { users } = await openWithAdmin();
    const partner = {
      kind: 'partner',
      partnerId: newId(),
      keyId: newId(),
      scopes: ['WRITE'],
    } as const;
    const callers = [
      partner,
      await users.person('sam', 'STAFF'),
      await users.person('mo', 'MANAGER'),
    ];
    for (const caller of callers) {
      const { userErrors } = await changePartner(users, mutation, caller, input);
      expect(userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    }
    const anonymous = await changePartner(users, mutation, undefined, input);
    expect(errorCode(anonymous)).toBe('UNAUTHENTICATED');
  });
});
