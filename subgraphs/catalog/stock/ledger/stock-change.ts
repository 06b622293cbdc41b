import { Access } from '@waybill/kernel/graphql/access.js';
import { connectionOf } from '@waybill/kernel/graphql/connection.js';
import { globalId } from '@waybill/kernel/ids.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Location } from '../../locations/location.js';

export enum StockChangeReason {
  RECEIVED = 'RECEIVED',
  SET = 'SET',
  CONSUMED = 'CONSUMED',
  RESTOCKED = 'RESTOCKED',
  DAMAGED = 'DAMAGED',
  LOST = 'LOST',
  FOUND = 'FOUND',
  CORRECTED = 'CORRECTED',
  TRANSFERRED = 'TRANSFERRED',
}

registerEnumType(StockChangeReason, {
  name: 'StockChangeReason',
  description: 'Why what is on hand changed.',
  valuesConfig: {
    RECEIVED: { description: 'Units came in, or were there when the variant was made.' },
    SET: { description: 'Somebody counted.' },
    CONSUMED: { description: 'Units left in a parcel.' },
    RESTOCKED: { description: 'Units of an order came back.' },
    DAMAGED: { description: 'Units cannot be sold any more.' },
    LOST: { description: 'Units are not where they should be.' },
    FOUND: { description: 'Units turned up.' },
    CORRECTED: { description: 'What was written down before was wrong.' },
    TRANSFERRED: { description: 'Units went from one location to another.' },
  },
});

/** A row of the ledger. */
export interface ChangeRow {
  position: string;
  locationId: string;
  reason: StockChangeReason;
  referenceId: string;
  delta: number;
  actor: string | null;
  note: string | null;
  createdAt: string;
}

@Access('STAFF')
@ObjectType({
  description: 'One change of what is on hand; all of them come to what is there. Staff only.',
  simpleResolvers: true,
})
export class StockChange {
  @Field(() => Location, { description: 'Where.' })
  location?: Location;

  @Field(() => Int, { description: 'How many units more; below 0, how many fewer.' })
  delta: number;

  @Field(() => StockChangeReason, { description: 'Why.' })
  reason: StockChangeReason;

  @Field(() => String, {
    nullable: true,
    description:
      'Who, as `user:<uuid>` or `service:<name>`; null where the parcel or return of an order did.',
  })
  actor: string | null;

  @Field(() => String, { nullable: true, description: 'What they said of it.' })
  note: string | null;

  @Field(() => String, {
    description:
      'What caused it: the id of the fulfillment where units left, else what changes made together share.',
  })
  reference: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When.' })
  createdAt: Date;

  /** The bare key, for resolvers; not part of the API. */
  locationId: string;
}

export const StockChangeConnection = connectionOf('StockChange', () => StockChange);

const fulfillmentIds = globalId('Fulfillment');

export function toStockChange({ position: _, referenceId, createdAt, ...row }: ChangeRow) {
  const shipped = row.reason === StockChangeReason.CONSUMED;
  const reference = shipped ? fulfillmentIds.encode(referenceId) : referenceId;
  return { ...row, reference, createdAt: new Date(createdAt) };
}
