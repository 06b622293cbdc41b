import type { UserError } from '@waybill/kernel/graphql/user-error.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import { type UsersErrorCode, UsersUserError } from './errors.js';
import { User } from './user.js';

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
    description:
      'When the access token stops being accepted: soon. `refreshSession` gives the next.',
  })
  expiresAt: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'What `refreshSession` wants. It works once: keep the newest, and keep it secret.',
  })
  refreshToken: string | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When the session ends unless it is refreshed.',
  })
  refreshExpiresAt: Date | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When to try again, after TOO_MANY_ATTEMPTS.',
  })
  retryAt: Date | null;

  @Field(() => [UsersUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UserError<UsersErrorCode>[];
}

export function noSession(
  userErrors: UserError<UsersErrorCode>[],
  retryAt: Date | null = null,
): SessionPayload {
  return { ...NOBODY, retryAt, userErrors };
}

const NOBODY = {
  user: null,
  accessToken: null,
  expiresAt: null,
  refreshToken: null,
  refreshExpiresAt: null,
};
