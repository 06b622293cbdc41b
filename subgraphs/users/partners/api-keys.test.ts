import { randomUUID } from 'node:crypto';
import { readApiKey } from '@waybill/kernel/api-key.js';
import { openDatabase } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SigningKeyTable } from '../tables.js';
import { changePartner, keysOf } from '../testing/partners.js';
import { openUsers } from '../testing/users.js';
import { MAX_VALID_KEYS } from './create-api-key.js';
import { partnerIds } from './partner.js';

async function openWithPartner() {
  const users = await openUsers();
  const admin = await users.person('kim', 'ADMIN');
  const { partner } = await changePartner(users, 'createPartner', admin, { name: 'Acme' });
  const create = (input: object = {}) =>
    changePartner(users, 'createApiKey', admin, {
      ...{ partnerId: partner.id, name: 'shop', scopes: ['READ'] },
      ...input,
    });
  const withdraw = (apiKeyId: string) =>
    changePartner(users, 'withdrawApiKey', admin, { apiKeyId });
  const { findApiKey, recordKeyUse } = users.subgraph.commands;
  const find = async (text: string) => {
    const key = readApiKey(text);
    return key && (await findApiKey([key]))[0];
  };
  return { users, admin, partner, create, withdraw, find, recordKeyUse };
}

describe('an API key', () => {
  it('is shown once, and tells who comes with it', async () => {
    const { users, admin, partner, create, find } = await openWithPartner();
    const idempotencyKey = randomUUID();
    const input = { scopes: ['READ', 'WRITE', 'READ'], idempotencyKey };
    const { apiKey, secret, userErrors } = await create(input);
    expect(userErrors).toEqual([]);
    expect(await create(input)).toEqual({ apiKey, secret: null, userErrors: [] });
    expect(await keysOf(users, admin, partner.id)).toEqual([apiKey]);
    expect(await find(secret)).toEqual({
      partnerId: partnerIds.decode(partner.id),
      keyId: readApiKey(secret)?.keyId,
      scopes: ['READ', 'WRITE'],
      rateClass: 'STANDARD',
      storefrontIds: null,
      expiresAt: null,
    });
  });

  it('is not kept where anybody could read it', async () => {
    const { users, create } = await openWithPartner();
    const { secret } = await create({ idempotencyKey: randomUUID() });
    const url = users.databaseUrl;
    const db = await openDatabase({ url, entities: [SigningKeyTable], migrations: [] });
    onTestFinished(db.close);
    const bits = secret.slice(-43);
    for (const table of ['api_keys', 'idempotency_keys', 'audit_log']) {
      const rows = await db.query(`test.${table}`, `select row_to_json(${table}) from ${table}`);
      expect(rows.length).toBeGreaterThan(0);
      expect(JSON.stringify(rows)).not.toContain(bits);
    }
  });

  it('is nobody with another secret, another id or after it has expired', async () => {
    const { users, create, find } = await openWithPartner();
    const [one, other] = [await create(), await create()];
    const mixed = one.secret.slice(0, -43) + other.secret.slice(-43);
    expect(await find(mixed)).toBeNull();
    const unknown = one.secret.replace(/[0-9a-f]{32}/, newId().replaceAll('-', ''));
    expect(await find(unknown)).toBeNull();
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { secret } = await create({ expiresAt });
    expect(await find(secret)).toMatchObject({ expiresAt });
    await users.sql("update api_keys set expires_at = now() - interval '1 second'");
    expect(await find(secret)).toBeNull();
  });

  it('is withdrawn for good, and others go on', async () => {
    const { users, admin, partner, create, withdraw, find } = await openWithPartner();
    const [old, next] = [await create(), await create()];
    const { apiKey, userErrors } = await withdraw(old.apiKey.id);
    expect(userErrors).toEqual([]);
    expect(apiKey.withdrawnAt).not.toBeNull();
    expect(await find(old.secret)).toBeNull();
    expect(await find(next.secret)).not.toBeNull();
    expect((await withdraw(old.apiKey.id)).apiKey).toEqual(apiKey);
    const { auditLog } = await users.run(
      '{ auditLog(filter: { action: API_KEY_WITHDRAWN }) { edges { node { subject data } } } }',
      admin,
    );
    expect(auditLog.edges).toEqual([
      { node: { subject: old.apiKey.id, data: { partnerId: partner.id } } },
    ]);
    expect((await withdraw('ApiKey_1')).userErrors).toEqual([
      { code: 'NOT_FOUND', field: ['apiKeyId'] },
    ]);
  });

  it.each([
    [{ scopes: [] }, 'NO_SCOPES', 'scopes'],
    [{ name: ' ' }, 'INVALID_TEXT', 'name'],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, 'INVALID_EXPIRY', 'expiresAt'],
    [{ partnerId: partnerIds.encode(newId()) }, 'NOT_FOUND', 'partnerId'],
    [{ partnerId: 'x' }, 'NOT_FOUND', 'partnerId'],
  ])('is not made with %o', async (input, code, field) => {
    const { users, admin, partner, create } = await openWithPartner();
    expect(await create(input)).toEqual({
      apiKey: null,
      secret: null,
      userErrors: [{ code, field: [field] }],
    });
    expect(await keysOf(users, admin, partner.id)).toEqual([]);
  });

  it('is one of not too many, also when several are made at once', async () => {
    const { create, withdraw } = await openWithPartner();
    const made = await Promise.all(Array.from({ length: MAX_VALID_KEYS + 2 }, () => create()));
    const refused = made.filter(({ secret }) => secret === null);
    expect(refused.map(({ userErrors }) => userErrors)).toEqual(
      Array(2).fill([{ code: 'TOO_MANY_KEYS', field: ['partnerId'] }]),
    );
    await withdraw(made.find(({ apiKey }) => apiKey)?.apiKey.id);
    expect((await create()).userErrors).toEqual([]);
  });

  it('says when it was last used, and the audit log on which days', async () => {
    const { users, admin, partner, create, recordKeyUse } = await openWithPartner();
    const { apiKey, secret } = await create();
    const keyId = readApiKey(secret)?.keyId ?? '';
    const uses = ['2026-01-01T10:00:00Z', '2026-01-01T12:00:00Z', '2026-01-01T11:00:00Z'];
    await recordKeyUse(uses.map((at) => ({ keyId, at })));
    await recordKeyUse([{ keyId, at: '2026-01-01T09:00:00Z' }]);
    const lastUsed = async () => (await keysOf(users, admin, partner.id))[0]?.lastUsedAt;
    expect(await lastUsed()).toBe('2026-01-01T12:00:00.000Z');
    await recordKeyUse([
      { keyId, at: '2026-01-02T00:00:00Z' },
      { keyId: newId(), at: uses[0] ?? '' },
    ]);
    expect(await lastUsed()).toBe('2026-01-02T00:00:00.000Z');
    const { auditLog } = await users.run(
      '{ auditLog(filter: { action: API_KEY_USED }) { edges { node { subject actor } } } }',
      admin,
    );
    const used = { subject: apiKey.id, actor: `partner:${partnerIds.decode(partner.id)}` };
    expect(auditLog.edges).toEqual([{ node: used }, { node: used }]);
  });
});
