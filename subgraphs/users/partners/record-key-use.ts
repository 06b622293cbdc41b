import type { BatchHandler } from '@waybill/kernel/batch.js';
import type { Database } from '@waybill/kernel/database.js';
import { AuditAction } from '../audit-log/audit-action.js';
import { recordAudit } from '../audit-log/record-audit.js';
import { apiKeyIds } from './api-key.js';

interface KeyUse {
  keyId: string;
  at: string;
}

interface UsedKey {
  keyId: string;
  partnerId: string;
  isFirstOfDay: boolean;
}

/**
 * The command that notes when keys were used last, for many at once. The audit log tells of the first use on each
 * day: more would bury everything else.
 */
export function recordKeyUses(db: Database): BatchHandler<KeyUse, { outcome: 'RECORDED' }> {
  return async (inputs) => {
    await db.transaction(async (query) => {
      // In one order, so that two processes that note the same keys wait for each other and no more.
      const used = await query<UsedKey>(
        'apiKeys.used',
        `with uses as (
           select "keyId" as id, max(at) as at
           from jsonb_to_recordset($1::jsonb) as use ("keyId" uuid, at timestamptz) group by 1
         ), former as (
           select api_keys.id, last_used_at, uses.at from api_keys join uses using (id)
           order by api_keys.id for update of api_keys
         )
         update api_keys set last_used_at = greatest(former.last_used_at, former.at)
         from former where api_keys.id = former.id
         returning api_keys.id as "keyId", partner_id as "partnerId",
           (former.last_used_at at time zone 'UTC')::date is distinct from
             (greatest(former.last_used_at, former.at) at time zone 'UTC')::date as "isFirstOfDay"`,
        [JSON.stringify(inputs)],
      );
      const first = used.filter(({ isFirstOfDay }) => isFirstOfDay);
      const records = first.map(({ keyId, partnerId }) => ({
        actor: `partner:${partnerId}`,
        action: AuditAction.API_KEY_USED,
        subject: apiKeyIds.encode(keyId),
      }));
      await recordAudit(query, ...records);
    });
    return inputs.map(() => ({ outcome: 'RECORDED' }));
  };
}
