import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { AuditAction } from '../audit-log/audit-action.js';
import type { UsersContext } from '../context.js';
import { changeWebhook } from './change-webhook.js';
import { newSecret } from './webhook.js';
import { presentWebhook, WebhookSecretPayload } from './webhook-payload.js';

@InputType({ description: 'A webhook whose secret is to be replaced.' })
class RotateWebhookSecretInput {
  @Field(() => ID, { description: 'Which webhook.' })
  webhookId: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class RotateWebhookSecretMutation {
  @Access('PARTNER')
  @Mutation(() => WebhookSecretPayload, {
    description:
      'Replaces the secret of a webhook; for 24 hours messages are signed with both. For staff, and for partners with the scope WRITE.',
  })
  async rotateWebhookSecret(
    @Arg('input', () => RotateWebhookSecretInput, { description: 'Which one.' })
    input: RotateWebhookSecretInput,
    @Ctx() ctx: UsersContext,
  ): Promise<WebhookSecretPayload> {
    let secret: string | null = null;
    const action = AuditAction.WEBHOOK_SECRET_ROTATED;
    const asked = { mutation: 'rotateWebhookSecret', action, input };
    const saved = await changeWebhook(ctx, asked, async (query, webhook) => {
      secret = newSecret();
      await query(
        'webhooks.rotate',
        `update webhooks set former_secret = secret, former_secret_until = now() + interval '24 hours', secret = $2
         where id = $1`,
        [webhook.id, secret],
      );
      return webhook;
    });
    return { ...presentWebhook(saved), secret };
  }
}
