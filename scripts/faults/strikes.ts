import { setTimeout as delay } from 'node:timers/promises';
import { queueBackend } from '@waybill/kernel/queue-backend.js';
import type { Chance } from './chance.js';
import type { MistreatedSystem } from './own-system.js';
import type { ProcessWatch } from './watch-processes.js';

const SUBGRAPHS = ['users', 'catalog', 'orders', 'payments'] as const;
const QUEUES = ['outbox', 'reservation', 'payment', 'notification'];

export const STRIKES = [
  'kill workers',
  'kill a subgraph',
  'kill the gateway',
  'stop PostgreSQL',
  'wipe the queue',
  'hang a subgraph',
  'cut connections',
] as const;
export type Strike = (typeof STRIKES)[number];

/** Carries a fault out, and answers when it is over what was done; the system is then left to recover. */
export async function strike(
  kind: Strike,
  system: MistreatedSystem,
  chance: Chance,
  watch: ProcessWatch,
): Promise<string> {
  switch (kind) {
    case 'kill workers':
      return kill(system, 'workers', watch);
    case 'kill a subgraph':
      return kill(system, chance.pick(SUBGRAPHS), watch);
    case 'kill the gateway':
      return kill(system, 'gateway', watch);
    case 'stop PostgreSQL':
      return stopPostgres(system, chance.between(0, 2000));
    case 'wipe the queue':
      return wipe(system);
    case 'hang a subgraph':
      return hang(system, chance.pick(SUBGRAPHS), chance.between(500, 5000));
    case 'cut connections':
      return `${system.proxy.cut()} connections cut`;
  }
}

type ProcessName = keyof MistreatedSystem['processes'];

/** Not where it is just starting again: the fault is for what works. */
async function kill({ processes }: MistreatedSystem, name: ProcessName, watch: ProcessWatch) {
  await processes[name].ready().catch(() => {});
  watch.blame(processes[name].pid);
  signal(processes[name].pid, 'SIGKILL');
  return `${name} killed`;
}

async function hang({ processes }: MistreatedSystem, name: ProcessName, milliseconds: number) {
  const { pid } = processes[name];
  signal(pid, 'SIGSTOP');
  await delay(milliseconds);
  signal(pid, 'SIGCONT');
  return `${name} hung for ${milliseconds} ms`;
}

/** A process that has ended in the meantime is past being signalled. */
function signal(pid: number | undefined, name: NodeJS.Signals): void {
  try {
    if (pid) process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function stopPostgres({ postgres }: MistreatedSystem, milliseconds: number): Promise<string> {
  if (!postgres) return 'PostgreSQL is not ours to stop';
  await postgres.crash();
  await delay(milliseconds);
  await postgres.start();
  return `PostgreSQL gone for ${milliseconds} ms and its recovery`;
}

/** Every job is lost, those that run included; so are the clocks. */
async function wipe({ databaseUrls, queuesPrefix }: MistreatedSystem): Promise<string> {
  const backend = queueBackend({ databaseUrl: databaseUrls.queues, prefix: queuesPrefix });
  const queues = QUEUES.map((name) => backend.queue(name));
  try {
    for (const queue of queues) await queue.obliterate({ force: true });
    return 'every queue emptied';
  } finally {
    await Promise.all(queues.map((queue) => queue.close()));
  }
}
