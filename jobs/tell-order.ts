import type { OrderCommand } from '@waybill/schema/commands.js';
import type { DomainEvent } from '@waybill/schema/events.js';
import type { CommandClients } from './workers.js';

type PaymentNews = Extract<
  DomainEvent,
  {
    type:
      | 'payment.refunded_elsewhere'
      | 'payment.attention_needed'
      | 'payment.authorization_ending'
      | 'payment.authorization_ended';
  }
>;

/** Tells an order what happened to its payments though nobody here asked for it; then it counts as told. */
export async function tellOrder(
  news: PaymentNews,
  { orders, payments }: CommandClients,
): Promise<void> {
  await orders.applyToOrder({ orderId: news.subject, command: commandOf(news) });
  await payments.settleNews({ eventId: news.id });
}

function commandOf({ type, data }: PaymentNews): OrderCommand {
  switch (type) {
    case 'payment.refunded_elsewhere':
      return { type: 'recordRefundedElsewhere', ...data };
    case 'payment.attention_needed':
      return { type: 'recordPaymentIssue', ...data };
    case 'payment.authorization_ending':
      return { type: 'recordAuthorizationEnding', ...data };
    case 'payment.authorization_ended':
      return { type: 'recordAuthorizationEnded', ...data };
  }
}
