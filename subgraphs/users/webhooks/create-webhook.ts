import type { Database, Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { isStaff, isWithin } from '@waybill/kernel/identity.js';
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
import { readStorefront, storefrontIds, unknownStorefront } from '../storefronts.js';
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

/** Webhooks of one partner or storefront, at the most. */
export const MAX_WEBHOOKS = 20;

@InputType({ description: 'A new webhook.' })
class CreateWebhookInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Whose webhook; a partner that asks need not say.',
  })
  partnerId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Or the storefront whose it is: it hears of what its workflow has webhooks told. For staff.',
  })
  storefrontId?: string | null;

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
      'Has an address told of the orders that a partner places, or of those of a storefront. For staff, and for partners with the scope WRITE.',
  })
  async createWebhook(
    @Arg('input', () => CreateWebhookInput, { description: 'Where, and of what.' })
    input: CreateWebhookInput,
    @Ctx() ctx: UsersContext,
  ): Promise<WebhookSecretPayload> {
    const owner = await meantOwner(ctx, input);
    const errors = [
      ...('error' in owner ? [owner.error] : []),
      ...checkUrl(input.url),
      ...checkEvents(input.events),
    ];
    if ('error' in owner || errors.length > 0) {
      return { webhook: null, secret: null, userErrors: errors };
    }
    const { url, events } = input;
    const webhook = { id: newId(), owner, url, events, secret: newSecret() };
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

/** Whose webhook it is to be, by bare id. */
type Owner = { partnerId: string } | { storefrontId: string };

async function meantOwner(
  ctx: UsersContext,
  { partnerId, storefrontId }: CreateWebhookInput,
): Promise<Owner | { error: UsersError }> {
  if (storefrontId == null) {
    const meant = await meantPartner(ctx, partnerId);
    return meant ? { partnerId: meant } : { error: noSuchPartner() };
  }
  const known = partnerId == null && (await readStorefront(ctx.accounts, storefrontId));
  const isTheirs = known && isStaff(ctx.identity) && isWithin(ctx.identity, known);
  return isTheirs ? { storefrontId: known } : { error: unknownStorefront() };
}

interface NewWebhook {
  id: string;
  owner: Owner;
  url: string;
  events: WebhookEvent[];
  secret: string;
}

async function createWebhook(db: Database, webhook: NewWebhook, by: Actor): Promise<SavedWebhook> {
  const { id, owner, url, secret } = webhook;
  const events = [...new Set(webhook.events)];
  const partnerId = 'partnerId' in owner ? owner.partnerId : null;
  const storefrontId = 'storefrontId' in owner ? owner.storefrontId : null;
  return db.transaction(async (query) => {
    if (storefrontId) await lockStorefront(query, storefrontId);
    if (partnerId && !(await lockOpenPartner(query, partnerId)))
      return { webhook: null, errors: [noSuchPartner()] };
    const [row] = await query<WebhookRow>(
      'webhooks.insert',
      `insert into webhooks (id, partner_id, storefront_id, url, events, secret)
       select $1, $2::uuid, $3::uuid, $4, $5, $6
       where $7 > (select count(*) from webhooks where partner_id = $2::uuid or storefront_id = $3::uuid)
       returning ${WEBHOOK_COLUMNS}`,
      [id, partnerId, storefrontId, new URL(url).href, events, secret, MAX_WEBHOOKS],
    );
    if (!row) return { webhook: null, errors: [tooMany(owner)] };
    await recordAudit(query, {
      ...by,
      action: AuditAction.WEBHOOK_CREATED,
      subject: webhookIds.encode(id),
      data: {
        ...(partnerId && { partnerId: partnerIds.encode(partnerId) }),
        ...(storefrontId && { storefrontId: storefrontIds.encode(storefrontId) }),
        ...{ url, events },
      },
    });
    return { webhook: row, errors: [] };
  });
}

/** There is no row of it here to lock. */
async function lockStorefront(query: Query, storefrontId: string): Promise<void> {
  await query('webhooks.ofOne', 'select pg_advisory_xact_lock(hashtext($1))', [
    `webhooks ${storefrontId}`,
  ]);
}

function tooMany(owner: Owner): UsersError {
  const message = `There are ${MAX_WEBHOOKS} webhooks: delete one first.`;
  return userError(UsersErrorCode.TOO_MANY_WEBHOOKS, message, Object.keys(owner));
}
