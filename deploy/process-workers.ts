import { openQueues } from '@waybill/jobs/queues.js';
import { startWorkers } from '@waybill/jobs/workers.js';
import { remoteCommands } from '@waybill/kernel/commands.js';
import { queueBackend } from '@waybill/kernel/queue-backend.js';
import type { Commands, SubgraphName } from '@waybill/schema/commands.js';
import { awaitReady } from './await-ready.js';
import { watchProjections } from './metrics.js';
import { runProcess } from './run-process.js';

await runProcess('workers', async (settings, parts, log, metrics) => {
  const backend = queueBackend({
    redisUrl: settings.REDIS_URL,
    databaseUrl: settings.QUEUES_DATABASE_URL,
    prefix: settings.QUEUES_PREFIX,
  });
  const queues = await openQueues(backend, log);
  parts.add(queues.close);
  const commandsOf = <Name extends SubgraphName>(_: Name, url: string) =>
    remoteCommands<Commands[Name]>({ url, secret: settings.INTERNAL_SECRET, service: 'workers' });
  const { USERS_URL, CATALOG_URL, ORDERS_URL, PAYMENTS_URL } = settings;
  // A job taken up before those it commands are there would only fail.
  await awaitReady({ USERS_URL, CATALOG_URL, ORDERS_URL, PAYMENTS_URL });
  const commands = {
    users: commandsOf('users', USERS_URL),
    catalog: commandsOf('catalog', CATALOG_URL),
    orders: commandsOf('orders', ORDERS_URL),
    payments: commandsOf('payments', PAYMENTS_URL),
  };
  watchProjections(metrics, commands.orders);
  const workers = await startWorkers({
    backend,
    queues,
    commands,
    reservationTtlSeconds: settings.RESERVATION_TTL_SECONDS,
    timing: { reconcileMs: settings.RECONCILE_SECONDS * 1000 },
    reservationMaxSeconds: settings.RESERVATION_MAX_SECONDS,
    idempotencyHours: settings.IDEMPOTENCY_HOURS,
    webhookTargets: settings.WEBHOOK_TARGETS,
    draftTtlSeconds: settings.DRAFT_TTL_SECONDS,
    draftRetentionSeconds: settings.DRAFT_RETENTION_SECONDS,
    authorizationWarningHours: settings.AUTHORIZATION_WARNING_HOURS,
    mail: {
      smtpUrl: settings.SMTP_URL,
      from: settings.MAIL_FROM,
      staff: settings.STAFF_MAIL_TO,
    },
    log,
  });
  parts.add(() => workers.close());
  return { queues };
});
