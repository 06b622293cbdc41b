import type { Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import type { Payment } from '../payment.js';
import type { StandingRefund } from '../providers/provider.js';
import { type Refund, refundOf } from '../refund.js';
import { settleRefunds } from '../refund-store.js';

const ENTER = `
  insert into refunds (id, refund_id, payment_id, amount, state, reason, provider_reference)
  select i.id, i."refundId", i."paymentId", i.amount, i.state, i.reason, i."providerReference"
  from jsonb_to_recordset($1::jsonb) as i (id uuid, "refundId" uuid, "paymentId" uuid,
    amount bigint, state text, reason text, "providerReference" text)
  on conflict (provider_reference) do nothing
  returning id`;

/**
 * Enters refunds that somebody made at the provider, each once; answers those that were not entered before. Fails
 * where they are more than our books say was captured.
 */
export async function enterRefunds(
  query: Query,
  payment: Payment,
  found: StandingRefund[],
): Promise<Refund[]> {
  if (found.length === 0) return [];
  const refunds = found.map((each) => ({
    ...refundOf(payment, newId(), each.amount, reasonOf(each)),
    providerReference: each.reference,
  }));
  const rows = await query<{ id: string }>('refunds.enter', ENTER, [JSON.stringify(refunds)]);
  const entered = new Set(rows.map(({ id }) => id));
  const fresh = refunds.filter(({ id }) => entered.has(id));
  await settleRefunds(
    query,
    fresh.map((refund) => ({ ...refund, state: 'REFUNDED' })),
  );
  return fresh;
}

function reasonOf({ reason }: StandingRefund): string {
  const given = reason ? `: ${reason.replaceAll('_', ' ')}` : '';
  return `Refunded at the payment provider${given}.`;
}
