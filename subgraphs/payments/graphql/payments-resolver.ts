import { ClientError } from '@waybill/kernel/errors.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { pageRequest, toConnection } from '@waybill/kernel/graphql/connection.js';
import { realmsOf } from '@waybill/kernel/identity.js';
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { PaymentTable } from '../tables.js';
import { maySee, maySeeSecret, type PaymentsRequest } from './context.js';
import {
  Payment,
  PaymentCapture,
  PaymentConnection,
  PaymentRefund,
  paymentIds,
  toCapture,
  toPayment,
  toRefund,
} from './payment.js';

@Resolver(() => Payment)
export class PaymentsResolver {
  @Access('OWNER')
  @Query(() => Payment, {
    nullable: true,
    description: 'One payment; null where there is none that you may see.',
  })
  payment(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() request: PaymentsRequest,
  ): Promise<Payment | null> {
    return findPayment(id, request);
  }

  @Access('STAFF')
  @Query(() => PaymentConnection, {
    description:
      'All payments, newest first. For staff; to staff of certain storefronts those of their orders.',
  })
  async payments(
    @Arg('first', () => Int, { nullable: true, description: 'Page size, 1 to 100; default 20.' })
    first: number | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Where to go on: an endCursor.' })
    after: string | undefined,
    @Ctx() request: PaymentsRequest,
  ): Promise<InstanceType<typeof PaymentConnection>> {
    const page = pageRequest(first, after);
    const realms = realmsOf(request.identity);
    const where = { ...before(page.after), ...(realms && { storefrontId: { $in: [...realms] } }) };
    const rows = await request.em.find(PaymentTable, where, {
      orderBy: { id: 'desc' },
      limit: page.limit,
    });
    return toConnection(rows, page, (row) => row.id, toPayment);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "With it the provider's script lets the customer authenticate, as Stripe.js does by handleNextAction. For the customer alone, and only while the payment is PENDING for it.",
  })
  async clientSecret(
    @Root() { row }: Payment,
    @Ctx() { identity, provider }: PaymentsRequest,
  ): Promise<string | null> {
    const isPending = row.state === 'PENDING' && row.providerReference;
    if (!isPending || !maySeeSecret(identity, row)) return null;
    return (await provider.clientSecret?.(row.providerReference ?? '')) ?? null;
  }

  @FieldResolver(() => [PaymentCapture], { description: 'What was taken of it, oldest first.' })
  async captures(
    @Root() payment: Payment,
    @Ctx() request: PaymentsRequest,
  ): Promise<PaymentCapture[]> {
    const captures = await request.capturesOfPayment.load(payment.row.id);
    return captures.map((capture) => toCapture(capture, payment.row.currency));
  }

  @FieldResolver(() => [PaymentRefund], { description: 'What went back of it, oldest first.' })
  async refunds(
    @Root() payment: Payment,
    @Ctx() request: PaymentsRequest,
  ): Promise<PaymentRefund[]> {
    const refunds = await request.refundsOfPayment.load(payment.row.id);
    return refunds.map((refund) => toRefund(refund, payment.row.currency));
  }
}

/** Also how the gateway's `_entities` find a payment. */
export async function findPayment(id: string, request: PaymentsRequest): Promise<Payment | null> {
  const uuid = paymentIds.decode(id);
  const row = uuid ? await request.payment.load(uuid) : undefined;
  return row && maySee(request.identity, row) ? toPayment(row) : null;
}

/** Keys are UUIDv7: older payments have lesser ones. */
function before(after: string | undefined) {
  if (after === undefined) return {};
  if (!paymentIds.decode(paymentIds.encode(after))) {
    throw new ClientError('BAD_USER_INPUT', 'after is not a cursor.');
  }
  return { id: { $lt: after } };
}
