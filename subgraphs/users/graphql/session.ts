import type { UserError } from '@waybill/kernel/graphql/user-error.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import type { AccessToken } from '../tokens.js';
import { type UsersErrorCode, UsersUserError } from './errors.js';
import { toUser, User, type UserRow } from './user.js';

@ObjectType({
  description: 'Somebody who is logged in now, or why not.',
  simpleResolvers: true,
})
export class SessionPayload {
  @Field(() => User, { nullable: true, description: 'Who is logged in.' })
  user: User | null;

  @Field(() => String, {
    nullable: true,
    description: 'Send it as the header `Authorization: Bearer <token>`.',
  })
  accessToken: string | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When the token stops being accepted.',
  })
  expiresAt: Date | null;

  @Field(() => [UsersUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UserError<UsersErrorCode>[];
}

export function session(row: UserRow, token: AccessToken): SessionPayload {
  return { user: toUser(row), ...token, userErrors: [] };
}

export function noSession(userErrors: UserError<UsersErrorCode>[]): SessionPayload {
  return { user: null, accessToken: null, expiresAt: null, userErrors };
}
