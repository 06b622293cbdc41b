import type { Database } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { newId } from '@waybill/kernel/ids.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { AuditAction } from '../audit-log/audit-action.js';
import { type Actor, actorIn, recordAudit } from '../audit-log/record-audit.js';
import type { UsersContext } from '../context.js';
import { type UsersError, UsersErrorCode } from '../graphql/errors.js';
import { once } from '../once.js';
import { lockOpenPartner } from '../partners/lock-partner.js';
import { meantPartner } from '../partners/meant-partner.js';
import { partnerIds } from '../partners/partner.js';
import { noSuchPartner } from '../partners/partner-payload.js';
import {
  newSecret,
  WEBHOOK_COLUMNS,
  WebhookEvent,
  type WebhookRow,
  webhookIds,
} from './webhook.js';
import {
  NOTHING_SAVED,
  presentWebhook,
  type SavedWebhook,
  WebhookSecretPayload,
} from './webhook-payload.js';
import { checkUrl } from './webhook-url.js';

/** Webhooks of one partner, at the most. */
export const MAX_WEBHOOKS = 20;

@InputType({ description: 'A new webhook.' })
class CreateWebhookInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Whose webhook; a partner that asks need not say.',
  })
  partnerId?: string | null;

  @Field(() => String, { description: 'Where the messages go: an address with https.' })
  url: string;

  @Field(() => [WebhookEvent], { description: 'What it is to be told of; at least one.' })
  events: WebhookEvent[];

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class CreateWebhookMutation {
  @Access('PARTNER')
  @Mutation(() => WebhookSecretPayload, {
    description:
      'Has an address told of the orders that a partner places. For staff, and for partners with the scope WRITE.',
  })
  async createWebhook(
    @Arg('input', () => CreateWebhookInput, { description: 'Where, and of what.' })
    input: CreateWebhookInput,
    @Ctx() ctx: UsersContext,
  ): Promise<WebhookSecretPayload> {
    const partnerId = await meantPartner(ctx, input.partnerId);
    const errors = [
      ...(partnerId ? [] : [noSuchPartner()]),
      ...checkUrl(input.url),
      ...checkEvents(input.events),
    ];
    if (!partnerId || errors.length > 0) return { webhook: null, secret: null, userErrors: errors };
    const { url, events } = input;
    const webhook = { id: newId(), partnerId, url, events, secret: newSecret() };
    const asking = { mutation: 'createWebhook', input, nothing: NOTHING_SAVED };
    const saved = await once<SavedWebhook>(ctx, asking, (db) =>
      createWebhook(db, webhook, actorIn(ctx)),
    );
    // Asked again with the same idempotency key, the mutation answers the first webhook: another secret than this.
    const secret = saved.webhook?.id === webhook.id ? webhook.secret : null;
    return { ...presentWebhook(saved), secret };
  }
}

export function checkEvents(events: WebhookEvent[]): UsersError[] {
  if (events.length > 0) return [];
  return [userError(UsersErrorCode.NO_EVENTS, 'Name something that it is told of.', ['events'])];
}

interface NewWebhook {
  id: string;
  partnerId: string;
  url: string;
  events: WebhookEvent[];
  secret: string;
}

async function createWebhook(db: Database, webhook: NewWebhook, by: Actor): Promise<SavedWebhook> {
  const { id, partnerId, url, secret } = webhook;
  const events = [...new Set(webhook.events)];
  return db.transaction(async (query) => {
    if (!(await lockOpenPartner(query, partnerId)))
      return { webhook: null, errors: [noSuchPartner()] };
    const [row] = await query<WebhookRow>(
      'webhooks.insert',
      `insert into webhooks (id, partner_id, url, events, secret) select $1, $2, $3, $4, $5
       where $6 > (select count(*) from webhooks where partner_id = $2)
       returning ${WEBHOOK_COLUMNS}`,
      [id, partnerId, new URL(url).href, events, secret, MAX_WEBHOOKS],
    );
    if (!row) return { webhook: null, errors: [tooMany()] };
    await recordAudit(query, {
      ...by,
      action: AuditAction.WEBHOOK_CREATED,
      subject: webhookIds.encode(id),
      data: { partnerId: partnerIds.encode(partnerId), url, events },
    });
    return { webhook: row, errors: [] };
  });
}

function tooMany(): UsersError {
  const message = `The partner has ${MAX_WEBHOOKS} webhooks: delete one first.`;
  return userError(UsersErrorCode.TOO_MANY_WEBHOOKS, message, ['partnerId']);
}
