import { localCommands } from '@waybill/kernel/commands.js';
import { newId } from '@waybill/kernel/ids.js';
import { statementsOf } from '@waybill/kernel/testing/statements.js';
import type { Commands } from '@waybill/schema/commands.js';
import { expect, it } from 'vitest';
import { openUsers, STOREFRONTS } from './testing/users.js';

it('answers in order, null for nobody, for many callers in one statement', async () => {
  const { subgraph, person } = await openUsers();
  const [ada, bob] = [await person('ada'), await person('bob')];
  const { findCustomer } = localCommands<Commands['users']>(subgraph.commands);
  const ids = [bob.userId, newId(), ada.userId, 'nonsense', bob.userId];
  const statements = await statementsOf(async () => {
    const found = await Promise.all(ids.map((userId) => findCustomer({ userId })));
    const unwantedMail: string[] = [];
    const both = { unwantedMail, knownAt: [STOREFRONTS.main] };
    const bobs = { userId: bob.userId, name: 'bob', email: 'bob@example.com', ...both };
    const adas = { userId: ada.userId, name: 'ada', email: 'ada@example.com', ...both };
    expect(found).toEqual([bobs, null, adas, null, bobs]);
  });
  expect(statements).toEqual(['users.byId']);
});

it('knows imported customers, who get no mail', async () => {
  const { subgraph, person, run } = await openUsers();
  const { importCustomers } = await run(
    `mutation {
      importCustomers(input: { customers: [{ externalId: "1", name: "One" }] }) { users { id } }
    }`,
    await person('staff', 'STAFF'),
  );
  const userId = importCustomers.users[0].id.replace('User_', '');
  const found = await subgraph.commands.findCustomer([{ userId }]);
  expect(found).toEqual([
    { userId, name: 'One', email: null, unwantedMail: [], knownAt: [STOREFRONTS.main] },
  ]);
});
