import { createLog, type Log } from '@waybill/kernel/log.js';
import { type Closing, closing } from './closing.js';
import { requireDatabase, requireRedis } from './reachable.js';
import { runUntilStopped } from './run-until-stopped.js';
import { type ProcessKind, readSettings, type SettingName, type Settings } from './settings.js';

/** What a process tells whoever started it, once it is ready. */
export interface ReadyMessage {
  ready: true;
  /** Where it answers. */
  url: string;
}

type Start<Kind extends ProcessKind> = (
  settings: Settings<Kind>,
  parts: Closing,
  log: Log,
) => Promise<{ url: string }>;

/** The life of one process of the distributed system: everything it needs stands in its environment. */
export async function runProcess<Kind extends ProcessKind>(
  kind: Kind,
  start: Start<Kind>,
): Promise<void> {
  const parts = closing();
  await runUntilStopped({
    start: async () => {
      const settings = readSettings(kind);
      const pretty = process.stderr.isTTY ?? false;
      const log = createLog(kind, { level: (settings as { LOG_LEVEL: string }).LOG_LEVEL, pretty });
      await requireServers(settings);
      const { url } = await start(settings, parts, log);
      log.info({ url }, 'ready');
      process.send?.({ ready: true, url } satisfies ReadyMessage);
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
