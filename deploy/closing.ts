/** What was started, to be stopped in the opposite order. */
export interface Closing {
  /** Remembers how to stop what was just started; `close` is told by when, as `performance.now()` counts. */
  add(close: (by: number) => unknown): void;
  /** Stops everything, the newest first, once; one part that fails keeps no other running. */
  close(by?: number): Promise<void>;
}

/** Milliseconds that everything together may take to stop, unless it is told by when. */
const CLOSE_MS = 4000;

export function closing(): Closing {
  const closers: Array<(by: number) => unknown> = [];
  let closed: Promise<void> | undefined;

  async function closeAll(by: number) {
    const failures: unknown[] = [];
    for (const close of closers.toReversed()) {
      try {
        await close(by);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'some parts did not stop cleanly');
  }

  return {
    add: (close) => void closers.push(close),
    close: (by = performance.now() + CLOSE_MS) => {
      closed ??= closeAll(by);
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
