import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** True while the process runs; one that has ended but was not reaped by its parent is gone, too. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !/^\d+ \(.*\) Z/s.test(procFile(pid, 'stat') ?? '');
}

/** The command line of a process; empty where it is unknown. */
export function commandLine(pid: number): string {
  const text = procFile(pid, 'cmdline');
  if (text !== undefined) return text.replaceAll('\0', ' ');
  if (process.platform === 'win32') return '';
  return ps(pid, 'command=');
}

/** Tells a process from a later one with the same number; empty where that cannot be told. */
export function startMark(pid: number): string {
  const stat = procFile(pid, 'stat');
  // The 22nd field of proc_pid_stat(5); the second, in brackets, may hold spaces.
  if (stat !== undefined) return stat.slice(stat.lastIndexOf(')')).split(' ')[20] ?? '';
  return process.platform === 'win32' ? '' : ps(pid, 'lstart=');
}

/** Resolves to true once the process has ended, to false when it has not within `milliseconds`. */
export async function ended(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (isRunning(pid)) {
    if (Date.now() > deadline) return false;
    await delay(20);
  }
  return true;
}

function procFile(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}

function ps(pid: number, column: string): string {
  try {
    const stdio = ['ignore', 'pipe', 'ignore'] as const;
    return execFileSync('ps', ['-o', column, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: [...stdio],
    }).trim();
  } catch {
    return '';
  }
}
