/** What was started, to be stopped in the opposite order. */
export interface Closing {
  /** Remembers how to stop what was just started. */
  add(close: () => unknown): void;
  /** Stops everything, the newest first, once; one part that fails keeps no other running. */
  close(): Promise<void>;
}

export function closing(): Closing {
  const closers: Array<() => unknown> = [];
  let closed: Promise<void> | undefined;

  async function closeAll() {
    const failures: unknown[] = [];
    for (const close of closers.toReversed()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'some parts did not stop cleanly');
  }

  return {
    add: (close) => void closers.push(close),
    close: () => {
      closed ??= closeAll();
      return closed;
    },
  };
}

/** Runs `start`; when it fails, stops what it had started before the error goes on. */
export async function startedTogether<T>(start: (parts: Closing) => Promise<T>): Promise<T> {
  const parts = closing();
  try {
    return await start(parts);
  } catch (error) {
    await parts.close().catch(() => {});
    throw error;
  }
}
