import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { statementsOf } from '@waybill/kernel/testing/statements.js';
import { expect, it } from 'vitest';
import { errorCode, openUsers, STOREFRONTS } from './testing/users.js';

const USERS = `query Users($first: Int, $after: String) {
  users(first: $first, after: $after) {
    edges { cursor node { name addresses { city } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

it('is walked page by page, the newest first, without a gap or a repetition', async () => {
  const { run, person } = await openUsers();
  const staff = await person('p0', 'STAFF');
  for (let i = 1; i < 7; i++) await person(`p${i}`);
  const names: string[] = [];
  let after: string | null = null;
  for (let pages = 1, more = true; more; pages++) {
    const { users } = await run(USERS, staff, { first: 3, after });
    names.push(...users.edges.map(({ node }: { node: { name: string } }) => node.name));
    expect(users.pageInfo.hasPreviousPage).toBe(pages > 1);
    expect(users.pageInfo.startCursor).toBe(users.edges.at(0).cursor);
    expect(users.pageInfo.endCursor).toBe(users.edges.at(-1).cursor);
    after = users.pageInfo.endCursor;
    more = users.pageInfo.hasNextPage;
  }
  expect(names).toEqual(['p6', 'p5', 'p4', 'p3', 'p2', 'p1', 'p0']);
});

it('costs one statement for a page and one for all its addresses', async () => {
  const { run, person } = await openUsers();
  const staff = await person('staff', 'STAFF');
  await Promise.all(['a', 'b', 'c'].map((name) => person(name)));
  const statements = await statementsOf(() => run(USERS, staff));
  expect(statements).toEqual(['users.page', 'users.addressesOf']);
});

it('is walked by staff of certain storefronts through those whom these know, each once', async () => {
  const { run, person, subgraph } = await openUsers();
  const { blue, main } = STOREFRONTS;
  const staff = { ...(await person('p0', 'STAFF')), realms: [blue, main] };
  const people: Array<{ userId: string }> = [];
  for (let i = 1; i < 6; i++) people.push(await person(`p${i}`));
  const known = [0, 2, 4].flatMap((i) => people[i] ?? []);
  const ordered = known.map(({ userId }) => ({ userId, storefrontId: blue }));
  await subgraph.commands.knowCustomer(ordered);
  const walk = async (realms: string[]) => {
    const names: string[] = [];
    let after: string | null = null;
    for (let more = true; more; ) {
      const { users } = await run(USERS, { ...staff, realms }, { first: 2, after });
      names.push(...users.edges.map(({ node }: { node: { name: string } }) => node.name));
      after = users.pageInfo.endCursor;
      more = users.pageInfo.hasNextPage;
    }
    return names;
  };
  expect(await walk([blue])).toEqual(['p5', 'p3', 'p1']);
  expect(await walk([blue, main])).toEqual(['p5', 'p4', 'p3', 'p2', 'p1', 'p0']);
  expect(await walk([])).toEqual([]);
  const statements = await statementsOf(() => run(USERS, staff));
  expect(statements).toEqual(['users.pageOfStorefronts', 'users.addressesOf']);
});

it('is for staff', async () => {
  const { run, person } = await openUsers();
  expect(errorCode(await run(USERS, ANONYMOUS))).toBe('UNAUTHENTICATED');
  expect(errorCode(await run(USERS, await person('ada')))).toBe('FORBIDDEN');
  expect(errorCode(await run(USERS, await person('eve', 'CUSTOMER')))).toBe('FORBIDDEN');
});

it('refuses a size out of range and a cursor that is not its own', async () => {
  const { run, person } = await openUsers();
  const staff = await person('staff', 'STAFF');
  const foreign = Buffer.from('k:1').toString('base64url');
  const cursors = ['nonsense', foreign].map((after) => ({ after }));
  for (const variables of [{ first: 0 }, { first: -1 }, { first: 101 }, ...cursors]) {
    expect(errorCode(await run(USERS, staff, variables))).toBe('BAD_USER_INPUT');
  }
});
