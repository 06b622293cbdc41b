import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../context.js';
import { Order, Refund } from '../graphql/order-types.js';
import { presentRefund } from '../present.js';
import { type ReturnRow, ReturnTable } from '../tables.js';
import { presentReturn, Return, returnId } from './types.js';

@Resolver(() => Order)
export class ReturnsOfOrder {
  @FieldResolver(() => [Return], { description: 'Goods that come back, or came back.' })
  async returns(@Root() { row }: Order, @Ctx() { loaders }: OrdersContext): Promise<Return[]> {
    return (await loaders.returns.load(row.id)).map(presentReturn);
  }
}

@Resolver(() => Return)
export class RefundOfReturn {
  @FieldResolver(() => Refund, { nullable: true, description: 'The refund that it led to.' })
  async refund(@Root() { row }: Return, @Ctx() { loaders }: OrdersContext): Promise<Refund | null> {
    if (row.refundId === null) return null;
    const [order, refunds] = await Promise.all([
      loaders.order.load(row.orderId),
      loaders.refunds.load(row.orderId),
    ]);
    const refund = refunds.find(({ id }) => id === row.refundId);
    return order && refund ? presentRefund(refund, order.currency) : null;
  }
}

/** A return by its global id; null where there is none, or its order is not the asker's. */
export async function findReturn(
  id: string,
  { db, loaders }: OrdersContext,
): Promise<object | null> {
  const uuid = returnId.decode(id);
  if (!uuid) return null;
  const row = (await db.em().findOne(ReturnTable, { id: uuid })) as ReturnRow | null;
  const order = row && (await loaders.order.load(row.orderId));
  return order && { __typename: 'Return', ...presentReturn(row) };
}
