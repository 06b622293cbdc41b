import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { AuditAction } from '../audit-log/audit-action.js';
import type { UsersContext } from '../context.js';
import { changeWebhook } from './change-webhook.js';
import { checkEvents } from './create-webhook.js';
import { WEBHOOK_COLUMNS, WebhookEvent, type WebhookRow } from './webhook.js';
import { presentWebhook, WebhookPayload } from './webhook-payload.js';
import { checkUrl } from './webhook-url.js';

@InputType({ description: 'A change of a webhook; what is left out stays as it is.' })
class UpdateWebhookInput {
  @Field(() => ID, { description: 'Which webhook.' })
  webhookId: string;

  @Field(() => String, { nullable: true, description: 'Where the messages go from now on.' })
  url?: string | null;

  @Field(() => [WebhookEvent], { nullable: true, description: 'What it is told of from now on.' })
  events?: WebhookEvent[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is told anything. What happens while it is not, it is never told.',
  })
  enabled?: boolean | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class UpdateWebhookMutation {
  @Access('PARTNER')
  @Mutation(() => WebhookPayload, {
    description:
      'Changes where a webhook is and what it is told of. For staff, and for partners with the scope WRITE.',
  })
  async updateWebhook(
    @Arg('input', () => UpdateWebhookInput, { description: 'Which one, and what of it.' })
    input: UpdateWebhookInput,
    @Ctx() ctx: UsersContext,
  ): Promise<WebhookPayload> {
    const { url, events, enabled } = input;
    const errors = [
      ...(url == null ? [] : checkUrl(url)),
      ...(events == null ? [] : checkEvents(events)),
    ];
    if (errors.length > 0) return { webhook: null, userErrors: errors };
    const asked = { mutation: 'updateWebhook', action: AuditAction.WEBHOOK_UPDATED, input };
    const saved = await changeWebhook(ctx, asked, async (query, { id }) => {
      const [row] = await query<WebhookRow>(
        'webhooks.update',
        `update webhooks set url = coalesce($2, url), events = coalesce($3, events), enabled = coalesce($4, enabled)
         where id = $1 returning ${WEBHOOK_COLUMNS}`,
        [id, url == null ? null : new URL(url).href, events ? [...new Set(events)] : null, enabled],
      );
      return row as WebhookRow;
    });
    return presentWebhook(saved);
  }
}
