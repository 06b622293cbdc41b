import { Access } from '@waybill/kernel/graphql/access.js';
import { globalId } from '@waybill/kernel/ids.js';
import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { maySee, type PaymentsRequest } from './context.js';
import { LedgerEntry, toLedgerEntry } from './ledger-entry.js';
import { Payment, toPayment } from './payment.js';

const orderIds = globalId('Order');

/** The orders subgraph's entity, to which this one adds the payments. */
@Access('OWNER')
@Directive('@key(fields: "id")')
@ObjectType({
  description: 'Goods that somebody wants, from placement to delivery.',
  simpleResolvers: true,
})
export class Order {
  @Field(() => ID, { description: 'Unique over all types.' })
  id: string;
}

@Resolver(() => Order)
export class OrderPaymentsResolver {
  @FieldResolver(() => [Payment], {
    description: "Attempts to pay the order, oldest first; the customer's own and staff's to see.",
  })
  async payments(@Root() order: Order, @Ctx() request: PaymentsRequest): Promise<Payment[]> {
    const orderId = orderIds.decode(order.id);
    if (!orderId) return [];
    const rows = await request.paymentsOfOrder.load(orderId);
    return rows.filter((row) => maySee(request.identity, row)).map(toPayment);
  }

  @Access('STAFF')
  @FieldResolver(() => [LedgerEntry], {
    nullable: true,
    description: 'What the books say of the order, oldest first. For staff.',
  })
  async ledger(
    @Root() order: Order,
    @Ctx() request: PaymentsRequest,
  ): Promise<LedgerEntry[] | null> {
    const orderId = orderIds.decode(order.id);
    if (!orderId) return null;
    const payments = await request.paymentsOfOrder.load(orderId);
    // To staff of other storefronts an order looks like one without books, as one that does not exist.
    if (!payments.every((row) => maySee(request.identity, row))) return [];
    return (await request.ledgerOfOrder.load(orderId)).map(toLedgerEntry);
  }
}
