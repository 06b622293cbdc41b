import { Access } from '@waybill/kernel/graphql/access.js';
import { connectionOf } from '@waybill/kernel/graphql/connection.js';
import { Money, money } from '@waybill/kernel/graphql/money.js';
import { globalId } from '@waybill/kernel/ids.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { CaptureState } from '../capture.js';
import type { PaymentState as State } from '../payment.js';
import type { RefundState } from '../refund.js';
import type { CaptureRow, PaymentRow, RefundRow } from '../tables.js';
import { PaymentCaptureState, PaymentRefundState, PaymentState } from './states.js';

export const paymentIds = globalId('Payment');
export const paymentRefundIds = globalId('PaymentRefund');

@Access('OWNER')
@ObjectType({ description: 'Money of a payment going back.', simpleResolvers: true })
export class PaymentRefund {
  @Field(() => ID, { description: 'Identifies the refund everywhere.' })
  id: string;

  @Field(() => Money, { description: 'How much.' })
  amount: Money;

  @Field(() => PaymentRefundState, { description: 'How far it came.' })
  state: RefundState;

  @Field(() => String, { description: 'Why, as staff or the system put it.' })
  reason: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was asked for.' })
  createdAt: Date;
}

@Access('OWNER')
@ObjectType({ description: 'Money of a payment being taken.', simpleResolvers: true })
export class PaymentCapture {
  @Field(() => Money, { description: 'How much.' })
  amount: Money;

  @Field(() => PaymentCaptureState, { description: 'How far it came.' })
  state: CaptureState;

  @Field(() => String, {
    nullable: true,
    description: "Why it failed: the provider's code.",
  })
  failureCode: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was asked for.' })
  createdAt: Date;
}

@Access('OWNER')
@Directive('@key(fields: "id")')
@ObjectType({ description: 'One attempt to pay an order.', simpleResolvers: true })
export class Payment {
  @Field(() => ID, { description: 'Identifies the payment everywhere.' })
  id: string;

  @Field(() => PaymentState, { description: 'How far it came.' })
  state: State;

  @Field(() => Money, { description: 'What was asked for.' })
  amount: Money;

  @Field(() => Money, { description: 'What the provider agreed to hold.' })
  authorized: Money;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description:
      'Until when what is authorized can be taken; null where the provider does not say, or nothing can be.',
  })
  authorizationEndsAt: Date | null;

  @Field(() => Money, { description: 'What was taken.' })
  captured: Money;

  @Field(() => Money, { description: 'What went back of it.' })
  refunded: Money;

  @Field(() => String, { description: "The provider's token of the card or account." })
  method: string;

  @Field(() => String, { description: 'The payment provider.' })
  provider: string;

  @Field(() => String, {
    nullable: true,
    description: "Why it was declined or failed: the provider's code.",
  })
  failureCode: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was asked for.' })
  createdAt: Date;

  /** The row behind it, for resolvers; not part of the API. */
  row: PaymentRow;
}

export const PaymentConnection = connectionOf('Payment', () => Payment);

export function toPayment(row: PaymentRow): Payment {
  const inCurrency = (minor: number) => money(minor, row.currency);
  return {
    id: paymentIds.encode(row.id),
    state: row.state,
    amount: inCurrency(row.amount),
    authorized: inCurrency(row.authorized),
    authorizationEndsAt: row.authorizationEndsAt ?? null,
    captured: inCurrency(row.captured),
    refunded: inCurrency(row.refunded),
    method: row.method,
    provider: row.provider,
    failureCode: row.failureCode ?? null,
    createdAt: row.createdAt,
    row,
  };
}

export function toCapture(row: CaptureRow, currency: string): PaymentCapture {
  return {
    amount: money(row.amount, currency),
    state: row.state,
    failureCode: row.code ?? null,
    createdAt: row.createdAt,
  };
}

export function toRefund(row: RefundRow, currency: string): PaymentRefund {
  return {
    id: paymentRefundIds.encode(row.id),
    amount: money(row.amount, currency),
    state: row.state,
    reason: row.reason,
    createdAt: row.createdAt,
  };
}
