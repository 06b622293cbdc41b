import type { BatchHandler } from '@waybill/kernel/batch.js';
import type { Query } from '@waybill/kernel/database.js';
import { isUuid } from '@waybill/kernel/ids.js';
import type { Customer } from '@waybill/schema/commands.js';
import type { UserRow } from './graphql/user.js';
import { usersById } from './loaders.js';

/** The command by which orders and mails find out about a customer; one statement however many are asked for. */
export function findCustomers(query: Query): BatchHandler<{ userId: string }, Customer | null> {
  return async (inputs) => {
    const found = await usersById(query, inputs.map(({ userId }) => userId).filter(isUuid));
    return inputs.map(({ userId }) => {
      const user = found.get(userId);
      return user && !user.isClosed ? customer(user) : null;
    });
  };
}

function customer({ id, name, email, unwantedMail, knownAt }: UserRow): Customer {
  const unwanted = unwantedMail.map((about) => `order.${about.toLowerCase()}`);
  return { userId: id, name, email: email ?? null, unwantedMail: unwanted, knownAt };
}
