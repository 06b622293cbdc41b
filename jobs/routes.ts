import type { EventType } from '@waybill/schema/events.js';
import type { JobsOptions } from 'bullmq';

export const QUEUES = ['outbox', 'reservation', 'payment', 'notification', 'webhook'] as const;
export type QueueName = (typeof QUEUES)[number];

/** Which queues take up an event. What is not listed starts no job. */
export const ROUTES: Partial<Record<EventType, readonly QueueName[]>> = {
  'order.placed': ['reservation', 'notification'],
  'order.validated': ['notification'],
  'order.reserved': ['payment', 'notification'],
  'order.payment_requested': ['payment'],
  'payment.settled': ['payment'],
  'payment.refunded_elsewhere': ['payment'],
  'payment.attention_needed': ['payment'],
  'payment.authorization_ending': ['payment'],
  'payment.authorization_ended': ['payment'],
  'order.authorized': ['notification'],
  'order.confirmed': ['notification'],
  'order.processing': ['notification'],
  'order.stepped': ['notification'],
  'order.capture_requested': ['payment'],
  'order.cancelling': ['payment', 'notification'],
  'order.payment_reversed': ['reservation'],
  'order.shipment_requested': ['payment'],
  'order.partially_shipped': ['notification'],
  'order.shipped': ['notification'],
  'order.delivered': ['notification'],
  'order.lines_cancelled': ['reservation'],
  'order.return_received': ['reservation'],
  'order.edit_requested': ['payment'],
  'order.edited': ['reservation'],
  'order.refund_requested': ['payment'],
  'order.cancelled': ['notification'],
  'order.failed': ['notification'],
  'order.expired': ['notification'],
  'user.mail_due': ['notification'],
  'stock.low': ['notification'],
  'webhook.queued': ['webhook'],
};

/** The queue that moves an order on after an event; mail about it is a queue of its own. */
export function stepQueue(type: string): QueueName {
  const step = ROUTES[type as EventType]?.find((queue) => queue !== 'notification');
  if (!step) throw new Error(`${type} moves no order on`);
  return step;
}

/**
 * Events that one job takes at the most. Where they wait for servers that are not ours, with mail and webhooks, each goes
 * alone; a payment provider is asked for few at a time.
 */
export const BUNDLE_SIZE: Record<QueueName, number> = {
  outbox: 1,
  reservation: 32,
  payment: 16,
  notification: 1,
  webhook: 1,
};

export interface Retries {
  attempts: number;
  firstPauseMs: number;
}

/** Attempts and pauses of each queue: exponential, with half of each pause drawn by chance so that a crowd spreads. */
export const RETRIES: Record<QueueName, Retries> = {
  outbox: { attempts: 1, firstPauseMs: 0 },
  // Our own processes and databases: half a minute of outage at least is bridged, and nobody needs to see to it.
  reservation: { attempts: 9, firstPauseMs: 250 },
  payment: { attempts: 9, firstPauseMs: 250 },
  // A mail server may be away for longer: about four hours.
  notification: { attempts: 15, firstPauseMs: 1000 },
  // A partner's server may be away for longer: about a day.
  webhook: { attempts: 15, firstPauseMs: 5000 },
};

/** A payment provider that has not answered so often counts as declined: the customer waits while we ask. */
export const PROVIDER_ATTEMPTS = 6;

export function jobOptions(
  jobId: string,
  { attempts, firstPauseMs }: Retries,
): JobsOptions & { jobId: string } {
  return {
    jobId,
    attempts,
    backoff: { type: 'exponential', delay: firstPauseMs, jitter: 0.5 },
    removeOnComplete: true,
    // What has failed for good is a dead letter: it stays until somebody retries it.
    removeOnFail: false,
  };
}
