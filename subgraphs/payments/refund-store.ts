import type { Query } from '@waybill/kernel/database.js';
import { postRefunds } from './ledger.js';
import type { Refund } from './refund.js';

/** The statements on `refunds`; each takes a whole batch. */
const FIND = `
  select r.id, r.refund_id as "refundId", r.payment_id as "paymentId", p.order_id as "orderId",
    p.provider_reference as reference, r.amount::float8 as amount, r.state, r.reason, r.code
  from refunds r join payments p on p.id = r.payment_id
  where r.payment_id = any($1::uuid[]) or r.refund_id = any($2::uuid[]) order by r.id`;

const INSERT = `
  insert into refunds (id, refund_id, payment_id, amount, state, reason, code)
  select i.id, i."refundId", i."paymentId", i.amount, i.state, i.reason, i.code
  from jsonb_to_recordset($1::jsonb) as i (id uuid, "refundId" uuid, "paymentId" uuid, amount bigint,
    state text, reason text, code text)`;

/** The refund, its payment's total and the ledger change together; one that was settled before counts no second time. */
const SETTLE = `
  with settled as (
    update refunds r set state = s.state, code = s.code, updated_at = now()
    from jsonb_to_recordset($1::jsonb) as s (id uuid, state text, code text)
    where r.id = s.id and r.state = 'PENDING'
    returning r.id, r.payment_id, r.amount, r.state
  ), total as (
    select payment_id, sum(amount) as amount from settled where state = 'REFUNDED'
    group by payment_id
  ), ${postRefunds(`
    select s.id as transfer_id, s.amount, p.currency, p.order_id
    from settled s join payments p on p.id = s.payment_id where s.state = 'REFUNDED'`)}
  update payments p
  set refunded = p.refunded + t.amount, updated_at = now(),
    state = case
      when p.state = 'PARTIALLY_CAPTURED' then p.state
      when p.refunded + t.amount = p.captured then 'REFUNDED'
      else 'PARTIALLY_REFUNDED' end
  from total t where p.id = t.payment_id`;

/** Refunds of these payments, and all parts of the refunds with these keys. */
export function findRefunds(query: Query, paymentIds: string[], refundIds: string[] = []) {
  return query<Refund>('refunds.find', FIND, [paymentIds, refundIds]);
}

export async function insertRefunds(query: Query, refunds: Refund[]): Promise<void> {
  if (refunds.length > 0) await query('refunds.insert', INSERT, [JSON.stringify(refunds)]);
}

/** Records what became of refunds that were PENDING. */
export async function settleRefunds(query: Query, refunds: Refund[]): Promise<void> {
  if (refunds.length === 0) return;
  const settled = refunds.map(({ id, state, code }) => ({ id, state, code }));
  await query('refunds.settle', SETTLE, [JSON.stringify(settled)]);
}
