import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { newId } from '@waybill/kernel/ids.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { UsersContext } from '../context.js';
import { type UsersError, UsersErrorCode, UsersUserError } from '../graphql/errors.js';
import { once } from '../once.js';
import { reachOf, reachValues, webhooksWithin } from '../partners/reach.js';
import {
  DELIVERY_COLUMNS,
  type DeliveryRow,
  deliveryIds,
  toDelivery,
  WebhookDelivery,
} from './delivery.js';

@InputType({ description: 'A message that is to be sent again.' })
class RedeliverWebhookInput {
  @Field(() => ID, { description: 'Which message.' })
  deliveryId: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The message on its way again, or why not.', simpleResolvers: true })
class RedeliverWebhookPayload {
  @Field(() => WebhookDelivery, { nullable: true, description: 'The message.' })
  delivery: WebhookDelivery | null;

  @Field(() => [UsersUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UsersError[];
}

interface Redelivered {
  delivery: DeliveryRow | null;
  errors: UsersError[];
}

@Resolver()
export class RedeliverWebhookMutation {
  @Access('PARTNER')
  @Mutation(() => RedeliverWebhookPayload, {
    description:
      'Sends a message again, with the same id, and with all its attempts anew. For staff, and for partners with the scope WRITE.',
  })
  async redeliverWebhook(
    @Arg('input', () => RedeliverWebhookInput, { description: 'Which one.' })
    input: RedeliverWebhookInput,
    @Ctx() ctx: UsersContext,
  ): Promise<RedeliverWebhookPayload> {
    const reach = await reachOf(ctx);
    const id = deliveryIds.decode(input.deliveryId);
    if (!id) return { delivery: null, userErrors: [noSuchDelivery()] };
    const asked = { mutation: 'redeliverWebhook', input, nothing: { delivery: null } };
    const saved = await once<Redelivered>(ctx, asked, async (db) => {
      const [delivery] = await db.query<DeliveryRow>(
        'deliveries.again',
        `with again as (
           update webhook_deliveries d set state = 'PENDING', attempts = 0, moved_at = now(), job_id = $2
           from webhooks where d.id = $1 and webhooks.id = d.webhook_id and ${webhooksWithin(3)}
           returning ${DELIVERY_COLUMNS}
         ), queued as (
           insert into outbox (id, type, subject, data) select $2, 'webhook.queued', id, '{}' from again
         ) select * from again`,
        // A job of its own: the former may be about to end, and until then there is none other of its id.
        [id, newId(), ...reachValues(reach)],
      );
      if (!delivery) return { delivery: null, errors: [noSuchDelivery()] };
      return { delivery, errors: [] };
    });
    ctx.accounts.committed();
    return { delivery: saved.delivery && toDelivery(saved.delivery), userErrors: saved.errors };
  }
}

function noSuchDelivery(): UsersError {
  return userError(UsersErrorCode.NOT_FOUND, 'There is no such message.', ['deliveryId']);
}
