import { Access } from '@waybill/kernel/graphql/access.js';
import { connectionOf } from '@waybill/kernel/graphql/connection.js';
import { globalId } from '@waybill/kernel/ids.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { WebhookEvent } from './webhook.js';

export const deliveryIds = globalId('WebhookDelivery');
const orderIds = globalId('Order');

export enum DeliveryState {
  PENDING = 'PENDING',
  DELIVERED = 'DELIVERED',
  FAILED = 'FAILED',
}

registerEnumType(DeliveryState, {
  name: 'WebhookDeliveryState',
  description: 'How far a message has come.',
  valuesConfig: {
    PENDING: { description: 'It is on its way, or will be tried again.' },
    DELIVERED: { description: 'The other side has answered with a status of 200 to 299.' },
    FAILED: { description: 'It was tried for a day, or the other side said 410: no more.' },
  },
});

@Access('OWNER')
@ObjectType({ description: 'A message to a webhook.', simpleResolvers: true })
export class WebhookDelivery {
  @Field(() => ID, {
    description: 'Identifies the message; the header `webhook-id` says the same.',
  })
  id: string;

  @Field(() => WebhookEvent, { description: 'What it tells of.' })
  event: WebhookEvent;

  @Field(() => ID, { description: 'Of which order.' })
  orderId: string;

  @Field(() => DeliveryState, { description: 'How far it has come.' })
  state: DeliveryState;

  @Field(() => Int, { description: 'How often it was tried.' })
  attempts: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The HTTP status that the last attempt was answered with.',
  })
  lastStatus: number | null;

  @Field(() => String, { nullable: true, description: 'Why the last attempt got no answer.' })
  lastError: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When there was something to tell.' })
  createdAt: Date;
}

export const WebhookDeliveryConnection = connectionOf('WebhookDelivery', () => WebhookDelivery);

export interface DeliveryRow {
  id: string;
  event: WebhookEvent;
  orderId: string;
  state: DeliveryState;
  attempts: number;
  lastStatus: number | null;
  lastError: string | null;
  createdAt: string;
}

/** The columns of a DeliveryRow. */
export const DELIVERY_COLUMNS = `d.id, d.type as event, d.order_id as "orderId", d.state, d.attempts,
  d.last_status as "lastStatus", d.last_error as "lastError", d.created_at as "createdAt"`;

export function toDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    ...row,
    id: deliveryIds.encode(row.id),
    orderId: orderIds.encode(row.orderId),
    createdAt: new Date(row.createdAt),
  };
}
