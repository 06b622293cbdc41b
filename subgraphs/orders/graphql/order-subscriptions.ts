import { Access } from '@waybill/kernel/graphql/access.js';
import { Arg, Ctx, ID, Int, Resolver, Root, Subscription } from 'type-graphql';
import type { OrdersContext } from '../context.js';
import type { OrderStatus } from '../order.js';
import { orderFeed } from '../order-feed.js';
import { orderUpdates } from '../order-updates.js';
import { orderId, presentEvent } from '../present.js';
import type { OrderEventRow } from '../tables.js';
import { OrderStatusEnum } from './enums.js';
import { OrderEvent } from './order-types.js';

@Resolver()
export class OrderSubscriptions {
  @Access('OWNER')
  @Subscription(() => OrderEvent, {
    description:
      'The history of one order after `afterSeq`, then each event as it happens, without gaps.',
    subscribe: ({ args, context }) =>
      orderUpdates(context, orderId.decode(args.orderId), args.afterSeq) as never,
  })
  orderUpdates(
    @Arg('orderId', () => ID, { description: 'The order.' }) _orderId: string,
    @Arg('afterSeq', () => Int, {
      defaultValue: 0,
      description: 'The last seq already seen; 0 for all.',
    })
    _afterSeq: number,
    @Root() event: OrderEventRow,
    @Ctx() { identity }: OrdersContext,
  ): Omit<OrderEvent, 'order'> {
    return presentEvent(event, identity);
  }

  @Access('STAFF')
  @Subscription(() => OrderEvent, {
    description: 'Every order that moves, as it moves; live only. Staff only.',
    subscribe: ({ args, context }) => orderFeed(context, args.statuses ?? undefined) as never,
  })
  orderFeed(
    @Arg('statuses', () => [OrderStatusEnum], {
      nullable: true,
      description: 'Only orders that come into one of these.',
    })
    _statuses: OrderStatus[] | null,
    @Root() event: OrderEventRow,
    @Ctx() { identity }: OrdersContext,
  ): Omit<OrderEvent, 'order'> {
    return presentEvent(event, identity);
  }
}
