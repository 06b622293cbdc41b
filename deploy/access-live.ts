import { openLive } from '@waybill/kernel/live.js';
import type { Log } from '@waybill/kernel/log.js';
import { type QueueBackend, queueBackend } from '@waybill/kernel/queue-backend.js';
import { ACCESS_TOPIC, type RecordedAccessChange } from '@waybill/schema/access.js';
import type { Closing } from './closing.js';
import type { Settings } from './settings.js';

/** The part of the live bus that tells gateways who may do what by now. */
export async function openAccessLive(backend: QueueBackend, parts: Closing, log: Log) {
  const live = await openLive<RecordedAccessChange>(backend, log, ACCESS_TOPIC);
  parts.add(live.close);
  return live;
}

/** What carries queues and the live bus, by the settings of a process. */
export function backendOf(settings: QueueSettings): QueueBackend {
  const { REDIS_URL: redisUrl, QUEUES_DATABASE_URL: databaseUrl, QUEUES_PREFIX: prefix } = settings;
  return queueBackend({ redisUrl, databaseUrl, prefix });
}

export type QueueSettings = Pick<
  Settings<'payments'>,
  'REDIS_URL' | 'QUEUES_DATABASE_URL' | 'QUEUES_PREFIX'
>;
