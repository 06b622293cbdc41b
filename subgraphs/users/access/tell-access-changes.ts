import type { Live } from '@waybill/kernel/live.js';
import type { Log } from '@waybill/kernel/log.js';
import { listenTo, type Notifications } from '@waybill/kernel/notifications.js';
import type { RecordedAccessChange } from '@waybill/schema/access.js';
import { ACCESS_CHANNEL } from './record-access-change.js';

export interface TellOptions {
  databaseUrl: string;
  /** Where all gateways listen. */
  accessLive: Pick<Live<RecordedAccessChange>, 'publish'>;
  log: Log;
}

/** Tells all gateways of each change as it is committed; who misses it finds it in the table. */
export function tellAccessChanges(options: TellOptions): Promise<Notifications> {
  const { databaseUrl: url, accessLive, log } = options;
  return listenTo({ url, channel: ACCESS_CHANNEL, log }, (payload) => {
    accessLive
      .publish([JSON.parse(payload)])
      .catch((error) => log.warn({ err: error }, 'gateways were not told of a change of access'));
  });
}
