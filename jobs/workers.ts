import { eventsOf } from '@waybill/kernel/bundle.js';
import type { CommandClient } from '@waybill/kernel/commands.js';
import type { Log } from '@waybill/kernel/log.js';
import type { QueueBackend } from '@waybill/kernel/queue-backend.js';
import type { Commands, SubgraphName } from '@waybill/schema/commands.js';
import type { DomainEvent } from '@waybill/schema/events.js';
import type { Job, Worker } from 'bullmq';
import { startClocks } from './clocks.js';
import { eachEvent } from './each-event.js';
import { type Mailer, type MailOptions, openMailer } from './mail/mailer.js';
import { notifyCustomer } from './notify-customer.js';
import type { Queues } from './queues.js';
import { reconcile } from './reconcile.js';
import { refundPayment } from './refund-payment.js';
import { releaseEdit } from './release-edit.js';
import { releaseLines } from './release-lines.js';
import { releaseStock } from './release-stock.js';
import { reserveStock } from './reserve-stock.js';
import { restockReturn } from './restock-return.js';
import { reversePayment } from './reverse-payment.js';
import { PROVIDER_ATTEMPTS, type QueueName } from './routes.js';
import { sendAccountMail } from './send-account-mail.js';
import { settleEdit } from './settle-edit.js';
import { type HoldLife, settlePayment } from './settle-payment.js';
import { shipFulfillment } from './ship-fulfillment.js';
import { sweep } from './sweep.js';
import { takeMoney } from './take-money.js';
import { tellOrder } from './tell-order.js';
import { tellStaff } from './tell-staff.js';
import { TIMING, type Timing } from './timing.js';
import { type EventHandler, traced } from './traced.js';
import { deliverWebhook } from './webhooks/deliver-webhook.js';
import type { WebhookTargets } from './webhooks/webhook-client.js';

export type CommandClients = { [Name in SubgraphName]: CommandClient<Commands[Name]> };

export interface WorkersOptions {
  backend: QueueBackend;
  queues: Queues;
  commands: CommandClients;
  mail: MailOptions;
  /** Seconds for which units are held while the customer pays. */
  reservationTtlSeconds: number;
  /** Seconds for which units are held at the most while a payment runs; default an hour. */
  reservationMaxSeconds?: number | undefined;
  /** Hours for which idempotency keys are kept; default 24. */
  idempotencyHours?: number;
  /** Seconds after which a draft that nobody touches ends. */
  draftTtlSeconds: number;
  /** Seconds after which a draft that has ended is deleted; default 30 days. */
  draftRetentionSeconds?: number | undefined;
  /** Hours before an authorization ends at which its order says so; default 24. */
  authorizationWarningHours?: number | undefined;
  /** Whom messages to webhooks may go to; default `public`. */
  webhookTargets?: WebhookTargets | undefined;
  /** Where it shall differ from TIMING. */
  timing?: Partial<Timing>;
  /** Jobs of one queue done at once; default CONCURRENCY. */
  concurrency?: number;
  log: Log;
}

export interface Workers {
  /**
   * Takes up no more jobs and waits for those that are running. `force` leaves them as they are, as a crash would:
   * other workers take them up when their locks run out.
   */
  close(force?: boolean): Promise<void>;
}

/**
 * Jobs of one queue done at once: enough to fill batches. With many more, each asks the queue for its next job before
 * there is one, and these vain requests are what a busy queue on PostgreSQL spends its time on.
 */
const CONCURRENCY = 16;

