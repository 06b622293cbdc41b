import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PersistedManifest } from '@waybill/gateway/index.js';
import type { CommandClient } from '@waybill/kernel/commands.js';
import type { Log } from '@waybill/kernel/log.js';
import type { Commands } from '@waybill/schema/commands.js';
import type { AccessFeed } from './access-feed.js';
import type { Closing } from './closing.js';
import { openPartnerKeys, type PartnerKeys } from './partner-keys.js';
import { openPartnerSafelists, type PartnerSafelists } from './partner-safelists.js';
import { PROJECT_ROOT } from './paths.js';

/** What a gateway knows about partners: who comes with a key, and what they may run. */
export interface Partners extends PartnerKeys, Pick<PartnerSafelists, 'safelistFor'> {}

export function openPartners(
  commands: CommandClient<Commands['users']>,
  access: Pick<AccessFeed, 'versionOf'>,
  parts: Closing,
  log: Log,
): Partners {
  const keys = openPartnerKeys({ commands, log });
  parts.add(keys.close);
  const safelists = openPartnerSafelists({
    commands,
    versionOf: access.versionOf,
    managing: managingOperations(),
    onKeyUse: keys.used,
    log,
  });
  parts.add(safelists.close);
  return { ...keys, safelistFor: safelists.safelistFor };
}

/** Of the operations registered for everybody, those by which partners manage their own. */
const MANAGING = ['CheckOperations', 'RegisterOperations', 'ListOperations', 'RetireOperations'];

function managingOperations(): Map<string, string> {
  const file = join(PROJECT_ROOT, 'schema/operations/manifest.json');
  const { operations } = JSON.parse(readFileSync(file, 'utf8')) as PersistedManifest;
  const managing = operations.filter(({ name = '' }) => MANAGING.includes(name));
  return new Map(managing.map(({ id, body }) => [id, body]));
}
