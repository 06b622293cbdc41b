import type { BatchHandler } from '@waybill/kernel/batch.js';
import type { Query } from '@waybill/kernel/database.js';

interface Uses {
  partnerId: string;
  operationId: string;
  count: number;
  at: string;
}

/** The command that counts requests, for many operations in one statement. */
export function countUses(query: Query): BatchHandler<Uses, { outcome: 'COUNTED' }> {
  return async (inputs) => {
    await query(
      'operations.count',
      `with uses as (
         select "partnerId" as partner_id, "operationId" as id, sum(count) as count, max(at) as at
         from jsonb_to_recordset($1::jsonb)
           as use ("partnerId" uuid, "operationId" text, count bigint, at timestamptz)
         group by 1, 2
       ), locked as (
         select partner_id, id, uses.count, uses.at
         from registered_operations join uses using (partner_id, id)
         order by partner_id, id for no key update of registered_operations
       )
       update registered_operations as operation
       set uses = operation.uses + locked.count, last_used_at = greatest(last_used_at, locked.at)
       from locked where operation.partner_id = locked.partner_id and operation.id = locked.id`,
      [JSON.stringify(inputs)],
    );
    return inputs.map(() => ({ outcome: 'COUNTED' }));
  };
}
