import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../context.js';
import { Order } from '../graphql/order-types.js';
import { Fulfillment, presentFulfillment } from './types.js';

@Resolver(() => Order)
export class FulfillmentsOfOrder {
  @FieldResolver(() => [Fulfillment], {
    description: 'Its parcels, in the order of their numbers.',
  })
  async fulfillments(
    @Root() { row }: Order,
    @Ctx() { loaders }: OrdersContext,
  ): Promise<Fulfillment[]> {
    const fulfillments = await loaders.fulfillments.load(row.id);
    return fulfillments.map(presentFulfillment);
  }
}
