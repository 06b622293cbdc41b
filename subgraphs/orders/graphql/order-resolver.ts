import { ClientError } from '@waybill/kernel/errors.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import {
  type Connection,
  type PageRequest,
  pageRequest,
  toConnection,
} from '@waybill/kernel/graphql/connection.js';
import { accountOf } from '@waybill/kernel/identity.js';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../context.js';
import {
  partnerIds,
  presentEvent,
  presentLine,
  presentOrder,
  presentRefund,
  quoteIds,
  storefrontIds,
} from '../present.js';
import { Partner, Quote, Storefront } from './entities.js';
import { Order, OrderEvent, OrderEventConnection, OrderLine, Refund } from './order-types.js';

@Resolver(() => Order)
export class OrderResolver {
  @FieldResolver(() => [OrderLine], { description: 'What was ordered.' })
  async lines(@Root() { row }: Order, @Ctx() { loaders }: OrdersContext): Promise<OrderLine[]> {
    const lines = await loaders.lines.load(row.id);
    // A line that an edit gave up is part of older versions only.
    const kept = lines.filter(({ quantity }) => quantity > 0);
    return kept.map((line) => presentLine(line, row.currency));
  }

  @FieldResolver(() => Storefront, { description: 'Where it was ordered.' })
  storefront(@Root() { row }: Order): Storefront {
    return { id: storefrontIds.encode(row.storefrontId) };
  }

  @Access('STAFF')
  @FieldResolver(() => Partner, {
    nullable: true,
    description: "The partner whose order it is; null for a person's, and for others than staff.",
  })
  partner(@Root() { row }: Order): Partner | null {
    return row.ofPartner && row.customerId ? { id: partnerIds.encode(row.customerId) } : null;
  }

  @FieldResolver(() => Quote, { nullable: true, description: 'The quote that it was made of.' })
  fromQuote(@Root() { row }: Order): Quote | null {
    return row.quoteId === null ? null : { id: quoteIds.encode(row.quoteId) };
  }

  @FieldResolver(() => [Refund], { description: 'Money given back, or about to be.' })
  async refunds(@Root() { row }: Order, @Ctx() { loaders }: OrdersContext): Promise<Refund[]> {
    const refunds = await loaders.refunds.load(row.id);
    return refunds.map((refund) => presentRefund(refund, row.currency));
  }

  @FieldResolver(() => OrderEventConnection, {
    description:
      'Its whole history, oldest first. Customers see the same events without what is for staff; see `timeline`.',
  })
  async events(
    @Root() { row }: Order,
    @Ctx() { identity, loaders }: OrdersContext,
    @Arg('first', () => Int, { nullable: true, description: 'At most 100; default 20.' })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the event before.' })
    after: string | null,
  ): Promise<Connection<Omit<OrderEvent, 'order'>>> {
    const page = eventPage(first, after);
    const rows = await loaders.events.load({ orderId: row.id, page });
    return toConnection(
      rows,
      page,
      (event) => String(event.seq),
      (event) => presentEvent(event, identity),
    );
  }

  @FieldResolver(() => String, { nullable: true })
  idempotencyKey(@Root() { row }: Order, @Ctx() { identity }: OrdersContext): string | null {
    return row.placedBy !== null && accountOf(identity) === row.placedBy
      ? row.idempotencyKey
      : null;
  }
}

@Resolver(() => OrderEvent)
export class OrderEventResolver {
  @FieldResolver(() => Order, { description: 'The order as it is now.' })
  async order(
    @Root() { row }: OrderEvent,
    @Ctx() { loaders }: OrdersContext,
  ): Promise<Order | null> {
    const order = await loaders.order.load(row.orderId);
    return order && presentOrder(order);
  }
}

/** A page whose cursor is a seq. */
function eventPage(first: number | null, after: string | null): PageRequest {
  const page = pageRequest(first, after);
  if (page.after === undefined || /^\d{1,9}$/.test(page.after)) return page;
  throw new ClientError('BAD_USER_INPUT', 'after is not a cursor of this list.');
}
