import { statSync } from 'node:fs';
import type { GatewayLog } from './log.js';
import type { SupergraphSource } from './supergraph.js';

/**
 * Milliseconds between two looks at the file. It is looked at rather than listened to, since a file that is
 * replaced, mounted or behind a link (a ConfigMap of Kubernetes) tells nobody that it has changed.
 */
const INTERVAL_MS = 1_000;

/** Begins to watch; returns what ends it. */
type StartWatching = (
  reload: (source: SupergraphSource) => Promise<void>,
  log: GatewayLog,
) => () => void;

/**
 * Reloads a supergraph file that is to be watched whenever it changes. Called before the file is read: a change that
 * comes while it is being loaded must not be what others are compared with.
 */
export function watchSupergraph(source: SupergraphSource | object): StartWatching {
  if (!('supergraphFile' in source && source.watch)) return () => () => {};
  const { supergraphFile } = source;
  let seen = versionAt(supergraphFile);
  return (reload, log) => {
    const look = async () => {
      const now = versionAt(supergraphFile);
      // A file that is away for a moment is being replaced.
      if (now === undefined || now === seen) return;
      seen = now;
      await reload({ supergraphFile }).catch((error: unknown) => {
        log.error({ err: error, supergraphFile }, 'The changed supergraph is not usable');
      });
    };
    const timer = setInterval(() => void look(), INTERVAL_MS);
    return () => clearInterval(timer);
  };
}

function versionAt(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return found && `${found.mtimeMs} ${found.size} ${found.ino}`;
}
