import type { Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import type { PaymentDue } from '@waybill/schema/events.js';
import type { Payment } from './payment.js';

const PUBLISH = `
  insert into outbox (id, type, subject, data)
  select e.id, 'payment.settled', e.subject, e.data
  from jsonb_to_recordset($1::jsonb) as e (id uuid, subject uuid, data jsonb)`;

/** Tells whoever waits for these payments that the provider has decided; they ask `authorizePayment` again. */
export async function publishSettled(query: Query, payments: Payment[]): Promise<void> {
  if (payments.length === 0) return;
  await query('payments.publish-settled', PUBLISH, [JSON.stringify(payments.map(settledEvent))]);
}

function settledEvent({ orderId, attempt, customerId, storefrontId, ...due }: Payment) {
  const { amount, currency, method } = due;
  const data: PaymentDue = { attempt, customerId, storefrontId, amount, currency, method };
  return { id: newId(), subject: orderId, data };
}
