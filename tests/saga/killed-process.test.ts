import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { silentLog } from '@waybill/kernel/log.js';
import { type SubgraphServer, serveSubgraph } from '@waybill/kernel/subgraph-server.js';
import type { SubgraphName } from '@waybill/schema/commands.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Gate, gate } from '../support/intercept.js';
import { invariants } from '../support/invariants.js';
import { type OrdersAtWork, ordersAtWork } from '../support/orders-at-work.js';
import { type System, startSystem } from '../support/system.js';
import type { WorkersProcessOptions } from '../support/workers-process.js';

const SECRET = 'a secret of forty characters, for tests.';
const ORDERS = 24;

let system: System;
let at: OrdersAtWork;
const servers = new Map<SubgraphName, SubgraphServer>();
const children: ChildProcess[] = [];
/** What the command is held up by that is being carried out when the process is killed. */
let held: { command: string; gate: Gate } | undefined;

beforeAll(async () => {
  system = await startSystem();
  at = ordersAtWork(system);
  for (const name of ['users', 'catalog', 'orders', 'payments'] as const) {
    const served = {
      ...system.subgraphs[name],
      commands: holdingUp(system.subgraphs[name].commands),
    };
    servers.set(name, await serveSubgraph(served, { port: 0, secret: SECRET, log: silentLog }));
  }
});
afterAll(async () => {
  await Promise.all(children.map(killed));
  await Promise.all([...servers.values()].map((server) => server.close()));
  await system.close();
});

type Handlers = Record<string, (inputs: never[]) => Promise<unknown>>;

/** The same commands; the one that is held up is carried out when its caller is dead. */
function holdingUp<Commands>(commands: Commands): Commands {
  const wrapped = Object.entries(commands as Handlers).map(([name, handle]) => [
    name,
    async (inputs: never[]) => {
      if (held?.command === name) await held.gate.pass();
      return handle(inputs);
    },
  ]);
  return Object.fromEntries(wrapped) as Commands;
}

/** Real workers in a process of their own, that ask the four contexts over HTTP. */
function startProcess(): ChildProcess {
  const url = (name: SubgraphName) => servers.get(name)?.url as string;
  const options: WorkersProcessOptions = {
    redisUrl: process.env.REDIS_URL,
    databaseUrl: system.urls.queues,
    prefix: system.prefix,
    secret: SECRET,
    urls: {
      users: url('users'),
      catalog: url('catalog'),
      orders: url('orders'),
      payments: url('payments'),
    },
    timing: { lockMs: 1000, sweepMs: 200 },
  };
  const file = (name: string) => fileURLToPath(new URL(`../support/${name}`, import.meta.url));
  const source = ['--conditions=source', '--import', file('run-source.mjs')];
  const args = [...source, file('workers-process.ts'), JSON.stringify(options)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  children.push(child);
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

const CARDS = ['pm_card_approve', 'pm_card_approve', 'pm_card_timeout_once', 'pm_card_decline'];

it.each(['reserveStock', 'capturePayment'])(
  'orders in flight when a worker process is killed during %s are finished by another',
  async (command) => {
    held = { command, gate: gate() };
    const first = startProcess();
    const orders = await Promise.all(
      Array.from({ length: ORDERS }, (_, i) =>
        at.place({ card: CARDS[i % CARDS.length] as string }),
      ),
    );
    await held.gate.reached;
    await killed(first);
    expect(first.signalCode).toBe('SIGKILL');
    const states = await Promise.all(orders.map((order) => at.state(order)));
    const inFlight = states.filter(({ status }) => !['CONFIRMED', 'FAILED'].includes(status));
    expect(inFlight.length).toBeGreaterThan(0);

    held.gate.open();
    held = undefined;
    const second = startProcess();
    await Promise.all(
      orders.map((order, i) => {
        const declined = CARDS[i % CARDS.length] === 'pm_card_decline';
        return at.reaches(order, declined ? 'FAILED' : 'CONFIRMED');
      }),
    );
    await invariants(system);
    await killed(second);
  },
);
