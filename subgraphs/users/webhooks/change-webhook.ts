import type { Query } from '@waybill/kernel/database.js';
import type { AuditAction } from '../audit-log/audit-action.js';
import { actorIn, recordAudit } from '../audit-log/record-audit.js';
import type { UsersContext } from '../context.js';
import { once } from '../once.js';
import { reachOf, reachValues, webhooksWithin } from '../partners/reach.js';
import { WEBHOOK_COLUMNS, type WebhookRow, webhookIds } from './webhook.js';
import { NOTHING_SAVED, noSuchWebhook, type SavedWebhook } from './webhook-payload.js';

interface Asked {
  mutation: string;
  action: AuditAction;
  input: { webhookId: string; idempotencyKey?: string | null };
}

/**
 * Changes a webhook that is the asker's to change, once per idempotency key, and puts it on record. `change` runs with the
 * webhook locked and answers it as it is then.
 */
export async function changeWebhook(
  ctx: UsersContext,
  { mutation, action, input }: Asked,
  change: (query: Query, webhook: WebhookRow) => Promise<WebhookRow>,
): Promise<SavedWebhook> {
  const reach = await reachOf(ctx);
  const id = webhookIds.decode(input.webhookId);
  if (!id) return { ...NOTHING_SAVED, errors: [noSuchWebhook()] };
  return once<SavedWebhook>(ctx, { mutation, input, nothing: NOTHING_SAVED }, (db) =>
    db.transaction(async (query) => {
      const [webhook] = await query<WebhookRow>(
        'webhooks.lock',
        `select ${WEBHOOK_COLUMNS} from webhooks where id = $1 and ${webhooksWithin(2)} for update`,
        [id, ...reachValues(reach)],
      );
      if (!webhook) return { ...NOTHING_SAVED, errors: [noSuchWebhook()] };
      const changed = await change(query, webhook);
      const { url, events, enabled } = changed;
      await recordAudit(query, {
        ...{ ...actorIn(ctx), action, subject: webhookIds.encode(id) },
        data: { url, events, enabled },
      });
      return { webhook: changed, errors: [] };
    }),
  );
}
