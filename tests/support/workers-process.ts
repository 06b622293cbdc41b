import { openQueues } from '@waybill/jobs/queues.js';
import type { Timing } from '@waybill/jobs/timing.js';
import { startWorkers } from '@waybill/jobs/workers.js';
import { remoteCommands } from '@waybill/kernel/commands.js';
import { silentLog } from '@waybill/kernel/log.js';
import { queueBackend } from '@waybill/kernel/queue-backend.js';
import type { Commands, SubgraphName } from '@waybill/schema/commands.js';

/** What a process of workers is told on its command line, as JSON. */
export interface WorkersProcessOptions {
  redisUrl?: string | undefined;
  databaseUrl: string;
  prefix: string;
  secret: string;
  urls: Record<SubgraphName, string>;
  timing: Partial<Timing>;
}

const options = JSON.parse(process.argv[2] ?? '{}') as WorkersProcessOptions;
const { secret, urls, timing } = options;
const backend = queueBackend(options);
const commandsOf = <Name extends SubgraphName>(name: Name) =>
  remoteCommands<Commands[Name]>({ url: urls[name], secret, service: 'workers' });

await startWorkers({
  backend,
  queues: await openQueues(backend, silentLog),
  commands: {
    users: commandsOf('users'),
    catalog: commandsOf('catalog'),
    orders: commandsOf('orders'),
    payments: commandsOf('payments'),
  },
  mail: { smtpUrl: 'smtp://127.0.0.1:1', from: 'Test <test@waybill.example>' },
  reservationTtlSeconds: 900,
  draftTtlSeconds: 86_400,
  timing,
  log: silentLog,
});
