import type { ChildProcess } from 'node:child_process';

interface Tie {
  signal: NodeJS.Signals;
  /** Whether it may be ended at any moment of the start: nothing is lost with it. */
  droppable: boolean;
}

const running = new Map<ChildProcess, Tie>();

/** However this process ends, short of being killed itself, it leaves no child behind. */
export function endWithUs(child: ChildProcess, tie: Tie): void {
  if (running.size === 0) process.once('exit', endAll);
  running.set(child, tie);
  child.once('exit', () => {
    running.delete(child);
    if (running.size === 0) process.off('exit', endAll);
  });
}

/** For a start that is interrupted: what it waits for need not be finished. */
export function dropChildren(): void {
  for (const [child, { signal, droppable }] of running) if (droppable) child.kill(signal);
}

function endAll(): void {
  for (const [child, { signal }] of running) child.kill(signal);
}
