import { Access } from '@waybill/kernel/graphql/access.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Location } from '../../locations/location.js';
import { BackorderPolicy } from '../backorders/policy.js';

/** What one location has of one variant. */
export interface LevelRow {
  variantId: string;
  sku: string;
  locationId: string;
  onHand: number;
  reserved: number;
}

@Access('STAFF')
@ObjectType({
  description: 'How many units of one SKU one location has. Staff only.',
  simpleResolvers: true,
})
export class StockLevel {
  @Field(() => String, { description: 'Stock keeping unit.' })
  sku: string;

  @Field(() => Location, { description: 'The location.' })
  location?: Location;

  @Field(() => Int, { description: 'Units in the building.' })
  onHand: number;

  @Field(() => Int, { description: 'Units held for open orders.' })
  reserved: number;

  /** The bare key, for resolvers; not part of the API. */
  locationId: string;
}

@Access('ANYONE')
@Directive('@cacheControl(maxAge: 5)')
@ObjectType({ description: 'How many units there are.', simpleResolvers: true })
export class Stock {
  @Field(() => Int, {
    description:
      'Units that are there for new orders: on hand where orders are served, not reserved.',
  })
  available: number;

  @Field(() => Int, {
    description:
      'Units that can be ordered now: those that are there and those that are yet to come in.',
  })
  orderable: number;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When units that are yet to come in are expected; null where nobody knows.',
  })
  expectedAt: Date | null;

  @Access('STAFF')
  @Field(() => Int, {
    nullable: true,
    description: 'Units that orders wait for. Staff only.',
  })
  backordered: number | null;

  @Access('STAFF')
  @Field(() => Int, { nullable: true, description: 'Units at all locations. Staff only.' })
  onHand: number | null;

  @Access('STAFF')
  @Field(() => Int, { nullable: true, description: 'Units held for open orders. Staff only.' })
  reserved: number | null;

  @Access('STAFF')
  @Field(() => BackorderPolicy, {
    nullable: true,
    description: 'Whether more can be ordered than is there. Staff only.',
  })
  backorderPolicy: BackorderPolicy | null;

  @Access('STAFF')
  @Field(() => Int, {
    nullable: true,
    description:
      'How many units orders may wait for at once; null: as many as they like. Staff only.',
  })
  backorderLimit: number | null;

  @Access('STAFF')
  @Field(() => Int, {
    nullable: true,
    description: 'It is low below so many units; 0: never. Staff only.',
  })
  lowStockThreshold: number | null;

  @Access('STAFF')
  @Field(() => [StockLevel], {
    nullable: true,
    description: 'The same by location, in the order in which locations serve orders. Staff only.',
  })
  levels: StockLevel[] | null;
}

export function toLevel({ sku, locationId, onHand, reserved }: LevelRow): StockLevel {
  return { sku, locationId, onHand, reserved };
}
