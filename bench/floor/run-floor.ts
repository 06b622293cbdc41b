import type { DatabaseUrls } from '@waybill/deploy/databases.js';
import { silentLog } from '@waybill/kernel/log.js';
import { outboxRelay } from '@waybill/kernel/outbox.js';
import { percentile, sum } from '@waybill/scripts/command-line/figures.js';
import { eachAtOnce } from '@waybill/scripts/command-line/slots.js';
import type { PoolClient } from 'pg';
import type { Meter } from '../measure/meters.js';
import { closePools, openPool, openPools, type Pools } from './connections.js';
import type { Script } from './record-scripts.js';
import { bareDatabase, FLOOR_DATABASES, type FloorDatabase, type Unit } from './statements.js';

export interface FloorRun {
  orders: number;
  seconds: number;
  ordersPerSecond: number;
  /** Milliseconds that a script took, in the median. */
  settledMs: number;
  /** CPU seconds of the one who sends, per 1,000 orders. */
  clientCpu: number;
  /** Of PostgreSQL; null where there is no /proc. */
  postgresCpu: number | null;
}

/** Sends recorded statements over so many connections per database, each busy with one script at a time. */
export async function runFloor(
  urls: DatabaseUrls,
  scripts: readonly Script[],
  connections: number,
  postgres: Meter,
): Promise<FloorRun> {
  const pools = openPools(urls, connections);
  const outbox = openPool('orders', urls.orders, 1);
  const relay = outboxRelay(bareDatabase(outbox), async () => {}, silentLog);
  try {
    const clients = await connectAll(pools, connections);
    relay.start();
    const run = await send(scripts, clients, relay.wake, postgres);
    for (const client of clients) for (const name of FLOOR_DATABASES) client[name].release();
    await checkSettled(pools, run.orders);
    return run;
  } finally {
    await relay.close();
    await outbox.end();
    await closePools(pools);
  }
}

type Clients = Record<FloorDatabase, PoolClient>;

function connectAll(pools: Pools, connections: number): Promise<Clients[]> {
  const connect = async () => {
    const clients = FLOOR_DATABASES.map(async (name) => [name, await pools[name].connect()]);
    return Object.fromEntries(await Promise.all(clients)) as Clients;
  };
  return Promise.all(Array.from({ length: connections }, connect));
}

async function send(
  scripts: readonly Script[],
  clients: readonly Clients[],
  wakeOutbox: () => void,
  postgres: Meter,
): Promise<FloorRun> {
  const left = scripts.values();
  const times: number[] = [];
  const postgresBefore = await postgres();
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  await eachAtOnce(clients, clients.length, async (client) => {
    for (const { units } of left) {
      const began = performance.now();
      for (const unit of units) {
        await sendUnit(client[unit.database], unit);
        if (unit.database === 'orders') wakeOutbox();
      }
      times.push(performance.now() - began);
    }
  });
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const postgresAfter = await postgres();
  const orders = sum(scripts.map((script) => script.orders));
  const each = (used: number) => (used / orders) * 1000;
  const unknown = postgresBefore === undefined || postgresAfter === undefined;
  return {
    orders,
    seconds,
    ordersPerSecond: orders / seconds,
    settledMs: percentile(times, 0.5) ?? 0,
    clientCpu: each((user + system) / 1e6),
    postgresCpu: unknown ? null : each(postgresAfter - postgresBefore),
  };
}

async function sendUnit(client: PoolClient, { inTransaction, statements }: Unit): Promise<void> {
  if (inTransaction) await client.query('begin');
  for (const statement of statements) await client.query(statement);
  if (inTransaction) await client.query('commit');
}

/** Statements that settled nothing would be a floor of nothing. */
async function checkSettled(pools: Pools, orders: number): Promise<void> {
  const text = `select count(*)::int as settled from orders where status = 'CONFIRMED'`;
  const { rows } = await pools.orders.query<{ settled: number }>(text);
  const settled = rows[0]?.settled ?? 0;
  if (settled !== orders) throw new Error(`the floor settled ${settled} of ${orders} orders`);
}
