import type { BatchHandler } from '@waybill/kernel/batch.js';
import type { Query } from '@waybill/kernel/database.js';
import type { ApprovedOperation } from '@waybill/schema/commands.js';
import { maxCostOf, RateClass } from '../partners/partner.js';

type Answer = { operations: ApprovedOperation[]; maxCost: number };

interface PartnerRow {
  partnerId: string;
  rateClass: RateClass;
  operations: ApprovedOperation[];
}

/** The command by which the gateway learns what partners may run; one statement however many it asks about. */
export function approvedOperations(
  query: Query,
  standardCost: number,
): BatchHandler<{ partnerId: string }, Answer> {
  return async (inputs) => {
    const rows = await query<PartnerRow>(
      'operations.approved',
      `select partners.id as "partnerId", rate_class as "rateClass", coalesce(
         jsonb_agg(jsonb_build_object('id', operation.id, 'kind', kind, 'text', text))
           filter (where operation.id is not null), '[]') as operations
       from partners left join registered_operations as operation
         on partner_id = partners.id and state = 'APPROVED'
       where partners.id = any($1::uuid[]) and closed_at is null group by partners.id`,
      [inputs.map(({ partnerId }) => partnerId)],
    );
    const byPartner = new Map(rows.map((row) => [row.partnerId, row]));
    return inputs.map(({ partnerId }) => {
      const { rateClass, operations } = byPartner.get(partnerId) ?? NO_PARTNER;
      return { operations, maxCost: maxCostOf(rateClass, standardCost) };
    });
  };
}

const NO_PARTNER = { rateClass: RateClass.STANDARD, operations: [] };
