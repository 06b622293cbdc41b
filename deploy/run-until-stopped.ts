import { dropChildren } from './children.js';
import { Fault } from './fault.js';
import { boundHeapGrowth } from './node-flags.js';

/** Milliseconds from the signal to the end, whatever still hangs then, and how many of them are left for ending. */
const STOP_MS = 4500;
const END_MS = 500;

const ORPHAN_CHECK_MS = 500;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Program {
  /** Starts everything; `stopping` is aborted when a signal comes before it is done. */
  start(stopping: AbortSignal): Promise<void>;
  /** Stops whatever was started, by the given time, as `performance.now()` counts. */
  close(by: number): Promise<void>;
  onStopping?(): void;
  /** Milliseconds for which it goes on after a signal, on top of those it has for stopping; none by default. */
  graceMs?(): number;
}

/**
 * The life of a process: starts, runs until a signal comes, stops within five seconds and its grace. Ends with 0 when it was told
 * to stop and with 1 when it could not start, saying why in one line where the operator can mend it.
 */
export async function runUntilStopped(program: Program): Promise<void> {
  const { start, close, onStopping, graceMs = () => 0 } = program;
  boundHeapGrowth();
  const stopping = new AbortController();
  let starting = true;
  const stop = () => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    onStopping?.();
    if (starting) dropChildren();
    setTimeout(() => {
      console.error(
        `Not everything stopped within ${(graceMs() + STOP_MS) / 1000} s: ending all the same`,
      );
      process.exit(1);
    }, graceMs() + STOP_MS).unref();
    const by = performance.now() + graceMs() + STOP_MS - END_MS;
    void started.then(() => end(0, by));
  };
  const end = async (code: number, by = performance.now() + STOP_MS - END_MS) => {
    await close(by).catch(printFault);
    process.exit(code);
  };
  // Signals that repeat, as a Ctrl-C that reaches us and npm, change nothing; the listeners must stay.
  for (const signal of SIGNALS) process.on(signal, stop);
  // The supervisor is gone, however it ended.
  process.on('disconnect', stop);
  if (process.env.npm_lifecycle_event) whenOrphaned(stop);
  const started = start(stopping.signal).catch(async (error: unknown) => {
    if (stopping.signal.aborted) return;
    printFault(error);
    await end(1);
  });
  await started;
  starting = false;
}

/** npm that was killed cannot tell us, and its user expects nothing to be left running. */
function whenOrphaned(stop: () => void): void {
  const npm = process.ppid;
  setInterval(() => process.ppid !== npm && stop(), ORPHAN_CHECK_MS).unref();
}

/** One line for what can be mended; the whole error for what is our own mistake. */
export function printFault(error: unknown): void {
  const lines = error instanceof Fault ? error.lines : [error];
  for (const line of lines) console.error(line);
}
