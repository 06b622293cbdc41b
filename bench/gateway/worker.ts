import { type ChildProcess, spawn } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endWithUs } from '@waybill/deploy/children.js';
import { Failure } from '@waybill/scripts/command-line/failure.js';
import { ending } from '../servers/child.js';
import { type Foreign, isForeign, programOf } from './install.js';

/** A process of the measurement that can be told what to do. */
export interface Worker<Ready> {
  pid: number;
  /** What it said when it was ready. */
  ready: Ready;
  ask<Result>(task: object): Promise<Result>;
  stop(): Promise<void>;
}

interface Message<Ready> {
  ready?: Ready;
  id?: number;
  result?: unknown;
  error?: string;
}

export type Script = 'subgraph' | 'origin' | 'proxy' | 'stock' | 'ours' | 'load' | Foreign;

/** Starts one of `processes/` or of `contenders/`, on one core where it can be held there; resolves when it is ready. */
export function startWorker<Ready>(
  script: Script,
  settings: object,
  core: number | undefined,
): Promise<Worker<Ready>> {
  const path = isForeign(script)
    ? programOf(script)
    : fileURLToPath(new URL(`./processes/${script}.js`, import.meta.url));
  return startProgram([path], settings, core);
}

/** Starts a program that talks with its parent as those of `processes/` do; `program` may begin with flags of Node. */
export async function startProgram<Ready>(
  program: readonly string[],
  settings: object,
  core: number | undefined,
): Promise<Worker<Ready>> {
  const script = basename(program.at(-1) ?? '', '.js');
  const pinned = core === undefined ? [] : ['taskset', '--cpu-list', String(core)];
  const node = [process.execPath, ...program, JSON.stringify(settings)];
  const [command, ...parameters] = [...pinned, ...node];
  const child = spawn(command ?? '', parameters, {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // In a process group of its own, a Ctrl-C reaches only us, and we end it.
    detached: true,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  endWithUs(child, { signal: 'SIGKILL', droppable: true });
  const channel = openChannel<Ready>(script, child);
  let said = '';
  child.stderr?.on('data', (text) => (said += text));
  const ended = ending(child).then(
    () => channel.fail(`ended: ${said.trim().split('\n').slice(-5).join('\n')}`),
    (error: Error) => channel.fail(`does not start: ${error.message}`),
  );
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return { pid: child.pid ?? 0, ready: await channel.ready, ask: channel.ask, stop };
}

function openChannel<Ready>(script: string, child: ChildProcess) {
  const waiting = new Map<number, (message: Message<Ready>) => void>();
  const { promise: ready, resolve, reject } = Promise.withResolvers<Ready>();
  child.on('message', (message: Message<Ready>) => {
    if (message.ready !== undefined) resolve(message.ready);
    else waiting.get(message.id ?? -1)?.(message);
  });
  let asked = 0;
  const ask = async <Result>(task: object): Promise<Result> => {
    asked += 1;
    const id = asked;
    const { result, error } = await new Promise<Message<Ready>>((answered) => {
      waiting.set(id, answered);
      child.send({ id, task });
    });
    waiting.delete(id);
    if (error !== undefined) throw new Failure(`${script}: ${error}`);
    return result as Result;
  };
  const fail = (error: string) => {
    reject(new Failure(`${script}: ${error}`));
    for (const answered of waiting.values()) answered({ error });
  };
  return { ready, ask, fail };
}
