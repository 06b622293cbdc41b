import { ClientError, forbidden, unauthenticated } from '@waybill/kernel/errors.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import {
  type Connection,
  type PageRequest,
  pageRequest,
  toConnection,
} from '@waybill/kernel/graphql/connection.js';
import { accountOf, type Identity, isStaff, isWithin, realmsOf } from '@waybill/kernel/identity.js';
import { isUuid } from '@waybill/kernel/ids.js';
import { isStorable } from '@waybill/kernel/storable.js';
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { isOwn, NOBODY } from '../access.js';
import type { OrdersContext } from '../context.js';
import { bareStorefront, orderId, presentOrder, userId } from '../present.js';
import { listOrders, type OrderQuery } from '../read-orders.js';
import { User } from './entities.js';
import { OrderFilter } from './inputs.js';
import { Order, OrderConnection } from './order-types.js';

@Resolver()
export class OrderQueries {
  @Access('OWNER')
  @Query(() => Order, {
    nullable: true,
    description: 'One order; null where there is none or it is not yours.',
  })
  async order(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() { loaders }: OrdersContext,
  ): Promise<Order | null> {
    const uuid = orderId.decode(id);
    const row = uuid ? await loaders.order.load(uuid) : null;
    return row && presentOrder(row);
  }

  @Access('SIGNED_IN')
  @Query(() => OrderConnection, {
    description:
      'Orders, newest first: all of them for staff, else your own. Whoever is confined to storefronts sees those of them.',
  })
  async orders(
    @Ctx() { db, identity }: OrdersContext,
    @Arg('first', () => Int, { nullable: true, description: 'At most 100; default 20.' })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the order before.' })
    after: string | null,
    @Arg('filter', () => OrderFilter, { nullable: true, description: 'Which ones.' })
    filter: OrderFilter | null,
  ): Promise<Connection<Order>> {
    if (identity.kind === 'anonymous') throw unauthenticated();
    const query = orderQuery(filter, identity);
    if (!isStaff(identity)) {
      const own = accountOf(identity) ?? NOBODY;
      if (query.customerId && query.customerId !== own) throw forbidden();
      query.customerId = own;
    }
    const page = orderPage(first, after);
    return toConnection(await listOrders(db, query, page), page, (row) => row.id, presentOrder);
  }
}

@Resolver(() => User)
export class OrdersOfUser {
  @FieldResolver(() => OrderConnection, {
    description: 'Their orders, newest first; for themselves and for staff.',
  })
  async orders(
    @Root() { uuid }: User,
    @Ctx() { identity, loaders }: OrdersContext,
    @Arg('first', () => Int, { nullable: true, description: 'At most 100; default 20.' })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the order before.' })
    after: string | null,
    @Arg('filter', () => OrderFilter, { nullable: true, description: 'Which ones.' })
    filter: OrderFilter | null,
  ): Promise<Connection<Order>> {
    const page = orderPage(first, after);
    const { customerId: _, ...query } = orderQuery(filter, identity);
    // A customer meets other people, too: staff in an order's history.
    const isShown = uuid !== undefined && isOwn(identity, uuid);
    const rows = isShown ? await loaders.ordersOfUser.load({ userId: uuid, query, page }) : [];
    return toConnection(rows, page, (row) => row.id, presentOrder);
  }
}

/** An id that names no user matches no order. */
function orderQuery(filter: OrderFilter | null, identity: Identity): OrderQuery {
  const query: OrderQuery = {};
  if (filter?.status) query.status = filter.status;
  if (filter?.customerId) query.customerId = userId.decode(filter.customerId) ?? NOBODY;
  const storefrontIds = storefrontsOf(identity, filter?.storefrontIds);
  if (storefrontIds) query.storefrontIds = storefrontIds;
  if (filter?.placedFrom) query.placedFrom = time(filter.placedFrom, 'placedFrom');
  if (filter?.placedTo) query.placedTo = time(filter.placedTo, 'placedTo');
  if (filter?.idempotencyKeys) {
    const placedBy = accountOf(identity) ?? NOBODY;
    query.placedUnder = { placedBy, keys: filter.idempotencyKeys.filter(isStorable) };
  }
  return query;
}

/** Those of the named ones that are the asker's to see; undefined where all are meant and may be seen. */
export function storefrontsOf(
  identity: Identity,
  named: string[] | null | undefined,
): readonly string[] | undefined {
  if (named == null) return realmsOf(identity);
  const bare = named.map((id) => bareStorefront(id) ?? NOBODY);
  return bare.filter((id) => isWithin(identity, id));
}

/** A page whose cursor names an order; any other would make the database refuse the statement. */
function orderPage(first: number | null, after: string | null): PageRequest {
  const page = pageRequest(first, after);
  if (page.after === undefined || isUuid(page.after)) return page;
  throw new ClientError('BAD_USER_INPUT', 'after is not a cursor of this list.');
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;

function time(text: string, field: string): Date {
  const date = new Date(text);
  if (!RFC_3339.test(text) || !(date.getUTCFullYear() > 0)) {
    throw new ClientError('BAD_USER_INPUT', `${field} is no time (RFC 3339).`);
  }
  return date;
}

/** `User` for the gateway: who may see the person's orders, and nobody else. */
export function userReference(
  reference: Record<string, unknown>,
  { identity }: OrdersContext,
): User | null {
  const id = String(reference.id);
  const uuid = userId.decode(id);
  return uuid && isOwn(identity, uuid) ? { id, uuid } : null;
}
