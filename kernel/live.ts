import type { Log } from './log.js';
import type { QueueBackend } from './queue-backend.js';

/**
 * Tells every process of the system what has just changed. It carries hints, not data: a listener that misses one
 * finds the change in its database.
 */
export interface Live<Change> {
  publish(changes: Change[]): Promise<void>;
  /** Calls `listener` with each batch of changes until the returned function is called. */
  subscribe(listener: (changes: Change[]) => void): () => void;
  close(): Promise<void>;
}

/** One message per batch of changes and one subscription per process and topic, however many clients watch. */
export async function openLive<Change>(
  backend: QueueBackend,
  log: Log,
  topic = 'live',
): Promise<Live<Change>> {
  const listeners = new Set<(changes: Change[]) => void>();
  const relay = backend.relay();
  relay.on('error', (error) => log.warn({ err: error }, 'live relay'));
  await relay.waitUntilReady();
  await relay.subscribe<Change[]>(topic, ({ data }) => {
    for (const listener of listeners) tell(listener, data, log);
  });
  return {
    publish: async (changes) => void (await relay.publish(topic, changes)),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => relay.close(),
  };
}

/** A listener that fails keeps nothing from the others. */
function tell<Change>(listener: (changes: Change[]) => void, changes: Change[], log: Log): void {
  try {
    listener(changes);
  } catch (error) {
    log.error({ err: error }, 'a live listener failed');
  }
}
