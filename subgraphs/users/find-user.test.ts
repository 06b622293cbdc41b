import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { statementsOf } from '@waybill/kernel/testing/statements.js';
import { describe, expect, it } from 'vitest';
import { userIds } from './graphql/user.js';
import { storefrontIds } from './storefronts.js';
import { openUsers, STOREFRONTS } from './testing/users.js';

const SERVICE: Identity = { kind: 'service', name: 'notification' };

describe('me', () => {
  it('is whoever asks', async () => {
    const { run, person } = await openUsers();
    const ada = await person('ada', 'CUSTOMER', 'MANAGER');
    const { me } = await run('{ me { id email name roles } }', ada);
    expect(me).toEqual({
      id: userIds.encode(ada.userId),
      email: 'ada@example.com',
      name: 'ada',
      roles: ['CUSTOMER', 'MANAGER'],
    });
  });

  it('is nobody without a token, for a service, and after the account is gone', async () => {
    const { run } = await openUsers();
    const gone: Identity = { kind: 'user', userId: newId(), roles: ['CUSTOMER'] };
    for (const identity of [ANONYMOUS, SERVICE, gone]) {
      expect(await run('{ me { id } }', identity)).toEqual({ me: null });
    }
  });
});

describe('user', () => {
  const USER = 'query User($id: ID!) { user(id: $id) { name } }';

  it('shows customers themselves, and nobody else', async () => {
    const { run, person } = await openUsers();
    const [ada, bob, eve] = [
      await person('ada'),
      await person('bob'),
      await person('eve', 'CUSTOMER'),
    ];
    const id = userIds.encode(ada.userId);
    expect(await run(USER, ada, { id })).toEqual({ user: { name: 'ada' } });
    for (const other of [bob, eve, ANONYMOUS]) {
      expect(await run(USER, other, { id })).toEqual({ user: null });
    }
  });

  it('shows staff, administrators and services everybody', async () => {
    const { run, person } = await openUsers();
    const ada = await person('ada');
    const id = userIds.encode(ada.userId);
    for (const caller of [await person('sam', 'STAFF'), await person('kim', 'ADMIN'), SERVICE]) {
      expect(await run(USER, caller, { id })).toEqual({ user: { name: 'ada' } });
    }
  });

  it('is null for an id that nobody has', async () => {
    const { run } = await openUsers();
    const malformed = ['', 'User_', 'User_1', 'ada', '\u0000'];
    for (const id of [...malformed, newId(), `Order_${newId()}`, `User_${newId()}`]) {
      expect(await run(USER, SERVICE, { id })).toEqual({ user: null });
    }
  });
});

describe('as the rest of the graph refers to users', () => {
  const ENTITIES = `query Entities($ids: [_Any!]!) {
    _entities(representations: $ids) { ... on User { name addresses { city } } }
  }`;
  const representation = (id: unknown) => ({ __typename: 'User', id });

  it('answers in order, null for what the caller may not see', async () => {
    const { run, person } = await openUsers();
    const [ada, bob] = [await person('ada'), await person('bob')];
    const ids = [userIds.encode(bob.userId), 'User_?', userIds.encode(ada.userId), 7, null];
    const variables = { ids: ids.map(representation) };
    const seenByAda = [null, null, { name: 'ada', addresses: [] }, null, null];
    expect(await run(ENTITIES, ada, variables)).toEqual({ _entities: seenByAda });
    const { _entities } = await run(ENTITIES, SERVICE, variables);
    expect(_entities.map((user: { name: string } | null) => user?.name)).toEqual([
      'bob',
      undefined,
      'ada',
      undefined,
      undefined,
    ]);
  });

  it('costs one statement for the users and one for their addresses, however many they are', async () => {
    const { run, person } = await openUsers();
    const people = await Promise.all(Array.from({ length: 20 }, (_, i) => person(`person${i}`)));
    const ids = [...people, ...people].map(({ userId }) => userIds.encode(userId));
    const variables = { ids: ids.map(representation) };
    const statements = await statementsOf(async () => {
      const { _entities } = await run(ENTITIES, SERVICE, variables);
      expect(_entities).toHaveLength(40);
    });
    expect(statements).toEqual(['users.byId', 'users.addressesOf']);
  });
});

it('shows staff of certain storefronts whom these know, and who works there', async () => {
  const users = await openUsers();
  const { blue, main } = STOREFRONTS;
  const [ada, sam] = [await users.person('ada'), await users.person('sam', 'STAFF')];
  const see = async (identity: Identity, { userId }: { userId: string }) => {
    const query = 'query ($id: ID!) { user(id: $id) { name knownAt { id } } }';
    return (await users.run(query, identity, { id: userIds.encode(userId) })).user;
  };
  const of = (...realms: string[]): Identity => ({
    ...{ kind: 'user', userId: newId(), roles: ['STAFF'], realms },
  });
  expect(await see(of(main), ada)).toMatchObject({ name: 'ada' });
  expect(await see(of(blue), ada)).toBeNull();
  expect(await see(of(), ada)).toBeNull();
  // Who works for all storefronts works for each.
  expect(await see(of(blue), sam)).toMatchObject({ name: 'sam' });
  await users.sql(`update users set storefront_ids = '{${main}}' where name = 'sam'`);
  expect(await see(of(blue), sam)).toBeNull();

  const ordered = { userId: ada.userId, storefrontId: blue };
  const nobody = { userId: newId(), storefrontId: blue };
  await users.subgraph.commands.knowCustomer([ordered, ordered, nobody]);
  await users.subgraph.commands.knowCustomer([ordered]);
  const knownAt = (...ids: string[]) => ids.map((id) => ({ id: storefrontIds.encode(id) }));
  expect(await see(of(blue), ada)).toEqual({ name: 'ada', knownAt: knownAt(blue) });
  expect((await see(sam, ada)).knownAt).toHaveLength(2);
  const [found] = await users.subgraph.commands.findCustomer([{ userId: ada.userId }]);
  expect(found).toMatchObject({ knownAt: [main, blue].toSorted() });
});
