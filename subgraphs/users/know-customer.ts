import type { BatchHandler } from '@waybill/kernel/batch.js';
import type { Query } from '@waybill/kernel/database.js';

interface Ordered {
  userId: string;
  storefrontId: string;
}

/**
 * The command by which storefronts come to know customers who ordered there, and their staff to see them. Done twice it
 * does nothing; whoever has no account here, a partner for instance, is left out.
 */
export function knowCustomers(query: Query): BatchHandler<Ordered, { outcome: 'KNOWN' }> {
  return async (inputs) => {
    await query(
      'users.know',
      `insert into storefront_customers (storefront_id, user_id)
       select distinct ordered.storefront_id, users.id
       from unnest($1::uuid[], $2::uuid[]) as ordered (storefront_id, user_id)
         join users on users.id = ordered.user_id
       order by 1, 2
       on conflict do nothing`,
      [inputs.map(({ storefrontId }) => storefrontId), inputs.map(({ userId }) => userId)],
    );
    return inputs.map(() => ({ outcome: 'KNOWN' }));
  };
}
