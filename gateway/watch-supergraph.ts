import { type StatsListener, unwatchFile, watchFile } from 'node:fs';
import type { GatewayLog } from './log.js';
import type { SupergraphSource } from './supergraph.js';

/**
 * Milliseconds between two looks at the file. It is looked at rather than listened to, since a file that is
 * replaced, mounted or behind a link (a ConfigMap of Kubernetes) tells nobody that it has changed.
 */
const INTERVAL_MS = 1_000;

/** Reloads a supergraph file that is to be watched whenever it changes; returns what ends the watching. */
export function watchSupergraph(
  source: SupergraphSource | object,
  reload: (source: SupergraphSource) => Promise<void>,
  log: GatewayLog,
): () => void {
  if (!('supergraphFile' in source && source.watch)) return () => {};
  const { supergraphFile } = source;
  const changed: StatsListener = (now, before) => {
    // A file that is away for a moment is being replaced.
    if (now.nlink === 0 || now.mtimeMs === before.mtimeMs) return;
    reload({ supergraphFile }).catch((error: unknown) => {
      log.error({ err: error, supergraphFile }, 'The changed supergraph is not usable');
    });
  };
  watchFile(supergraphFile, { interval: INTERVAL_MS }, changed);
  return () => unwatchFile(supergraphFile, changed);
}
