import { Access } from '@waybill/kernel/graphql/access.js';
import {
  Ctx,
  Directive,
  Field,
  FieldResolver,
  Int,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import type { OrdersContext } from '../context.js';
import { Location, locationId } from '../graphql/entities.js';
import { Order } from '../graphql/order-types.js';

@Access('STAFF')
@ObjectType({
  description: 'Units of one SKU that an order holds at one location. Staff only.',
  simpleResolvers: true,
})
export class HeldUnits {
  @Field(() => String, { description: 'SKU of the goods.' })
  sku: string;

  @Field(() => Location, { description: 'Where.' })
  location: Location;

  @Field(() => Int, {
    description: 'Units that are there; those in parcels that have not left count.',
  })
  quantity: number;

  @Field(() => Int, { description: 'Units that it waits for.' })
  backordered: number;

  @Field(() => String, {
    nullable: true,
    description: 'When the units that it waits for are expected (RFC 3339), if anybody knows.',
  })
  expectedAt: string | null;
}

@Resolver(() => Order)
export class HeldUnitsOfOrder {
  @Access('STAFF')
  @Directive('@listSize(assumedSize: 10)')
  @FieldResolver(() => [HeldUnits], {
    nullable: true,
    description: 'What is held for it where, as long as it has not left. Staff only.',
  })
  async heldUnits(
    @Root() { row }: Order,
    @Ctx() { loaders }: OrdersContext,
  ): Promise<HeldUnits[] | null> {
    const held = await loaders.held.load(row.id);
    return held.map(({ sku, quantity, backordered = 0, expectedAt = null, ...units }) => ({
      ...{ sku, quantity, backordered, expectedAt },
      location: { id: locationId.encode(units.locationId) },
    }));
  }
}
