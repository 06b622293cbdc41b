import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { endWithUs } from './children.js';
import { Fault } from './fault.js';
import { NODE_FLAGS } from './node-flags.js';
import type { ReadyMessage } from './run-process.js';
import type { Environment } from './settings.js';

export interface ProcessOptions {
  /** As people see it. */
  name: string;
  /** Compiled JavaScript. */
  file: string;
  env: Environment;
  /** Told of every unexpected end, of the restart that follows, and of an end that does not come. */
  onIncident(text: string): void;
}

export interface Supervised {
  readonly pid: number | undefined;
  /** Resolves when the process, or the one that was started in its place, is ready. */
  ready(): Promise<ReadyMessage>;
  /** Tells it to stop and waits for its end; `by` is when everything has to be over, as `performance.now()` counts. */
  close(by?: number): Promise<void>;
}

/** Milliseconds before a process that ended by itself is started again. */
const RESTART_MS = 500;

/**
 * Milliseconds until one that hangs is killed: those that are left, but for what stops after it. When an earlier one has used
 * them up, it still has a moment.
 */
const STOP_MS = 4000;
const LEFT_MS = 1000;
const MOMENT_MS = 300;

/** Keeps one process running: when it ends by itself it says so and starts it again. */
export function supervise(options: ProcessOptions): Supervised {
  const { name, onIncident } = options;
  let closing = false;
  let wasReady = false;
  let child: ChildProcess;
  let ready: Promise<ReadyMessage>;

  function launch() {
    child = start(options);
    ready = readiness(child, name);
    ready.then(
      () => {
        wasReady = true;
      },
      () => {},
    );
    child.once('exit', (code, signal) => {
      // One that never was ready would fail the same way again: its faults are on the screen.
      if (closing || !wasReady) return;
      onIncident(`${name} ended (${signal ?? `exit code ${code}`}): starting it again`);
      setTimeout(() => !closing && launch(), RESTART_MS);
    });
  }

  async function close(by = performance.now() + STOP_MS) {
    closing = true;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const patienceMs = Math.max(MOMENT_MS, by - LEFT_MS - performance.now());
    const impatience = setTimeout(() => {
      onIncident(`${name} did not stop within ${(patienceMs / 1000).toFixed(1)} s: killing it`);
      child.kill('SIGKILL');
    }, patienceMs);
    await ended;
    clearTimeout(impatience);
  }

  launch();
  return {
    get pid() {
      return child.pid;
    },
    ready: () => ready,
    close,
  };
}

/** In a process group of its own: a Ctrl-C reaches the supervisor, which stops everything in order. */
function start({ file, env }: ProcessOptions): ChildProcess {
  const child = fork(file, {
    env,
    // Flags of this process, such as those of a test runner, are not the child's.
    execArgv: NODE_FLAGS,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  endWithUs(child, { signal: 'SIGKILL', droppable: true });
  return child;
}

function readiness(child: ChildProcess, name: string): Promise<ReadyMessage> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as ReadyMessage));
    child.once('error', reject);
    child.once('exit', () => reject(new Fault(`${name} did not start: its reason is above`)));
  });
}
