import {
  childrenOf,
  parseBusy,
  parsePeakMb,
  parseResidentMb,
  parseStat,
  readProc,
} from './proc.js';

/** Answers a value that only grows: CPU seconds since some beginning, or a peak. Undefined where it cannot know. */
export type Meter = () => number | undefined | Promise<number | undefined>;

/** CPU seconds of a process with all its threads. */
export function processCpu(pid: number): Meter {
  return () => cpuSeconds(`${pid}/stat`);
}

/** CPU seconds of the thread that runs JavaScript. */
export function mainThreadCpu(pid: number): Meter {
  return () => cpuSeconds(`${pid}/task/${pid}/stat`);
}

/** Megabytes of memory that the process had at the most. */
export function peakMemory(pid: number): Meter {
  return () => parsePeakMb(readProc(`${pid}/status`) ?? '');
}

/** Megabytes of memory that the process has now. */
export function residentMemory(pid: number): Meter {
  return () => parseResidentMb(readProc(`${pid}/status`) ?? '');
}

/** CPU seconds of all cores, whoever used them. */
export function machineCpu(): number | undefined {
  const text = readProc('stat');
  return text === undefined ? undefined : parseBusy(text);
}

/** CPU seconds of PostgreSQL: the postmaster, its processes, and those of them that have ended. */
export function postgresCpu(postmaster: number): Meter {
  return () => {
    const text = readProc(`${postmaster}/stat`);
    if (text === undefined) return undefined;
    const { own, ended } = parseStat(text);
    return childrenOf(postmaster).reduce(
      (sum, pid) => sum + (cpuSeconds(`${pid}/stat`) ?? 0),
      own + ended,
    );
  };
}

/** The part of it that serves connections to one database; those that have ended are not in it. */
export function databaseCpu(postmaster: number, database: string): Meter {
  return () => {
    // A server process names itself "postgres: user database address activity".
    const serves = (pid: number) =>
      readProc(`${pid}/cmdline`)?.split(' ')[2] === database ? pid : undefined;
    const pids = childrenOf(postmaster).filter(serves);
    if (pids.length === 0) return undefined;
    return pids.reduce((sum, pid) => sum + (cpuSeconds(`${pid}/stat`) ?? 0), 0);
  };
}

function cpuSeconds(path: string): number | undefined {
  const text = readProc(path);
  return text === undefined ? undefined : parseStat(text).own;
}
