import {
  bytesOf,
  MAX_RAW_BYTES,
  type RawAnswer,
  type RawHandler,
} from '@waybill/kernel/raw-request.js';
import type { PaymentsContext } from '../payments-context.js';
import {
  ForgedWebhook,
  type ProviderEvent,
  type ProviderWebhooks,
  type WebhookRequest,
} from '../providers/provider.js';
import { storeEvent } from './event-store.js';

/**
 * Takes `POST /webhooks/payments/<provider>`. Whoever sends it is known by nothing but the provider's signature; the
 * event is stored and answered at once, and looked into afterwards.
 */
export function receiveWebhook(context: PaymentsContext, stored: () => void): RawHandler {
  return async (request) => {
    const { name, webhooks } = context.provider;
    if (request.path !== `/webhooks/payments/${name}` || !webhooks) return answer(404, 'NOT_FOUND');
    if (request.method !== 'POST') return answer(405, 'METHOD_NOT_ALLOWED');
    const { headers } = request;
    const event = read(webhooks, { headers, body: await bytesOf(request, MAX_RAW_BYTES) });
    if (event instanceof ForgedWebhook) {
      context.log.warn({ provider: name, reason: event.message }, 'forged webhook refused');
      return answer(400, 'BAD_SIGNATURE');
    }
    if (event && (await storeEvent(context.db.query, name, event))) stored();
    return answer(200, 'OK');
  };
}

function read(
  webhooks: ProviderWebhooks,
  request: WebhookRequest,
): ProviderEvent | ForgedWebhook | undefined {
  try {
    return webhooks.read(request);
  } catch (error) {
    if (error instanceof ForgedWebhook) return error;
    throw error;
  }
}

function answer(status: number, body: string): RawAnswer {
  return { status, body };
}
