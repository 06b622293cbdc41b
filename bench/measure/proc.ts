import { readFileSync } from 'node:fs';

/** CPU times of /proc/<pid>/stat count in these; Linux gives the same to all programs, whatever its kernel uses. */
const TICKS_PER_SECOND = 100;

/** CPU seconds of one process or thread since it began. */
export interface CpuTimes {
  own: number;
  /** Of children that have ended and were waited for. */
  ended: number;
}

/** Reads the 14th to 17th field of proc_pid_stat(5); the second, in brackets, may hold spaces and brackets. */
export function parseStat(text: string): CpuTimes {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const seconds = (field: number) => Number(fields[field - 3]) / TICKS_PER_SECOND;
  return { own: seconds(14) + seconds(15), ended: seconds(16) + seconds(17) };
}

/** Megabytes (10^6 bytes) that were resident at the most, from /proc/<pid>/status. */
export function parsePeakMb(status: string): number | undefined {
  return megabytes(/^VmHWM:\s+(\d+) kB$/m.exec(status));
}

/** Megabytes (10^6 bytes) that are resident now, from /proc/<pid>/status. */
export function parseResidentMb(status: string): number | undefined {
  return megabytes(/^VmRSS:\s+(\d+) kB$/m.exec(status));
}

function megabytes(line: RegExpExecArray | null): number | undefined {
  const kibibytes = line?.[1];
  return kibibytes === undefined ? undefined : (Number(kibibytes) * 1024) / 1e6;
}

/** CPU seconds that all cores together were busy, from the first line of /proc/stat. */
export function parseBusy(stat: string): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = (
    stat.split('\n', 1)[0] ?? ''
  )
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq + steal) / TICKS_PER_SECOND;
}

/** The text of a file under /proc; undefined where the process has ended, or where there is no /proc. */
export function readProc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return undefined;
  }
}

export function childrenOf(pid: number): number[] {
  const text = readProc(`${pid}/task/${pid}/children`) ?? '';
  return text.split(' ').filter(Boolean).map(Number);
}
