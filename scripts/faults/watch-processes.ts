import { setTimeout as delay } from 'node:timers/promises';
import type { MistreatedSystem } from './own-system.js';

/** What became of the processes of a system, and who is to blame. */
export interface ProcessWatch {
  /** Said of a process before it is killed. */
  blame(pid: number | undefined): void;
  stop(): void;
}

const EVERY_MS = 100;

/** Tells of each process that was ready and ended although nobody killed it: it could not take what was done to others. */
export function watchProcesses(
  { processes }: Pick<MistreatedSystem, 'processes'>,
  find: (finding: string) => void,
): ProcessWatch {
  const killed = new Set<number>();
  const over = new AbortController();
  const pause = () => delay(EVERY_MS, undefined, { signal: over.signal }).catch(() => {});

  async function watch(name: keyof MistreatedSystem['processes']): Promise<void> {
    while (!over.signal.aborted) {
      const isReady = await processes[name].ready().then(
        () => true,
        () => false,
      );
      const { pid } = processes[name];
      while (processes[name].pid === pid && !over.signal.aborted) await pause();
      if (over.signal.aborted) return;
      if (isReady && pid && !killed.has(pid)) find(`${name} ended by itself (process ${pid})`);
    }
  }
  for (const name of Object.keys(processes)) void watch(name as keyof typeof processes);

  return {
    blame: (pid) => void (pid && killed.add(pid)),
    stop: () => over.abort(),
  };
}
