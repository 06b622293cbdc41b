import { openQueues, type Queues } from '@waybill/jobs/queues.js';
import { createLog, type Log } from '@waybill/kernel/log.js';
import { queueBackend } from '@waybill/kernel/queue-backend.js';
import { type Closing, startedTogether } from './closing.js';
import { freePorts } from './free-ports.js';
import { startMailCatcher } from './mail-catcher.js';
import { countJobs, metricsOf, processMetrics, type ReadMetrics } from './metrics.js';
import { startOpsServer } from './ops-server.js';
import { entryFile } from './paths.js';
import { environmentsOf, type ProcessName, SUBGRAPHS } from './process-environments.js';
import { type Supervised, supervise } from './supervise.js';
import {
  type FullOptions,
  gatewayUrls,
  type Waybill,
  type WaybillOptions,
  withDefaults,
} from './waybill.js';

const PROCESSES = [...SUBGRAPHS, 'workers', 'gateway'] as const;

export interface DistributedWaybill extends Waybill {
  processes: Record<ProcessName, Supervised>;
}

/** The same system as processes of their own, which know each other by address only. */
export async function startDistributed(given: WaybillOptions): Promise<DistributedWaybill> {
  const options = withDefaults(given);
  const log = createLog('supervisor', {
    level: options.logLevel,
    pretty: process.stderr.isTTY ?? false,
  });
  return startedTogether(async (parts) => {
    const mail = options.smtpUrl
      ? undefined
      : await opened(startMailCatcher({ port: options.smtpPort }), parts);
    const smtpUrl = options.smtpUrl ?? mail?.smtpUrl;
    const queues = await opened(openQueues(backendOf(options), log), parts);
    const processes = await startProcesses({ ...options, smtpUrl }, parts, log);
    const metrics = metricsOfAll(processes, queues);
    const ops = await opened(
      startOpsServer({ port: options.opsPort, metrics, queues, mail }),
      parts,
    );
    const gateway = await processes.gateway.ready();
    const urls = gatewayUrls(Number(new URL(gateway.url).port));
    return { ...urls, opsUrl: ops.url, mail, processes, close: parts.close };
  });
}

function backendOf({ redisUrl, databaseUrls, queuesPrefix }: FullOptions) {
  return queueBackend({ redisUrl, databaseUrl: databaseUrls.queues, prefix: queuesPrefix });
}

async function opened<T extends { close(): Promise<void> }>(
  opening: Promise<T>,
  parts: Closing,
): Promise<T> {
  const part = await opening;
  parts.add(part.close);
  return part;
}

/** All start together and wait for each other where they must; they stop from the front door inwards. */
async function startProcesses(options: FullOptions, parts: Closing, log: Log) {
  const environments = environmentsOf(options, await freePorts(SUBGRAPHS.length));
  const onIncident = (text: string) => log.error(text);
  const processes = Object.fromEntries(
    PROCESSES.map((name) => {
      const kind = name === 'gateway' || name === 'workers' ? name : 'subgraph';
      const child = supervise({ name, file: entryFile(kind), env: environments[name], onIncident });
      return [name, child];
    }),
  ) as Record<ProcessName, Supervised>;
  parts.add((by) => Promise.all(SUBGRAPHS.map((name) => processes[name].close(by))));
  parts.add(processes.workers.close);
  parts.add(processes.gateway.close);
  await Promise.all(
    PROCESSES.map((name) => options.stage(`Starting ${name}`, () => processes[name].ready())),
  );
  return processes;
}

/** The supervisor's own metrics, and those of each process under a path that stays the same when its port does not. */
function metricsOfAll(processes: Record<ProcessName, Supervised>, queues: Queues): ReadMetrics {
  const registry = processMetrics();
  countJobs(registry, queues.all);
  const own = metricsOf(registry);
  return async (name) => {
    if (!name) return own();
    if (!Object.hasOwn(processes, name)) return undefined;
    const { opsUrl } = await processes[name as ProcessName].ready();
    return (await fetch(`${opsUrl}/metrics`)).text();
  };
}
