import type { Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import type { Capture, WithCaptures } from './capture.js';
import { postCaptures } from './ledger.js';
import { allows, type Payment } from './payment.js';

/**
 * The statements on `payments`; each takes a whole batch. Amounts come back as float8, which pg reads as a number:
 * exact up to 2^53 minor units.
 */
const PAYMENT = `
  p.id, p.order_id as "orderId", p.attempt, p.customer_id as "customerId",
  p.storefront_id as "storefrontId", p.state,
  p.amount::float8 as amount, p.authorized::float8 as authorized, p.captured::float8 as captured,
  p.refunded::float8 as refunded, p.currency, p.method, p.provider_reference as reference,
  p.failure_code as "failureCode", p.failure_hard as "failureHard",
  p.authorization_ends_at as "endsAt",
  p.created_at < now() - interval '1 day' as "isOld",
  (extract(epoch from p.check_at - now()) * 1000)::float8 as "checkAfterMs",
  exists (select from reversals r where r.order_id = p.order_id) as reversed`;

/** `do update` changes nothing: it is what makes a row that is already there come back. */
const REQUEST = `
  insert into payments as p
    (id, order_id, attempt, customer_id, storefront_id, state, amount, currency, method, provider)
  select i.id, i."orderId", i.attempt, i."customerId", i."storefrontId", 'REQUESTED', i.amount, i.currency, i.method, $2
  from jsonb_to_recordset($1::jsonb) as i (id uuid, "orderId" uuid, attempt integer,
    "customerId" uuid, "storefrontId" uuid, amount bigint, currency text, method text)
  where not exists (select from reversals r where r.order_id = i."orderId")
  order by i."orderId", i.attempt
  on conflict (order_id, attempt) do update set attempt = excluded.attempt
  returning ${PAYMENT}`;

const CAPTURES = `
  coalesce((
    select json_agg(json_build_object('paymentId', c.payment_id, 'captureId', c.capture_id,
      'amount', c.amount, 'final', c.final, 'state', c.state, 'code', c.code)
      order by c.created_at, c.capture_id)
    from captures c where c.payment_id = p.id), '[]') as captures`;

const OF_ORDERS = `
  select ${PAYMENT}, ${CAPTURES} from payments p where p.order_id = any($1::uuid[])
  order by p.attempt`;

const OF_ORDERS_LOCKED = `
  select ${PAYMENT} from payments p where p.order_id = any($1::uuid[]) order by p.id for update of p`;

const BY_ID = `
  select ${PAYMENT}, ${CAPTURES} from payments p where p.id = any($1::uuid[])`;

/** What was changed since it was read is left alone: an older decision must not undo a newer one. */
const CHANGED = (own = '', returned = '') => `
  changed as (
    update payments p
    set state = c.state, authorized = c.authorized, captured = c.captured,
      provider_reference = c.reference, failure_code = c."failureCode",
      failure_hard = c."failureHard",
      authorization_ends_at = c."endsAt",
      check_at = now() + c."checkAfterMs" * interval '1 millisecond', updated_at = now()
    from jsonb_to_recordset($1::jsonb) as c (id uuid, "fromState" text, "fromCaptured" bigint,
      "fromRefunded" bigint, state text, authorized bigint, captured bigint, reference text,
      "failureCode" text, "failureHard" boolean, "endsAt" timestamptz, "checkAfterMs" float8${own})
    where p.id = c.id and p.state = c."fromState" and p.captured = c."fromCaptured"
      and p.refunded = c."fromRefunded"
    returning p.id, p.order_id${returned}
  )`;

const AS_CHANGED = `
  select id, exists (select from reversals r where r.order_id = changed.order_id) as reversed
  from changed`;

const CHANGE = `with ${CHANGED()} ${AS_CHANGED}`;

/** The same for payments from which something was taken, or refused: its capture and its entries in the ledger follow. */
const CAPTURE = `
  with ${CHANGED(
    `, "captureId" uuid, "captureAmount" bigint, "captureFinal" boolean, "captureState" text,
      "captureCode" text, "transferId" uuid`,
    `, p.currency, c."captureId" as capture_id, c."captureAmount" as amount,
      c."captureFinal" as final, c."captureState" as capture_state, c."captureCode" as code,
      c."transferId" as transfer_id`,
  )}, taken as (
    insert into captures (payment_id, capture_id, amount, final, state, code, transfer_id)
    select id, capture_id, amount, final, capture_state, code, transfer_id
    from changed where capture_id is not null
    on conflict (payment_id, capture_id) do update
    set amount = excluded.amount, state = excluded.state, code = excluded.code,
      transfer_id = excluded.transfer_id, updated_at = now()
  ), ${postCaptures(`select * from changed where capture_state = 'CAPTURED'`)}
  ${AS_CHANGED}`;

/** Whoever claims a payment has half a minute to ask; then another may. */
const CLAIM_DUE = `
  update payments p set check_at = now() + interval '30 seconds'
  where p.id in (
    select id from payments where check_at <= now()
    order by check_at limit $1 for update skip locked)
  returning ${PAYMENT}`;

/** From here on the payment is due to be given up when its authorization ends; that is how a warning comes once. */
const CLAIM_ENDING = `
  update payments p set check_at = authorization_ends_at
  where p.id in (
    select id from payments
    where authorization_ends_at <= now() + make_interval(secs => $1) and check_at is null
      and state in ('AUTHORIZED', 'PARTIALLY_CAPTURED')
    order by authorization_ends_at limit $2 for update skip locked)
  returning ${PAYMENT}`;

const REVERSE = `
  insert into reversals (order_id)
  select distinct id from unnest($1::uuid[]) as id order by id
  on conflict do nothing`;

export interface PaymentRequest {
  id: string;
  orderId: string;
  attempt: number;
  customerId: string | null;
  storefrontId: string;
  amount: number;
  currency: string;
  method: string;
}

/** Writes the intent to pay, once per order and attempt. Answers nothing for orders that were reversed. */
export function requestPayments(query: Query, requests: PaymentRequest[], provider: string) {
  return query<Payment>('payments.request', REQUEST, [JSON.stringify(requests), provider]);
}

export function paymentsOfOrders(query: Query, orderIds: string[]) {
  return query<WithCaptures>('payments.of-orders', OF_ORDERS, [orderIds]);
}

/** The same, locked until the transaction ends, so that concurrent refunds see one another. */
export function lockPaymentsOfOrders(query: Query, orderIds: string[]) {
  return query<Payment>('payments.of-orders-locked', OF_ORDERS_LOCKED, [orderIds]);
}

export function paymentsById(query: Query, ids: string[]) {
  return query<WithCaptures>('payments.by-id', BY_ID, [ids]);
}

export function claimDuePayments(query: Query, limit: number) {
  return query<Payment>('payments.claim-due', CLAIM_DUE, [limit]);
}

/** Payments of which an authorization ends within so many seconds; each is answered once. */
export function claimEndingPayments(query: Query, withinSeconds: number, limit: number) {
  return query<Payment>('payments.claim-ending', CLAIM_ENDING, [withinSeconds, limit]);
}

/** From here on nothing is authorized or captured for these orders. */
export async function markReversed(query: Query, orderIds: string[]): Promise<void> {
  await query('payments.reverse', REVERSE, [orderIds]);
}

/** A payment as it was read and as it is to be, and the capture that made it so. At most one change per payment. */
export interface PaymentChange {
  before: Payment;
  after: Payment;
  capture?: Capture;
}

type Written = Pick<Payment, 'id' | 'reversed'>;

/** Writes the changes whose payment is still as it was read; answers those payments as they are now. */
export async function changePayments(query: Query, changes: PaymentChange[]): Promise<Payment[]> {
  if (changes.length === 0) return [];
  const rows = JSON.stringify(changes.map(toRow));
  const written = await (changes.some(({ capture }) => capture)
    ? query<Written>('payments.capture', CAPTURE, [rows])
    : query<Written>('payments.change', CHANGE, [rows]));
  const after = new Map(changes.map((change) => [change.after.id, change.after]));
  return written.map(({ id, reversed }) => ({ ...(after.get(id) as Payment), reversed }));
}

/** The same, and answers every payment as it is now, also where somebody else was faster. */
export async function recordChanges(query: Query, changes: PaymentChange[]): Promise<Payment[]> {
  const changed = await changePayments(query, changes);
  if (changed.length === changes.length) return changed;
  const ids = new Set(changes.map(({ before }) => before.id));
  for (const { id } of changed) ids.delete(id);
  const others = await paymentsById(query, [...ids]);
  return [...changed, ...others];
}

function toRow({ before, after, capture }: PaymentChange) {
  if (before.state !== after.state && !allows(before.state, after.state)) {
    throw new Error(`Payment ${before.id} cannot go from ${before.state} to ${after.state}`);
  }
  const { id, state, authorized, captured, reference, failureCode, failureHard } = after;
  return {
    id,
    fromState: before.state,
    fromCaptured: before.captured,
    fromRefunded: before.refunded,
    state,
    authorized,
    captured,
    reference,
    failureCode,
    failureHard,
    endsAt: after.endsAt,
    checkAfterMs: after.checkAfterMs,
    captureId: capture?.captureId,
    captureAmount: capture?.amount,
    captureFinal: capture?.final,
    captureState: capture?.state,
    captureCode: capture?.code,
    transferId: capture?.state === 'CAPTURED' ? newId() : undefined,
  };
}
