import type { DomainEvent } from '@waybill/schema/events.js';
import type { CommandClients } from './workers.js';

type PaymentNews = Extract<
  DomainEvent,
  { type: 'payment.refunded_elsewhere' | 'payment.attention_needed' }
>;

/** Tells an order what happened to its payments though nobody here asked for it; then it counts as told. */
export async function tellOrder(
  news: PaymentNews,
  { orders, payments }: CommandClients,
): Promise<void> {
  const command =
    news.type === 'payment.refunded_elsewhere'
      ? ({ type: 'recordRefundedElsewhere', ...news.data } as const)
      : ({ type: 'recordPaymentIssue', ...news.data } as const);
  await orders.applyToOrder({ orderId: news.subject, command });
  await payments.settleNews({ eventId: news.id });
}
