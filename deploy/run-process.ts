import type { Queues } from '@waybill/jobs/queues.js';
import { createLog, type Log } from '@waybill/kernel/log.js';
import type { Registry } from 'prom-client';
import { type Closing, closing } from './closing.js';
import { countJobs, metricsOf, processMetrics } from './metrics.js';
import { startOpsServer } from './ops-server.js';
import { requireDatabase, requireRedis } from './reachable.js';
import { runUntilStopped } from './run-until-stopped.js';
import { type ProcessKind, readSettings, type SettingName, type Settings } from './settings.js';
import { startTracing } from './tracing.js';

/** What a process tells whoever started it, once it is ready. */
export interface ReadyMessage {
  ready: true;
  /** Where it answers. */
  url: string;
  /** Where its metrics are, at /metrics. */
  opsUrl: string;
}

interface Started {
  /** Where it answers, unless that is for operators only. */
  url?: string;
  /** Those that it works for: operators see them. */
  queues?: Queues;
}

type Start<Kind extends ProcessKind> = (
  settings: Settings<Kind>,
  parts: Closing,
  log: Log,
  metrics: Registry,
) => Promise<Started>;

/** The life of one process of the distributed system: everything it needs stands in its environment. */
export async function runProcess<Kind extends ProcessKind>(
  kind: Kind,
  start: Start<Kind>,
): Promise<void> {
  const parts = closing();
  let graceMs = 0;
  await runUntilStopped({
    graceMs: () => graceMs,
    start: async () => {
      const settings = readSettings(kind);
      const { LOG_LEVEL: level, OPS_PORT: port, HOST: host } = settings as Settings<'workers'>;
      const { SHUTDOWN_GRACE_SECONDS: grace = 0 } = settings as Partial<Settings<'gateway'>>;
      graceMs = grace * 1000;
      const log = createLog(kind, { level, pretty: process.stderr.isTTY ?? false });
      await requireServers(settings);
      parts.add(await startTracing(`waybill-${kind}`, log));
      const registry = processMetrics();
      const { url, queues } = await start(settings, parts, log, registry);
      if (queues) countJobs(registry, queues.all);
      const ops = await startOpsServer({ port, host, queues, metrics: metricsOf(registry) });
      parts.add(ops.close);
      const ready: ReadyMessage = { ready: true, url: url ?? ops.url, opsUrl: ops.url };
      log.info(ready, 'ready');
      process.send?.(ready);
    },
    close: parts.close,
  });
}

/** Every server that the settings name must answer; a wrong address is told by the setting's name. */
export async function requireServers(settings: Partial<Record<SettingName, unknown>>) {
  const { REDIS_URL: redis } = settings;
  const databases = Object.entries(settings).filter(
    (entry): entry is [SettingName, string] =>
      entry[0].endsWith('_DATABASE_URL') && typeof entry[1] === 'string',
  );
  await Promise.all(databases.map(([name, url]) => requireDatabase(name, url)));
  if (typeof redis === 'string') await requireRedis(redis);
}
