import { ClientError, forbidden, unauthenticated } from '@waybill/kernel/errors.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { AskedPage } from '@waybill/kernel/graphql/asked-page.js';
import {
  type Connection,
  type PageRequest,
  pageRequest,
  toConnection,
} from '@waybill/kernel/graphql/connection.js';
import { accountOf, isStaff } from '@waybill/kernel/identity.js';
import { isUuid } from '@waybill/kernel/ids.js';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { isOwn, NOBODY } from '../access.js';
import type { Loaders, OrdersContext } from '../context.js';
import { listOrders } from '../lists/list-orders.js';
import type { OrderSort } from '../lists/order-query.js';
import { orderId, presentOrder, userId } from '../present.js';
import type { OrderRow } from '../tables.js';
import { User } from './entities.js';
import { OrderFilter, OrderSortEnum, orderQuery } from './order-filter.js';
import { Order, OrderConnection } from './order-types.js';

@Resolver()
export class OrderQueries {
  @Access('OWNER')
  @Query(() => Order, {
    nullable: true,
    description:
      'One order, by its id or by the number that people use; null where there is none or it is not yours.',
  })
  async order(
    @Arg('id', () => ID, { nullable: true, description: 'Its id.' }) id: string | null,
    @Arg('number', () => String, { nullable: true, description: 'Its number.' })
    number: string | null,
    @Ctx() { loaders }: OrdersContext,
  ): Promise<Order | null> {
    if ((id == null) === (number == null)) {
      throw new ClientError('BAD_USER_INPUT', 'Ask by id or by number.');
    }
    const uuid = id == null ? undefined : orderId.decode(id);
    const row = await (uuid ? loaders.order.load(uuid) : byNumber(number, loaders));
    return row && presentOrder(row);
  }

  @Access('SIGNED_IN')
  @Query(() => OrderConnection, {
    description:
      'Orders: all of them for staff, else your own. Whoever is confined to storefronts sees those of them.',
  })
  async orders(
    @Ctx() { db, identity }: OrdersContext,
    @Args(() => AskedPage) { first, after }: AskedPage,
    @Arg('filter', () => OrderFilter, { nullable: true, description: 'Which ones.' })
    filter: OrderFilter | null,
    @Arg('sort', () => OrderSortEnum, {
      nullable: true,
      description: 'The newest first, unless said.',
    })
    sort: OrderSort | null,
  ): Promise<Connection<Order>> {
    if (identity.kind === 'anonymous') throw unauthenticated();
    const query = orderQuery(filter, sort, identity);
    if (!isStaff(identity)) {
      const own = accountOf(identity) ?? NOBODY;
      if (query.customerId && query.customerId !== own) throw forbidden();
      query.customerId = own;
    }
    const page = orderPage({ first, after });
    return toConnection(await listOrders(db, query, page), page, (row) => row.id, presentOrder);
  }
}

@Resolver(() => User)
export class OrdersOfUser {
  @FieldResolver(() => OrderConnection, {
    description: 'Their orders; for themselves and for staff.',
  })
  async orders(
    @Root() { uuid }: User,
    @Ctx() { identity, loaders }: OrdersContext,
    @Args(() => AskedPage) { first, after }: AskedPage,
    @Arg('filter', () => OrderFilter, { nullable: true, description: 'Which ones.' })
    filter: OrderFilter | null,
    @Arg('sort', () => OrderSortEnum, {
      nullable: true,
      description: 'The newest first, unless said.',
    })
    sort: OrderSort | null,
  ): Promise<Connection<Order>> {
    const page = orderPage({ first, after });
    const { customerId: _, ...query } = orderQuery(filter, sort, identity);
    // A customer meets other people, too: staff in an order's history.
    const isShown = uuid !== undefined && isOwn(identity, uuid);
    const rows = isShown ? await loaders.ordersOfUser.load({ userId: uuid, query, page }) : [];
    return toConnection(rows, page, (row) => row.id, presentOrder);
  }
}

/** As orders are numbered; more digits would be too many for the database. */
const NUMBER = /^[1-9]\d{0,17}$/;

function byNumber(number: string | null, { orderByNumber }: Loaders): Promise<OrderRow | null> {
  return number !== null && NUMBER.test(number)
    ? orderByNumber.load(number)
    : Promise.resolve(null);
}

/** A page whose cursor names an order; any other would make the database refuse the statement. */
function orderPage({ first, after }: AskedPage): PageRequest {
  const page = pageRequest(first, after);
  if (page.after === undefined || isUuid(page.after)) return page;
  throw new ClientError('BAD_USER_INPUT', 'after is not a cursor of this list.');
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
