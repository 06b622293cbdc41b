import type { CommandClients } from './workers.js';

/** Whoever deleted their account is forgotten by the other contexts, too: what they keep of people are drafts. */
export async function forgetPeople(
  { users, orders }: Pick<CommandClients, 'users' | 'orders'>,
  limit: number,
): Promise<void> {
  const { userIds } = await users.findErasures({ limit });
  await Promise.all(
    userIds.map(async (userId) => {
      await orders.forgetCustomer({ customerId: userId });
      await users.settleErasure({ userId });
    }),
  );
}
