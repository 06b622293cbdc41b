import type { UserError } from '@waybill/kernel/graphql/user-error.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import { type UsersError, UsersErrorCode, UsersUserError } from './errors.js';

@ObjectType({ description: 'Whether it was done, or why not.', simpleResolvers: true })
export class AccountPayload {
  @Field(() => Boolean, {
    description: 'Whether it was done; where mail is sent, that it will be.',
  })
  done: boolean;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When to try again, after TOO_MANY_ATTEMPTS.',
  })
  retryAt: Date | null;

  @Field(() => [UsersUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UserError<UsersErrorCode>[];
}

/** An AccountPayload as it is kept under an idempotency key. */
export interface Done {
  done: boolean;
  errors: UsersError[];
}

export const DONE: Done = { done: true, errors: [] };
export const notDone = (...errors: UsersError[]): Done => ({ done: false, errors });

export function accountPayload({ done, errors }: Done): AccountPayload {
  return { done, retryAt: null, userErrors: errors };
}

export function tooManyAttempts(retryAt: Date): AccountPayload {
  return { done: false, retryAt, userErrors: [attemptsError(retryAt)] };
}

export function attemptsError(retryAt: Date): UsersError {
  const message = `Too many attempts: try again after ${retryAt.toISOString()}.`;
  return userError(UsersErrorCode.TOO_MANY_ATTEMPTS, message);
}
