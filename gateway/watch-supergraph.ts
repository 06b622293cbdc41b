import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
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
  // Taken at once: a change that comes before the first look must not be what others are compared with.
  let seen = versionOf(statSync(supergraphFile));
  const look = async () => {
    // A file that is away for a moment is being replaced.
    const now = await stat(supergraphFile).then(versionOf, () => seen);
    if (now === seen) return;
    seen = now;
    await reload({ supergraphFile }).catch((error: unknown) => {
      log.error({ err: error, supergraphFile }, 'The changed supergraph is not usable');
    });
  };
  const timer = setInterval(() => void look(), INTERVAL_MS);
  return () => clearInterval(timer);
}

function versionOf({ mtimeMs, size, ino }: { mtimeMs: number; size: number; ino: number }): string {
  return `${mtimeMs} ${size} ${ino}`;
}