/** Starts the workers of all queues and the two clocks. */
export async function startWorkers(options: WorkersOptions): Promise<Workers> {
  const { backend, commands, queues, reservationTtlSeconds, draftTtlSeconds, log } = options;
  const { concurrency = CONCURRENCY, idempotencyHours = 24, webhookTargets = 'public' } = options;
  const { authorizationWarningHours = 24, draftRetentionSeconds = 30 * 86_400 } = options;
  const times = {
    draftTtlSeconds,
    draftRetentionSeconds,
    idempotencyHours,
    authorizationWarningHours,
  };
  const { reservationMaxSeconds: maxSeconds = 3600 } = options;
  const hold = { ttlSeconds: reservationTtlSeconds, maxSeconds };
  const timing = { ...TIMING, ...options.timing };
  const mailer = openMailer(options.mail);
  const each = (queue: QueueName, handle: EventHandler) => eachEvent(queues, queue, traced(handle));
  const handlers: Record<QueueName, (job: Job) => Promise<unknown>> = {
    reservation: each('reservation', (event) =>
      reservationJob(event, commands, reservationTtlSeconds),
    ),
    payment: each('payment', (event, job) =>
      paymentJob(event, commands, isLastForProvider(job), hold),
    ),
    notification: each('notification', (event) =>
      notificationJob(event, commands, mailer, queues, options.mail.staff),
    ),
    webhook: each('webhook', (event, job) =>
      deliverWebhook(event, commands, webhookTargets, isLastAttempt(job)),
    ),
    outbox: (job) =>
      job.name === 'sweep'
        ? sweep(commands, times)
        : reconcile(commands, queues, timing.stalledSeconds),
  };
  const workers = Object.entries(handlers).map(([name, handle]) =>
    watched(
      backend.worker(name, handle, {
        concurrency: name === 'outbox' ? 2 : concurrency,
        lockDuration: timing.lockMs,
        stalledInterval: timing.lockMs / 2,
        // The reconciler watches over what keeps failing; a restart alone must not kill a job.
        maxStalledCount: 10,
        removeOnComplete: { count: 0 },
      }),
      commands,
      log,
    ),
  );
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  const clocks = await startClocks(queues, timing, log);
  return {
    close: async (force) => {
      clocks.stop();
      await Promise.all(workers.map((worker) => worker.close(force)));
      mailer.close();
    },
  };
}

/** What a reservation worker does with an event. */
export async function reservationJob(
  event: DomainEvent,
  commands: CommandClients,
  ttlSeconds: number,
) {
  switch (event.type) {
    case 'order.placed':
      return reserveStock(event, commands, ttlSeconds);
    case 'order.payment_reversed':
      return releaseStock(event, commands);
    case 'order.lines_cancelled':
      return releaseLines(event, commands);
    case 'order.edited':
      return releaseEdit(event, commands);
    case 'order.return_received':
      return restockReturn(event, commands);
    default:
      throw new Error(`${event.type} starts no reservation job`);
  }
}

/** What a payment worker does with an event. */
export async function paymentJob(
  event: DomainEvent,
  commands: CommandClients,
  lastForProvider: boolean,
  hold: HoldLife,
) {
  switch (event.type) {
    case 'order.reserved':
    case 'order.payment_requested':
    case 'payment.settled':
      return settlePayment(event, commands, lastForProvider, hold);
    case 'payment.refunded_elsewhere':
    case 'payment.attention_needed':
    case 'payment.authorization_ending':
    case 'payment.authorization_ended':
      return tellOrder(event, commands);
    case 'order.cancelling':
      return reversePayment(event, commands);
    case 'order.edit_requested':
      return settleEdit(event, commands, lastForProvider);
    case 'order.capture_requested':
      return takeMoney(event, commands);
    case 'order.shipment_requested':
      return shipFulfillment(event, commands);
    case 'order.refund_requested':
      return refundPayment(event, commands);
    default:
      throw new Error(`${event.type} starts no payment job`);
  }
}

/** What a notification worker does with an event. */
async function notificationJob(
  event: DomainEvent,
  commands: CommandClients,
  mailer: Mailer,
  queues: Queues,
  staff: string | undefined,
) {
  if (event.type === 'user.mail_due') return sendAccountMail(event, commands, mailer);
  if (event.type === 'stock.low') return tellStaff(event, commands, mailer, staff);
  return notifyCustomer(event, commands, mailer, queues);
}

function isLastForProvider(job: Job): boolean {
  return job.attemptsMade + 1 >= Math.min(PROVIDER_ATTEMPTS, job.opts.attempts ?? 1);
}

const isLastAttempt = (job: Job) => job.attemptsMade + 1 >= (job.opts.attempts ?? 1);

/** A job that has failed for good is a dead letter, and its order says so. */
function watched(worker: Worker, commands: CommandClients, log: Log): Worker {
  worker.on('error', (error) => log.warn({ err: error }, `worker ${worker.name}`));
  worker.on('failed', (job, error) => {
    if (!job || job.attemptsMade < (job.opts.attempts ?? 1)) return;
    for (const { id, type, subject } of eventsOf(job)) {
      log.error({ err: error, job: id, event: type, order: subject }, 'job failed for good');
      if (['notification', 'webhook'].includes(worker.name) || !subject) continue;
      flag(commands, subject, `${type}: ${error.message}`).catch((cause) =>
        log.error({ err: cause, order: subject }, 'order not flagged; the reconciler will'),
      );
    }
  });
  return worker;
}

function flag({ orders }: CommandClients, orderId: string, reason: string) {
  return orders.applyToOrder({ orderId, command: { type: 'flagAttention', reason } });
}
