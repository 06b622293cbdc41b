import { Field, ObjectType } from 'type-graphql';
import { OrdersUserError } from '../user-errors.js';
import { Order, Refund } from './order-types.js';

@ObjectType({ description: 'What placing an order led to.', simpleResolvers: true })
export class PlaceOrderPayload {
  @Field(() => Order, { nullable: true, description: 'The order; null where it was refused.' })
  order: Order | null;

  @Field(() => Boolean, {
    description: 'Whether the key was known: the order had been placed before.',
  })
  alreadyPlaced: boolean;

  @Field(() => [OrdersUserError], { description: 'Why it was refused; empty where it was not.' })
  userErrors: OrdersUserError[];
}

@ObjectType({ description: 'What a change of an order led to.', simpleResolvers: true })
export class ChangeOrderPayload {
  @Field(() => Order, {
    nullable: true,
    description: 'The order; null where the change was refused.',
  })
  order: Order | null;

  @Field(() => [OrdersUserError], { description: 'Why it was refused; empty where it was not.' })
  userErrors: OrdersUserError[];
}

@ObjectType({ description: 'What shipping orders led to.', simpleResolvers: true })
export class FulfillOrdersPayload {
  @Field(() => [Order], { description: 'The orders that are being shipped, or have been.' })
  orders: Order[];

  @Field(() => [OrdersUserError], { description: 'Why others were refused.' })
  userErrors: OrdersUserError[];
}

@ObjectType({ description: 'What asking for a refund led to.', simpleResolvers: true })
export class RefundOrderPayload {
  @Field(() => Refund, { nullable: true, description: 'The refund; null where it was refused.' })
  refund: Refund | null;

  @Field(() => Order, { nullable: true, description: 'Its order.' })
  order: Order | null;

  @Field(() => Boolean, {
    description: 'Whether the key was known: the refund had been asked for before.',
  })
  alreadyRequested: boolean;

  @Field(() => [OrdersUserError], { description: 'Why it was refused; empty where it was not.' })
  userErrors: OrdersUserError[];
}
