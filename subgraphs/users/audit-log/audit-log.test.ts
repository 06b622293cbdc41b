import { openDatabase } from '@waybill/kernel/database.js';
import type { Identity } from '@waybill/kernel/identity.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { userIds } from '../graphql/user.js';
import { SigningKeyTable } from '../tables.js';
import { errorCode, openUsers, type TestUsers } from '../testing/users.js';

const AUDIT_LOG = `query ($filter: AuditLogFilter, $first: Int, $after: String) {
  auditLog(filter: $filter, first: $first, after: $after) {
    edges { node { at actor action subject address data } }
    pageInfo { hasNextPage endCursor }
  }
}`;

const ASSIGN = `mutation ($input: AssignRolesInput!) {
  assignRoles(input: $input) { userErrors { code } }
}`;

async function read({ run }: TestUsers, as: Identity, variables: object = {}) {
  const { auditLog } = await run(AUDIT_LOG, as, { ...variables });
  const { edges, pageInfo } = auditLog;
  return { entries: edges.map(({ node }: { node: unknown }) => node), pageInfo };
}

async function openWithAdmin() {
  const users = await openUsers();
  const [kim, ada, bob] = [
    await users.person('kim', 'ADMIN'),
    await users.person('ada'),
    await users.person('bob'),
  ];
  const assign = (id: string, ...roles: string[]) =>
    users.run(ASSIGN, kim, { input: { userId: userIds.encode(id), roles } }, '192.0.2.7');
  return { users, kim, ada, bob, assign };
}

describe('the audit log', () => {
  it('tells who changed whose roles, and from what to what', async () => {
    const { users, kim, ada, assign } = await openWithAdmin();
    await assign(ada.userId, 'STAFF');
    const { entries } = await read(users, kim);
    expect(entries).toEqual([
      {
        at: expect.stringMatching(/^20.*Z$/),
        actor: `user:${kim.userId}`,
        action: 'ROLES_ASSIGNED',
        subject: userIds.encode(ada.userId),
        address: '192.0.2.7',
        data: {
          ...{ before: ['CUSTOMER'], after: ['STAFF'] },
          ...{ storefrontsBefore: null, storefrontsAfter: null },
        },
      },
    ]);
  });

  it('has no entry of what was refused', async () => {
    const { users, kim, assign } = await openWithAdmin();
    await assign(kim.userId, 'STAFF');
    await users.run(ASSIGN, await users.person('eve'), {
      input: { userId: 'x', roles: ['ADMIN'] },
    });
    expect((await read(users, kim)).entries).toEqual([]);
  });

  it('is read in pages, the newest first, by actor, action and subject', async () => {
    const { users, kim, ada, bob, assign } = await openWithAdmin();
    await assign(ada.userId, 'STAFF');
    await assign(bob.userId, 'STAFF');
    await assign(ada.userId, 'ADMIN');
    const subject = userIds.encode(ada.userId);
    const first = await read(users, kim, { filter: { subject }, first: 1 });
    expect(first.entries).toMatchObject([{ data: { after: ['ADMIN'] } }]);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const after = first.pageInfo.endCursor;
    const second = await read(users, kim, { filter: { subject }, first: 1, after });
    expect(second.entries).toMatchObject([{ subject, data: { after: ['STAFF'] } }]);
    expect(second.pageInfo.hasNextPage).toBe(false);

    const all = { actor: `user:${kim.userId}`, action: 'ROLES_ASSIGNED' };
    expect((await read(users, kim, { filter: all })).entries).toHaveLength(3);
    for (const filter of [{ actor: `user:${ada.userId}` }, { subject: 'a\u0000b' }]) {
      expect((await read(users, kim, { filter })).entries).toEqual([]);
    }
    const foreign = await users.run(AUDIT_LOG, kim, { after: 'x' });
    expect(errorCode(foreign)).toBe('BAD_USER_INPUT');
  });

  it('is for administrators', async () => {
    const { users, ada } = await openWithAdmin();
    expect(errorCode(await users.run(AUDIT_LOG))).toBe('UNAUTHENTICATED');
    for (const caller of [ada, await users.person('sam', 'STAFF')]) {
      expect(errorCode(await users.run(AUDIT_LOG, caller))).toBe('FORBIDDEN');
    }
  });

  it.each(["update audit_log set actor = 'nobody'", 'delete from audit_log', 'truncate audit_log'])(
    'refuses: %s',
    async (statement) => {
      const { users, kim, ada, assign } = await openWithAdmin();
      await assign(ada.userId, 'STAFF');
      const before = await read(users, kim);
      const url = users.databaseUrl;
      const db = await openDatabase({ url, entities: [SigningKeyTable], migrations: [] });
      onTestFinished(db.close);
      await expect(db.query('test', statement)).rejects.toThrow('audit_log is append-only');
      expect(await read(users, kim)).toEqual(before);
    },
  );
});
