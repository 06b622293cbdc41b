import type { Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { describe, expect, it } from 'vitest';
import { partnerIds } from '../partners/partner.js';
import { changePartner } from '../testing/partners.js';
import { openUsers } from '../testing/users.js';
import type { OperationChecker } from './check-operations.js';

/** Texts here are one word, which is the operation's name; those that end with a mark are wrong. */
const checker: OperationChecker = {
  read: (manifest) =>
    'unreadable' in manifest
      ? undefined
      : Object.entries(manifest).map(([id, text]) => ({ id, text: String(text) })),
  check: async (operations, maxCost) =>
    operations.map(({ id, text }) => {
      const problems = text.endsWith('!') ? [{ code: 'WRONG', message: `over ${maxCost}` }] : [];
      return { ...{ id, text, problems }, name: text, kind: 'QUERY', cost: 1 };
    }),
};

const REPORT = 'operationId name kind cost problems { code message }';
const REGISTER = `mutation ($input: RegisterOperationsInput!) {
  registerOperations(input: $input) { report { ${REPORT} } userErrors { code field } }
}`;
const CHECK = `query ($manifest: JSONObject!, $partnerId: ID) {
  checkOperations(manifest: $manifest, partnerId: $partnerId) { ${REPORT} }
}`;
const LIST = 'query ($id: ID) { partner(id: $id) { operations { operationId state uses } } }';

type Decision = 'approveOperations' | 'rejectOperations' | 'retireOperations';

async function openWithPartner() {
  const users = await openUsers({ checker, partnerMaxCost: 7 });
  const admin = await users.person('kim', 'ADMIN');
  const manager = await users.person('mo', 'MANAGER');
  const { partner } = await changePartner(users, 'createPartner', admin, { name: 'Acme' });
  const partnerId: string = partner.id;
  const uuid = partnerIds.decode(partnerId) ?? '';
  const key = (...scopes: string[]): Identity => ({
    ...{ kind: 'partner', partnerId: uuid, keyId: newId() },
    scopes,
  });
  const register = async (
    manifest: object,
    as: Identity = admin,
    input: object = { partnerId },
  ) => {
    const answer = await users.run(REGISTER, as, { input: { manifest, ...input } });
    return answer.registerOperations ?? answer;
  };
  const decide = async (decision: Decision, as: Identity, ...operationIds: string[]) => {
    const answer = await users.run(
      `mutation ($input: DecideOperationsInput!) {
        ${decision}(input: $input) { operations { operationId state } userErrors { code field } }
      }`,
      as,
      { input: { partnerId, operationIds } },
    );
    return answer[decision] ?? answer;
  };
  const states = async () => {
    const { partner: found } = await users.run(LIST, admin, { id: partnerId });
    const rows: Array<{ operationId: string; state: string }> = found.operations;
    return Object.fromEntries(rows.map(({ operationId, state }) => [operationId, state]));
  };
  return { users, admin, manager, partnerId, uuid, key, register, decide, states };
}

const FORBIDDEN = [{ code: 'FORBIDDEN', field: null }];

describe('operations of a partner', () => {
  it('are registered by staff, or by the partner itself with a key for that', async () => {
    const { users, key, register, states } = await openWithPartner();
    const fit = { operationId: 'a', name: 'One', kind: 'QUERY', cost: 1, problems: [] };
    expect(await register({ a: 'One' })).toEqual({ report: [fit], userErrors: [] });
    expect((await register({ b: 'Two' }, key('OPERATIONS'), {})).userErrors).toEqual([]);
    await register({ c: 'Three' }, await users.person('sam', 'STAFF'));
    expect(await states()).toEqual({ a: 'PENDING', b: 'PENDING', c: 'PENDING' });
    for (const caller of [key('READ', 'WRITE'), await users.person('ada')]) {
      expect((await register({ d: 'Four' }, caller)).userErrors).toEqual(FORBIDDEN);
    }
    const foreign = { partnerId: partnerIds.encode(newId()) };
    const { userErrors } = await register({ d: 'Four' }, key('OPERATIONS'), foreign);
    expect(userErrors).toEqual([{ code: 'NOT_FOUND', field: ['partnerId'] }]);
    expect(Object.keys(await states())).toHaveLength(3);
  });

  it('are registered all or none, with a report of what is wrong', async () => {
    const { users, admin, partnerId, register, states } = await openWithPartner();
    const manifest = { a: 'One', b: 'Two!' };
    const { report, userErrors } = await register(manifest);
    expect(userErrors).toEqual([{ code: 'OPERATIONS_REFUSED', field: ['manifest'] }]);
    expect(report[1]?.problems).toEqual([{ code: 'WRONG', message: 'over 7' }]);
    expect(await states()).toEqual({});
    expect((await users.run(CHECK, admin, { manifest, partnerId })).checkOperations).toEqual(
      report,
    );
  });

  it.each([
    ['in no known format', { unreadable: 'x' }],
    ['without an operation', {}],
    ['with an id that is too long', { ['x'.repeat(201)]: 'One' }],
    ['with text that cannot be kept', { a: 'One\u0000' }],
    ['with too many', Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`id${i}`, 'One']))],
  ])('are not taken from a manifest %s', async (_, manifest) => {
    const { register } = await openWithPartner();
    expect((await register(manifest)).userErrors).toEqual([
      { code: 'INVALID_MANIFEST', field: ['manifest'] },
    ]);
  });

  it('keep the text that was agreed on under their id', async () => {
    const { manager, register, decide, states } = await openWithPartner();
    await register({ a: 'One' });
    await decide('approveOperations', manager, 'a');
    const { report, userErrors } = await register({ a: 'Other' });
    expect(userErrors).toMatchObject([{ code: 'OPERATIONS_REFUSED' }]);
    expect(report[0]?.problems).toMatchObject([{ code: 'OPERATION_CHANGED' }]);
    expect((await register({ a: 'One' })).userErrors).toEqual([]);
    expect(await states()).toEqual({ a: 'APPROVED' });
  });

  it('with one id and two texts at once are registered once', async () => {
    const { users, register } = await openWithPartner();
    await Promise.all(['One', 'Two', 'Three'].map((text) => register({ a: text })));
    const rows = await users.sql<{ text: string }>('select text from registered_operations');
    expect(rows).toHaveLength(1);
  });

  it('are approved, rejected and retired, and registered anew after that', async () => {
    const { manager, key, register, decide, states } = await openWithPartner();
    await register({ a: 'One', b: 'Two', c: 'Three' });
    await decide('approveOperations', manager, 'a');
    await decide('rejectOperations', manager, 'b');
    await decide('retireOperations', key('OPERATIONS'), 'c');
    expect(await states()).toEqual({ a: 'APPROVED', b: 'REJECTED', c: 'RETIRED' });
    const decided = [{ code: 'OPERATION_DECIDED', field: ['operationIds'] }];
    expect((await decide('approveOperations', manager, 'b')).userErrors).toEqual(decided);
    expect((await decide('rejectOperations', manager, 'a')).userErrors).toEqual(decided);
    expect((await decide('approveOperations', manager, 'a')).userErrors).toEqual([]);
    await register({ a: 'One', b: 'Two', c: 'Three' });
    expect(await states()).toEqual({ a: 'APPROVED', b: 'PENDING', c: 'PENDING' });
    await decide('retireOperations', manager, 'a');
    expect(await states()).toMatchObject({ a: 'RETIRED' });
  });

  it('are decided all or none', async () => {
    const { manager, register, decide, states } = await openWithPartner();
    await register({ a: 'One' });
    for (const ids of [['a', 'x'], ['constructor'], []]) {
      const { userErrors } = await decide('approveOperations', manager, ...ids);
      expect(userErrors).toEqual([{ code: 'NOT_FOUND', field: ['operationIds'] }]);
    }
    expect(await states()).toEqual({ a: 'PENDING' });
  });

  it('are approved and rejected by managers, whoever registered them', async () => {
    const { users, key, register, decide, states } = await openWithPartner();
    await register({ a: 'One' });
    for (const caller of [key('OPERATIONS'), await users.person('sam', 'STAFF')]) {
      for (const decision of ['approveOperations', 'rejectOperations'] as const) {
        expect((await decide(decision, caller, 'a')).userErrors).toEqual(FORBIDDEN);
      }
    }
    expect(await states()).toEqual({ a: 'PENDING' });
  });

  it('are known to the gateway once approved, and counted', async () => {
    const { users, admin, manager, partnerId, uuid, register, decide } = await openWithPartner();
    const { approvedOperations, countUses } = users.subgraph.commands;
    const known = async () => (await approvedOperations([{ partnerId: uuid }]))[0];
    await register({ a: 'One', b: 'Two' });
    expect(await known()).toEqual({ operations: [], maxCost: 7 });
    await decide('approveOperations', manager, 'a');
    await changePartner(users, 'updatePartner', admin, { partnerId, rateClass: 'HIGH' });
    const operations = [{ id: 'a', kind: 'QUERY', text: 'One' }];
    expect(await known()).toEqual({ operations, maxCost: 70 });
    const at = '2026-01-01T00:00:00Z';
    const use = { partnerId: uuid, operationId: 'a', count: 2, at };
    await countUses([use, { ...use, count: 3 }, { ...use, operationId: 'x' }]);
    const { partner } = await users.run(LIST, admin, { id: partnerId });
    expect(partner.operations).toMatchObject([{ uses: 5 }, { uses: 0 }]);
  });

  it('are on record', async () => {
    const { users, admin, manager, partnerId, register, decide } = await openWithPartner();
    await register({ a: 'One' });
    await decide('approveOperations', manager, 'a');
    await decide('approveOperations', manager, 'a');
    const { auditLog } = await users.run(
      'query ($of: String) { auditLog(filter: { subject: $of }, first: 2) { edges { node { action actor data } } } }',
      admin,
      { of: partnerId },
    );
    const data = { operationIds: ['a'] };
    expect(auditLog.edges).toEqual([
      { node: { action: 'OPERATIONS_APPROVED', actor: `user:${manager.userId}`, data } },
      { node: { action: 'OPERATIONS_REGISTERED', actor: `user:${admin.userId}`, data } },
    ]);
  });
});
