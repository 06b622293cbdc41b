import type { Live } from '@waybill/kernel/live.js';

export interface MemoryLive<Change> extends Live<Change> {
  /** Who listens now. */
  readonly listeners: ReadonlySet<(changes: Change[]) => void>;
}

/** A live relay within this process: what is published is heard at once. */
export function memoryLive<Change>(): MemoryLive<Change> {
  const listeners = new Set<(changes: Change[]) => void>();
  return {
    listeners,
    publish: async (changes) => {
      for (const listener of listeners) listener(changes);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => listeners.clear(),
  };
}
