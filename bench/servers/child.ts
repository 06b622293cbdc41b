import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { endWithUs } from '@waybill/deploy/children.js';
import { Failure } from '@waybill/scripts/command-line/failure.js';

export interface ChildOptions {
  /** What it says is written there. */
  logFile: string;
  env?: NodeJS.ProcessEnv;
}

/** A server that was started for the measurement. */
export interface Child {
  pid: number;
  /** Rejects when it ends by itself. */
  ended: Promise<never>;
  /** Asks it to stop, and waits; after 8 seconds it is killed. Harmless when it has ended. */
  stop(): Promise<void>;
}

const STOP_MS = 8_000;

/** Starts a program in a process group of its own: a Ctrl-C reaches only us, and we end it. */
export function startChild(command: string, parameters: string[], options: ChildOptions): Child {
  const child = spawn(command, parameters, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: options.env ?? process.env,
  });
  endWithUs(child, { signal: 'SIGKILL', droppable: true });
  const log = createWriteStream(options.logFile, { flags: 'a' });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const closed = ending(child).finally(() => log.end());
  let stopping = false;
  const ended = closed.then(
    async () => {
      throw stopping ? new Failure(`${command} was stopped`) : await why(command, options.logFile);
    },
    (error: Error) => {
      throw new Failure(`${command} does not start: ${error.message}`);
    },
  );
  // Whoever waits hears of it; nobody need wait.
  ended.catch(() => {});
  const stop = async () => {
    stopping = true;
    await stopChild(child, closed);
  };
  return { pid: child.pid ?? 0, ended, stop };
}

/** Resolves when it has ended and said everything; rejects when it could not be started. */
export function ending(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve());
  });
}

async function stopChild(child: ChildProcess, closed: Promise<unknown>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await closed.catch(() => {});
  clearTimeout(timer);
}

async function why(command: string, logFile: string): Promise<Failure> {
  const said = await readFile(logFile, 'utf8').catch(() => '');
  return new Failure(`${command} ended: ${said.trim().split('\n').slice(-5).join('\n')}`);
}
