import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Field, ObjectType } from 'type-graphql';
import { type UsersError, UsersErrorCode, UsersUserError } from '../graphql/errors.js';
import { toWebhook, Webhook, type WebhookRow } from './webhook.js';

@ObjectType({
  description: 'The webhook as it is now, or why nothing was changed.',
  simpleResolvers: true,
})
export class WebhookPayload {
  @Field(() => Webhook, {
    nullable: true,
    description: 'The webhook: as it is now, or as it was before it was deleted.',
  })
  webhook: Webhook | null;

  @Field(() => [UsersUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UsersError[];
}

@ObjectType({ description: 'The webhook with a new secret, or why not.', simpleResolvers: true })
export class WebhookSecretPayload extends WebhookPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'What its messages are signed with. It is shown this once and never again; null where it was shown before.',
  })
  secret: string | null;
}

/** What a change of a webhook led to, as it is kept under an idempotency key. */
export interface SavedWebhook {
  webhook: WebhookRow | null;
  errors: UsersError[];
}

export const NOTHING_SAVED: Omit<SavedWebhook, 'errors'> = { webhook: null };

export function presentWebhook({ webhook, errors }: SavedWebhook): WebhookPayload {
  return { webhook: webhook && toWebhook(webhook), userErrors: errors };
}

export function noSuchWebhook(): UsersError {
  return userError(UsersErrorCode.NOT_FOUND, 'There is no such webhook.', ['webhookId']);
}
