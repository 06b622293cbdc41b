import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { AuditAction } from '../audit-log/audit-action.js';
import type { UsersContext } from '../context.js';
import { changeWebhook } from './change-webhook.js';
import { presentWebhook, WebhookPayload } from './webhook-payload.js';

@InputType({ description: 'A webhook that is no longer wanted.' })
class DeleteWebhookInput {
  @Field(() => ID, { description: 'Which webhook.' })
  webhookId: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class DeleteWebhookMutation {
  @Access('PARTNER')
  @Mutation(() => WebhookPayload, {
    description:
      'Deletes a webhook with its deliveries, also those still to be made. For staff, and for partners with the scope WRITE.',
  })
  async deleteWebhook(
    @Arg('input', () => DeleteWebhookInput, { description: 'Which one.' })
    input: DeleteWebhookInput,
    @Ctx() ctx: UsersContext,
  ): Promise<WebhookPayload> {
    const asked = { mutation: 'deleteWebhook', action: AuditAction.WEBHOOK_DELETED, input };
    const saved = await changeWebhook(ctx, asked, async (query, webhook) => {
      await query('webhooks.delete', 'delete from webhooks where id = $1', [webhook.id]);
      return webhook;
    });
    return presentWebhook(saved);
  }
}
