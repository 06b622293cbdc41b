import type { Query } from '@waybill/kernel/database.js';
import type { Capture } from './capture.js';

/** Captures are settled together with their payments, in `payment-store.ts`. */
const FIND = `
  select payment_id as "paymentId", capture_id as "captureId", amount::float8 as amount, final, state,
    code
  from captures where payment_id = any($1::uuid[]) order by created_at, capture_id`;

const INTEND = `
  insert into captures (payment_id, capture_id, amount, final, state)
  select "paymentId", "captureId", amount, final, 'PENDING'
  from jsonb_to_recordset($1::jsonb) as i
    ("paymentId" uuid, "captureId" uuid, amount bigint, final boolean)`;

export function findCaptures(query: Query, paymentIds: string[]) {
  return query<Capture>('captures.find', FIND, [paymentIds]);
}

/** Writes down what is going to be asked for. */
export async function intendCaptures(query: Query, captures: Capture[]): Promise<void> {
  if (captures.length > 0) await query('captures.intend', INTEND, [JSON.stringify(captures)]);
}
