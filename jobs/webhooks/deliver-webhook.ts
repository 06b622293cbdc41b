import { globalId } from '@waybill/kernel/ids.js';
import type { StoredEvent } from '@waybill/schema/commands.js';
import type { CommandClients } from '../workers.js';
import { postMessage, type WebhookTargets } from './webhook-client.js';

const deliveryIds = globalId('WebhookDelivery');

/**
 * Sends a message to a webhook. Any answer but 200 to 299 makes the job fail, so that it is tried again, until its
 * attempts are used up. A message whose outcome could not be written down is sent again, with the same `webhook-id`.
 */
export async function deliverWebhook(
  { subject: deliveryId }: StoredEvent,
  { users }: Pick<CommandClients, 'users'>,
  targets: WebhookTargets,
  isLast: boolean,
): Promise<void> {
  const delivery = await users.findDelivery({ deliveryId });
  if (!delivery) return;
  const outcome = await postMessage({ ...delivery, id: deliveryIds.encode(deliveryId) }, targets);
  const { state } = await users.recordDelivery({ deliveryId, ...outcome, isLast });
  if (state !== 'PENDING') return;
  throw new Error(outcome.error ?? `the webhook answered ${outcome.status}`);
}
