import type { Database, Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import type { Role as RoleName } from '@waybill/kernel/identity.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { recordAccessChange } from './access/record-access-change.js';
import { AuditAction } from './audit-log/audit-action.js';
import { type Actor, actorIn, recordAudit } from './audit-log/record-audit.js';
import { callerId, type UsersContext } from './context.js';
import { type UsersError, UsersErrorCode, UsersUserError } from './graphql/errors.js';
import { Role } from './graphql/role.js';
import { toUser, USER_COLUMNS, User, type UserRow, userIds } from './graphql/user.js';
import { once } from './once.js';
import { OwnAccounts } from './own-accounts.js';
import { readStorefronts } from './storefronts.js';

@InputType({ description: 'What somebody may do from now on.' })
class AssignRolesInput {
  @Field(() => ID, { description: 'Whose roles.' })
  userId: string;

  @Field(() => [Role], { description: 'All the roles the user shall have; at least one.' })
  roles: RoleName[];

  @Field(() => [ID], {
    nullable: true,
    description:
      'The storefronts that the user shall work for as staff: null for all of them. What is left out stays.',
  })
  storefrontIds?: string[] | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The user with the new roles, or why not.', simpleResolvers: true })
class AssignRolesPayload {
  @Field(() => User, { nullable: true, description: 'The user with the new roles.' })
  user: User | null;

  @Field(() => [UsersUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UsersError[];
}

@Resolver()
export class AssignRolesMutation {
  @OwnAccounts()
  @Access('ADMIN')
  @Mutation(() => AssignRolesPayload, {
    description:
      'Replaces the roles of a user, and says for which storefronts. For administrators. They count from the next request on, whatever a token says.',
  })
  async assignRoles(
    @Arg('input', () => AssignRolesInput, { description: 'Whose, and which.' })
    input: AssignRolesInput,
    @Ctx() ctx: UsersContext,
  ): Promise<AssignRolesPayload> {
    const refused = refusal(ctx, input);
    if (refused) return { user: null, userErrors: [refused] };
    const id = userIds.decode(input.userId);
    if (!id) return { user: null, userErrors: [notFound()] };
    const storefronts = await readStorefronts(ctx.accounts, input.storefrontIds);
    if (storefronts.error) return { user: null, userErrors: [storefronts.error] };
    const asked = { mutation: 'assignRoles', input, nothing: { user: null } };
    const { user, errors } = await once<AssignedRoles>(ctx, asked, (db) =>
      assignRoles(db, {
        ...{ id, roles: [...new Set(input.roles)], by: actorIn(ctx), caller: callerId(ctx) },
        storefrontIds: storefronts.ids,
      }),
    );
    return { user: user && toUser(user), userErrors: errors };
  }
}

function refusal(ctx: UsersContext, input: AssignRolesInput): UsersError | undefined {
  const caller = callerId(ctx);
  if (input.roles.length === 0) {
    return userError(UsersErrorCode.NO_ROLES, 'A user must keep at least one role.', ['roles']);
  }
  // So nobody locks themselves out, and an administrator always remains.
  if (userIds.decode(input.userId) === caller && !input.roles.includes('ADMIN')) {
    const message = 'Ask another administrator to take this role from you.';
    return userError(UsersErrorCode.OWN_ADMIN_ROLE, message, ['roles']);
  }
  return undefined;
}

function notFound(): UsersError {
  return userError(UsersErrorCode.NOT_FOUND, 'There is no such user.', ['userId']);
}

function noAdmin(): UsersError {
  return userError(UsersErrorCode.FORBIDDEN, 'You are no administrator any more.');
}

interface AssignedRoles {
  user: UserRow | null;
  errors: UsersError[];
}

interface Assignment {
  id: string;
  roles: RoleName[];
  /** Null for all, undefined for what it was. */
  storefrontIds: string[] | null | undefined;
  by: Actor;
  /** The administrator's own account. */
  caller: string;
}

interface Before {
  before: RoleName[];
  storefrontsBefore: string[] | null;
}

async function assignRoles(db: Database, assigned: Assignment): Promise<AssignedRoles> {
  const { id, roles, storefrontIds: given, by, caller } = assigned;
  return db.transaction(async (query) => {
    if (!(await holdBoth(query, id, caller))) return { user: null, errors: [noAdmin()] };
    const [row] = await query<UserRow & Before>(
      'users.assignRoles',
      `update users set roles = $2, storefront_ids = case when $3 then $4::uuid[] else users.storefront_ids end
       from (select roles, storefront_ids from users where id = $1 and closed_at is null) as former
       where users.id = $1
       returning ${USER_COLUMNS}, former.roles as before, former.storefront_ids as "storefrontsBefore"`,
      [id, roles, given !== undefined, given ?? null],
    );
    if (!row) return { user: null, errors: [notFound()] };
    const { before, storefrontsBefore, ...user } = row;
    const storefrontIds = user.storefrontIds ?? null;
    await recordAudit(query, {
      ...by,
      action: AuditAction.ROLES_ASSIGNED,
      subject: userIds.encode(id),
      data: {
        ...{ before, after: roles },
        ...{ storefrontsBefore, storefrontsAfter: storefrontIds },
      },
    });
    await recordAccessChange(query, { kind: 'ROLES_CHANGED', userId: id, roles, storefrontIds });
    return { user, errors: [] };
  });
}

/**
 * Keeps both accounts as they are. False where the caller is no administrator any more: of two who take the role from each
 * other at once, one keeps it.
 */
async function holdBoth(query: Query, id: string, caller: string): Promise<boolean> {
  const held = await query<{ id: string; isAdmin: boolean }>(
    'users.holdBoth',
    `select id, 'ADMIN' = any(roles) as "isAdmin" from users where id = any($1::uuid[])
     order by id for no key update`,
    [[id, caller]],
  );
  return held.some((user) => user.id === caller && user.isAdmin);
}
