import { Access } from '@waybill/kernel/graphql/access.js';
import { connectionOf } from '@waybill/kernel/graphql/connection.js';
import type { Role as RoleName } from '@waybill/kernel/identity.js';
import { globalId } from '@waybill/kernel/ids.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Storefront, toStorefronts } from '../storefronts.js';
import { OrderMail } from './order-mail.js';
import { Role } from './role.js';

export const userIds = globalId('User');

@Access('OWNER')
@Directive('@key(fields: "id")')
@ObjectType({
  description: 'Somebody with an account, or a customer imported from elsewhere.',
  simpleResolvers: true,
})
export class User {
  @Field(() => ID, { description: 'Identifies the user everywhere.' })
  id: string;

  @Field(() => String, {
    nullable: true,
    description: 'Where mail goes, and the name to log in with; null for imported customers.',
  })
  email: string | null;

  @Field(() => Boolean, { description: 'Whether mail is known to reach the user there.' })
  emailVerified: boolean;

  @Field(() => [OrderMail], { description: 'Mail about orders that the user does not want.' })
  unwantedMail: OrderMail[];

  @Field(() => String, { description: 'What the user is called.' })
  name: string;

  @Field(() => [Role], { description: 'What the user may do.' })
  roles: RoleName[];

  @Field(() => [Storefront], {
    nullable: true,
    description:
      'The storefronts that staff work for; null for all of them. Administrators work for all.',
  })
  storefronts: Storefront[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'The key of an imported customer in the system it came from.',
  })
  externalId: string | null;

  @Field(() => String, { nullable: true, description: 'Country, as it was imported.' })
  country: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'Since when the account exists.' })
  createdAt: Date;

  /** Bare ids, for resolvers; not part of the API. */
  uuid: string;
  knownIn: readonly string[];
}

export const UserConnection = connectionOf('User', () => User);

/** A user as SQL answers it. */
export interface UserRow {
  id: string;
  email?: string | null;
  emailVerified: boolean;
  unwantedMail: OrderMail[];
  /** The account was deleted. */
  isClosed: boolean;
  name: string;
  roles: RoleName[];
  /** Bare ids of the storefronts that know them. */
  knownAt: string[];
  /** Where they registered. */
  homeStorefrontId: string;
  /** That staff work for; null for all. */
  storefrontIds?: string[] | null;
  externalId?: string | null;
  country?: string | null;
  createdAt: string | Date;
}

/** The columns of a UserRow. */
export const USER_COLUMNS = `users.id, users.email, users.name, users.roles,
  users.storefront_ids as "storefrontIds", users.home_storefront_id as "homeStorefrontId",
  coalesce((select array_agg(k.storefront_id order by k.storefront_id) from storefront_customers k
    where k.user_id = users.id), '{}') as "knownAt",
  users.email_verified_at is not null as "emailVerified", users.unwanted_mail as "unwantedMail",
  users.closed_at is not null as "isClosed",
  users.external_id as "externalId", users.country, users.created_at as "createdAt"`;

export function toUser(row: UserRow): User {
  return {
    uuid: row.id,
    knownIn: row.knownAt,
    id: userIds.encode(row.id),
    email: row.email ?? null,
    emailVerified: row.emailVerified,
    unwantedMail: row.unwantedMail,
    name: row.name,
    roles: row.roles,
    storefronts: toStorefronts(row.storefrontIds),
    externalId: row.externalId ?? null,
    country: row.country ?? null,
    createdAt: new Date(row.createdAt),
  };
}
