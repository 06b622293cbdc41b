import { Access } from '@waybill/kernel/graphql/access.js';
import { AskedPage } from '@waybill/kernel/graphql/asked-page.js';
import type { Connection } from '@waybill/kernel/graphql/connection.js';
import { isStaff, isWithin } from '@waybill/kernel/identity.js';
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { UsersContext } from '../context.js';
import { newestFirst } from '../newest-first.js';
import { Partner } from '../partners/partner.js';
import { Storefront, storefrontIds } from '../storefronts.js';
import {
  DELIVERY_COLUMNS,
  type DeliveryRow,
  deliveryIds,
  toDelivery,
  type WebhookDelivery,
  WebhookDeliveryConnection,
} from './delivery.js';
import { toWebhook, WEBHOOK_COLUMNS, Webhook, type WebhookRow } from './webhook.js';

@Resolver(() => Partner)
export class PartnerWebhooks {
  @FieldResolver(() => [Webhook], { description: 'Its webhooks, the oldest first.' })
  async webhooks(@Root() { uuid }: Partner, @Ctx() ctx: UsersContext): Promise<Webhook[]> {
    const rows = await ctx.accounts.db.query<WebhookRow>(
      'webhooks.ofPartner',
      `select ${WEBHOOK_COLUMNS} from webhooks where partner_id = $1 order by id`,
      [uuid],
    );
    return rows.map(toWebhook);
  }
}

@Resolver(() => Storefront)
export class StorefrontWebhooks {
  @Access('STAFF')
  @FieldResolver(() => [Webhook], {
    nullable: true,
    description: 'Its webhooks, the oldest first; for staff who work for it, else null.',
  })
  async webhooks(
    @Root() { id }: Storefront,
    @Ctx() { identity, accounts }: UsersContext,
  ): Promise<Webhook[] | null> {
    const storefrontId = storefrontIds.decode(id);
    if (!storefrontId || !isStaff(identity) || !isWithin(identity, storefrontId)) return null;
    const rows = await accounts.db.query<WebhookRow>(
      'webhooks.ofStorefront',
      `select ${WEBHOOK_COLUMNS} from webhooks where storefront_id = $1 order by id`,
      [storefrontId],
    );
    return rows.map(toWebhook);
  }
}

@Resolver(() => Webhook)
export class WebhookDeliveries {
  @FieldResolver(() => WebhookDeliveryConnection, {
    description: 'Messages of the last 30 days, the newest first.',
  })
  async deliveries(
    @Root() { uuid }: Webhook,
    @Ctx() ctx: UsersContext,
    @Args(() => AskedPage) page: AskedPage,
  ): Promise<Connection<WebhookDelivery>> {
    const read = (before: string, limit: number) =>
      ctx.accounts.db.query<DeliveryRow>(
        'deliveries.page',
        `select ${DELIVERY_COLUMNS} from webhook_deliveries d
         where d.webhook_id = $1 and d.id < $2 order by d.id desc limit $3`,
        [uuid, before, limit],
      );
    return newestFirst(deliveryIds, page, read, toDelivery);
  }
}
