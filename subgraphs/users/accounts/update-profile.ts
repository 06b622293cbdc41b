import type { Database } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerId, type UsersContext } from '../context.js';
import { type UsersError, UsersErrorCode, UsersUserError } from '../graphql/errors.js';
import { OrderMail } from '../graphql/order-mail.js';
import { toUser, USER_COLUMNS, User, type UserRow } from '../graphql/user.js';
import { cleanText } from '../input.js';
import { once } from '../once.js';

@InputType({ description: 'What you say of yourself; what is left out stays as it is.' })
class UpdateProfileInput {
  @Field(() => String, { nullable: true, description: 'What you are called.' })
  name?: string | null;

  @Field(() => [OrderMail], {
    nullable: true,
    description:
      'All the mail about orders that you do not want. An empty list: you want every mail.',
  })
  unwantedMail?: OrderMail[] | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'You as you are now, or why nothing changed.', simpleResolvers: true })
class UpdateProfilePayload {
  @Field(() => User, { nullable: true, description: 'You as you are now.' })
  user: User | null;

  @Field(() => [UsersUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UsersError[];
}

@Resolver()
export class UpdateProfileMutation {
  @Access('PERSON')
  @Mutation(() => UpdateProfilePayload, {
    description: 'Changes your name, and which mail about orders you get.',
  })
  async updateProfile(
    @Arg('input', () => UpdateProfileInput, { description: 'What shall change.' })
    input: UpdateProfileInput,
    @Ctx() ctx: UsersContext,
  ): Promise<UpdateProfilePayload> {
    const userId = callerId(ctx);
    const name = input.name == null ? null : cleanText(input.name);
    if (name === undefined) return { user: null, userErrors: [badName()] };
    const profile = { name, unwantedMail: input.unwantedMail && [...new Set(input.unwantedMail)] };
    const asked = { mutation: 'updateProfile', input, nothing: { user: null } };
    const { user, errors } = await once<Updated>(ctx, asked, (db) => update(db, userId, profile));
    return { user: user && toUser(user), userErrors: errors };
  }
}

function badName(): UsersError {
  return userError(UsersErrorCode.INVALID_TEXT, 'Say what to call you.', ['name']);
}

interface Updated {
  user: UserRow | null;
  errors: UsersError[];
}

interface Profile {
  name: string | null;
  unwantedMail: OrderMail[] | null | undefined;
}

async function update(
  { query }: Database,
  userId: string,
  { name, unwantedMail = null }: Profile,
): Promise<Updated> {
  const [user] = await query<UserRow>(
    'users.updateProfile',
    `update users set name = coalesce($2, name), unwanted_mail = coalesce($3, unwanted_mail)
     where id = $1 and closed_at is null returning ${USER_COLUMNS}`,
    [userId, name, unwantedMail],
  );
  if (user) return { user, errors: [] };
  return { user: null, errors: [userError(UsersErrorCode.NOT_FOUND, 'There is no such user.')] };
}
