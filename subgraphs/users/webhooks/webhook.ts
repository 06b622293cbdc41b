import { randomBytes } from 'node:crypto';
import { Access } from '@waybill/kernel/graphql/access.js';
import { globalId } from '@waybill/kernel/ids.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export const webhookIds = globalId('Webhook');

/** What a webhook can be told of; the value is the `type` of the message. */
export enum WebhookEvent {
  ORDER_PLACED = 'order.placed',
  ORDER_CONFIRMED = 'order.confirmed',
  ORDER_PARTIALLY_SHIPPED = 'order.partially_shipped',
  ORDER_SHIPPED = 'order.shipped',
  ORDER_DELIVERED = 'order.delivered',
  ORDER_CANCELLED = 'order.cancelled',
  ORDER_FAILED = 'order.failed',
  ORDER_EXPIRED = 'order.expired',
  ORDER_STATUS_CHANGED = 'order.status_changed',
}

registerEnumType(WebhookEvent, {
  name: 'WebhookEvent',
  description:
    'What a webhook can be told of: steps of the orders that the partner placed; a storefront hears of those of which its workflow has webhooks told.',
  valuesConfig: {
    ORDER_PLACED: { description: 'The order was taken down.' },
    ORDER_CONFIRMED: { description: 'Goods and money are certain.' },
    ORDER_PARTIALLY_SHIPPED: { description: 'A parcel has left, and more is to come.' },
    ORDER_SHIPPED: { description: 'All that was left has left.' },
    ORDER_DELIVERED: { description: 'All of it has arrived.' },
    ORDER_CANCELLED: { description: 'It was called off.' },
    ORDER_FAILED: { description: 'Goods or money could not be had.' },
    ORDER_EXPIRED: { description: 'It was not paid in time.' },
    ORDER_STATUS_CHANGED: {
      description: "It came to a status of which its storefront's workflow has webhooks told.",
    },
  },
});

@Access('OWNER')
@ObjectType({
  description: 'An address that is told of the orders of a partner, or of a storefront.',
  simpleResolvers: true,
})
export class Webhook {
  @Field(() => ID, { description: 'Identifies the webhook everywhere.' })
  id: string;

  @Field(() => String, { description: 'Where the messages go.' })
  url: string;

  @Field(() => [WebhookEvent], { description: 'What it is told of.' })
  events: WebhookEvent[];

  @Field(() => Boolean, { description: 'Whether it is told anything at present.' })
  enabled: boolean;

  @Field(() => GraphQLDateTimeISO, { description: 'Since when there is this webhook.' })
  createdAt: Date;

  /** The bare key, for resolvers; not part of the API. */
  uuid: string;
}

/** A webhook as SQL answers it. */
export interface WebhookRow {
  id: string;
  /** Bare id; null for a storefront's. */
  partnerId: string | null;
  /** Bare id; null for a partner's. */
  storefrontId: string | null;
  url: string;
  events: WebhookEvent[];
  enabled: boolean;
  createdAt: string;
}

/** The columns of a WebhookRow. */
export const WEBHOOK_COLUMNS = `webhooks.id, webhooks.partner_id as "partnerId",
  webhooks.storefront_id as "storefrontId", webhooks.url, webhooks.events,
  webhooks.enabled, webhooks.created_at as "createdAt"`;

export function toWebhook({ id: uuid, url, events, enabled, createdAt }: WebhookRow): Webhook {
  const id = webhookIds.encode(uuid);
  return { id, uuid, url, events, enabled, createdAt: new Date(createdAt) };
}

/** As Standard Webhooks writes secrets: 192 bits, in base64. */
export const newSecret = (): string => `whsec_${randomBytes(24).toString('base64')}`;
