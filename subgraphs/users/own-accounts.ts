import { userError } from '@waybill/kernel/graphql/user-error.js';
import { UseMiddleware } from 'type-graphql';
import type { UsersContext } from './context.js';
import { UsersErrorCode } from './graphql/errors.js';

const MESSAGE = 'Accounts are kept elsewhere: log in, and change them, at the issuer.';

/** A mutation on accounts that Waybill keeps itself: where an issuer keeps them, it refuses. */
export function OwnAccounts(): MethodDecorator {
  return UseMiddleware(async ({ context }, next) => {
    if (!(context as UsersContext).accounts.keptElsewhere) return next();
    // What the payload of one or another cannot do without.
    const nothing = { done: false, sessionsEnded: 0 };
    return { ...nothing, userErrors: [userError(UsersErrorCode.ACCOUNTS_KEPT_ELSEWHERE, MESSAGE)] };
  });
}
