import { Access } from '@waybill/kernel/graphql/access.js';
import { isWithin } from '@waybill/kernel/identity.js';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { UsersContext } from './context.js';
import { Address, toAddress } from './graphql/address.js';
import { toUser, User, userIds } from './graphql/user.js';
import { maySee } from './may-see.js';
import { Storefront, toStorefronts } from './storefronts.js';

@Resolver(() => User)
export class UserResolver {
  @Access('ANYONE')
  @Query(() => User, { nullable: true, description: 'Who is logged in; null when nobody is.' })
  async me(@Ctx() ctx: UsersContext): Promise<User | null> {
    return ctx.identity.kind === 'user' ? visibleUser(ctx, ctx.identity.userId) : null;
  }

  @Access('OWNER')
  @Query(() => User, {
    nullable: true,
    description:
      'A user by id. Staff see everybody, those of certain storefronts whom these know, others themselves.',
  })
  async user(
    @Arg('id', () => ID, { description: 'Id of the user.' }) id: string,
    @Ctx() ctx: UsersContext,
  ): Promise<User | null> {
    return userByGlobalId(ctx, id);
  }

  @Access('STAFF')
  @FieldResolver(() => [Storefront], {
    nullable: true,
    description:
      'Where they registered or ordered, as far as you work there; for staff, else null.',
  })
  knownAt(@Root() { knownIn }: User, @Ctx() { identity }: UsersContext): Storefront[] | null {
    return toStorefronts(knownIn.filter((id) => isWithin(identity, id)));
  }

  @FieldResolver(() => [Address], { description: 'Where the user has goods sent; oldest first.' })
  async addresses(@Root() user: User, @Ctx() ctx: UsersContext): Promise<Address[]> {
    return (await ctx.addresses.load(user.uuid)).map(toAddress);
  }
}

/** As the rest of the graph refers to users: `{ id }`. */
export function resolveUser(reference: Record<string, unknown>, ctx: UsersContext) {
  return typeof reference.id === 'string' ? userByGlobalId(ctx, reference.id) : null;
}

/** Null for a malformed id, for nobody, and for somebody whom the caller may not see: all look the same. */
async function userByGlobalId(ctx: UsersContext, id: string): Promise<User | null> {
  const uuid = userIds.decode(id);
  return uuid ? visibleUser(ctx, uuid) : null;
}

async function visibleUser(ctx: UsersContext, uuid: string): Promise<User | null> {
  const row = await ctx.users.load(uuid);
  return row && maySee(ctx.identity, row) ? toUser(row) : null;
}
