import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Client } from '../../support/client.js';
import { createPartner } from '../../support/partners.js';
import type { Request, Stage } from './stage.js';

const URL = 'https://partner.example/hook';

export const WEBHOOK_MUTATIONS: Record<string, (stage: Stage) => Promise<Request>> = {
  createWebhook: async ({ admin }) => {
    const partnerId = await createPartner(admin);
    return {
      as: admin,
      input: { partnerId, url: URL, events: ['ORDER_PLACED'] },
      other: { events: ['ORDER_SHIPPED'] },
      wrong: { url: 'nonsense' },
      effects: async () => {
        const { partner } = await admin.ask<{ partner: { webhooks: unknown[] } }>(
          'query ($id: ID) { partner(id: $id) { webhooks { id } } }',
          { id: partnerId },
        );
        return partner.webhooks;
      },
    };
  },
  updateWebhook: async ({ admin }) => ({
    as: admin,
    input: { webhookId: await createWebhook(admin), enabled: false },
    other: { enabled: true },
    wrong: { webhookId: 'nonsense' },
  }),
  rotateWebhookSecret: async ({ admin }) => ({
    as: admin,
    input: { webhookId: await createWebhook(admin) },
    other: { webhookId: await createWebhook(admin) },
    wrong: { webhookId: 'nonsense' },
  }),
  deleteWebhook: async ({ admin }) => ({
    as: admin,
    input: { webhookId: await createWebhook(admin) },
    other: { webhookId: await createWebhook(admin) },
    wrong: { webhookId: 'nonsense' },
  }),
  redeliverWebhook: async (stage) => ({
    as: stage.admin,
    input: { deliveryId: await deliver(stage) },
    other: { deliveryId: await deliver(stage) },
    wrong: { deliveryId: 'nonsense' },
  }),
};

async function createWebhook(admin: Client): Promise<string> {
  const input = { partnerId: await createPartner(admin), url: URL, events: ['ORDER_PLACED'] };
  const { createWebhook } = await admin.ask<{ createWebhook: { webhook: { id: string } } }>(
    'mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } } }',
    { input },
  );
  return createWebhook.webhook.id;
}

/** A message that was delivered some time ago: without an order, which is not under test here. */
async function deliver({ admin, shop }: Stage): Promise<string> {
  const id = randomUUID();
  const webhookId = (await createWebhook(admin)).slice('Webhook_'.length);
  const db = new pg.Client({ connectionString: shop.databaseUrls.users });
  await db.connect();
  try {
    await db.query(
      `insert into webhook_deliveries (id, job_id, webhook_id, event_id, type, order_id, body, state)
       values ($1, $1, $2, gen_random_uuid(), 'order.placed', gen_random_uuid(), '{}', 'DELIVERED')`,
      [id, webhookId],
    );
  } finally {
    await db.end();
  }
  return `WebhookDelivery_${id}`;
}
