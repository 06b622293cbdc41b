import type { Placement } from '@waybill/orders/place-order.js';
import { sum } from '@waybill/scripts/command-line/figures.js';
import { recordScripts, type Script } from './floor/record-scripts.js';
import { type FloorRun, runFloor } from './floor/run-floor.js';
import { postgresCpu } from './measure/meters.js';
import type { DatabaseServer } from './servers/database-server.js';

/** The connections of the floor, to each of the four databases. */
export const CONNECTIONS = 16;

/** Orders that share their statements: none, as one by one, and as many as there are connections. */
const BATCHES = [1, 16];

export interface FloorScripts {
  batch: number;
  scripts: Script[];
}

export interface Floor extends FloorRun {
  batch: number;
  connections: number;
  /** Statements sent and commits waited for, per order, not counting the outbox's. */
  statements: number;
  commits: number;
}

interface Telling {
  tell(line: string): void;
}

/** The statements that settle these orders, one order at a time and in batches. */
export async function recordFloor(
  server: DatabaseServer,
  placements: Placement[],
  { tell }: Telling,
): Promise<FloorScripts[]> {
  const recorded: FloorScripts[] = [];
  for (const batch of BATCHES) {
    tell(`Writing down the statements of ${placements.length} orders, ${inBatches(batch)}`);
    const urls = await server.copies('recorded');
    const scripts = await recordScripts(urls, placements, batch, CONNECTIONS);
    recorded.push({ batch, scripts });
    await server.drop(urls);
  }
  return recorded;
}

/** Sends them to fresh copies of the databases. */
export async function measureFloor(
  { batch, scripts }: FloorScripts,
  round: number,
  { server, tell }: Telling & { server: DatabaseServer },
): Promise<Floor> {
  tell(`Measuring the floor, ${inBatches(batch)}`);
  const urls = await server.copies(`floor${round}`);
  const run = await runFloor(urls, scripts, CONNECTIONS, postgresCpu(server.pid));
  await server.drop(urls);
  return { ...run, batch, connections: CONNECTIONS, ...perOrder(scripts) };
}

function perOrder(scripts: readonly Script[]) {
  const orders = sum(scripts.map((script) => script.orders));
  const units = scripts.flatMap((script) => script.units);
  return {
    statements: sum(units.map(({ statements }) => statements.length)) / orders,
    commits: units.length / orders,
  };
}

function inBatches(batch: number): string {
  return batch === 1 ? 'one by one' : `${batch} at a time`;
}
