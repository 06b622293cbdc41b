import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { CaptureState } from './capture.js';
import type { LedgerAccount } from './ledger.js';
import type { PaymentState } from './payment.js';
import type { RefundState } from './refund.js';

/** What GraphQL reads. Payments are written by the statements in `payment-store.ts` and `refund-store.ts`. */
export const PaymentTable = defineEntity({
  name: 'PaymentRow',
  tableName: 'payments',
  properties: (p) => ({
    id: p.uuid().primary(),
    orderId: p.uuid(),
    customerId: p.uuid().nullable(),
    storefrontId: p.uuid(),
    state: p.string().$type<PaymentState>(),
    amount: p.bigint('number'),
    authorized: p.bigint('number'),
    captured: p.bigint('number'),
    refunded: p.bigint('number'),
    currency: p.string(),
    method: p.string(),
    provider: p.string(),
    providerReference: p.string().nullable(),
    failureCode: p.string().nullable(),
    authorizationEndsAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  }),
});

export type PaymentRow = InferEntity<typeof PaymentTable>;

export const CaptureTable = defineEntity({
  name: 'CaptureRow',
  tableName: 'captures',
  properties: (p) => ({
    paymentId: p.uuid().primary(),
    captureId: p.uuid().primary(),
    amount: p.bigint('number'),
    state: p.string().$type<CaptureState>(),
    code: p.string().nullable(),
    createdAt: p.datetime(),
  }),
});

export type CaptureRow = InferEntity<typeof CaptureTable>;

export const LedgerEntryTable = defineEntity({
  name: 'LedgerEntryRow',
  tableName: 'ledger_entries',
  properties: (p) => ({
    orderId: p.uuid().primary(),
    transferId: p.uuid().primary(),
    account: p.string().primary().$type<LedgerAccount>(),
    amount: p.bigint('number'),
    currency: p.string(),
    at: p.datetime(),
  }),
});

export type LedgerEntryRow = InferEntity<typeof LedgerEntryTable>;

export const RefundTable = defineEntity({
  name: 'RefundRow',
  tableName: 'refunds',
  properties: (p) => ({
    id: p.uuid().primary(),
    paymentId: p.uuid(),
    amount: p.bigint('number'),
    state: p.string().$type<RefundState>(),
    reason: p.string(),
    createdAt: p.datetime(),
  }),
});

export type RefundRow = InferEntity<typeof RefundTable>;
