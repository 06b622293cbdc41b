import { spawnSync } from 'node:child_process';
import { readProc } from '../measure/proc.js';

/** Where processes are held: the gateway has one core for itself, all others share the next. */
export interface Cores {
  gateway: number | undefined;
  others: number | undefined;
}

/** Two cores that this process may use; none where there is one only, or no taskset to hold processes there. */
export function chooseCores(): Cores {
  const allowed = /^Cpus_allowed_list:\s*(.+)$/m.exec(readProc('self/status') ?? '')?.[1] ?? '';
  const [gateway, others] = parseCpuList(allowed);
  const canPin = spawnSync('taskset', ['--version']).status === 0;
  return canPin && others !== undefined
    ? { gateway, others }
    : { gateway: undefined, others: undefined };
}

/** "0-2,5" as 0, 1, 2, 5. */
export function parseCpuList(list: string): number[] {
  return list
    .split(',')
    .filter(Boolean)
    .flatMap((part) => {
      const [first = 0, last = first] = part.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    });
}
