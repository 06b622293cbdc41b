import { colors as pc } from '@waybill/kernel/colors.js';
import { figure } from '@waybill/scripts/command-line/figures.js';
import { drawTable } from '@waybill/scripts/command-line/table.js';
import type { Measured } from '../bench-orders.js';
import type { Floor } from '../floor.js';
import type { Backend, CpuPer1000, RunResult } from '../measure/run-result.js';
import { spreadOf } from './statistics.js';
import { ANSWER, MEMORY, SPEED, type Target } from './targets.js';

export const TITLES: Record<Backend, string> = {
  postgres: 'queues in PostgreSQL',
  redis: 'queues in Redis',
};

/** Ours with each backend, then the floors, then the targets. */
export function benchTable({ runs, floor }: Pick<Measured, 'runs' | 'floor'>): string {
  const ours = [...Map.groupBy(runs, ({ backend }) => backend)];
  const floors = [...Map.groupBy(floor, ({ batch }) => batch)];
  const row: RowMaker = (name, of, { floor: ofFloor = () => null, digits = 1, aim } = {}) => [
    name,
    ...ours.map(([backend, own]) => cell(own.map(of), digits, aim?.(backend))),
    ...floors.map(([, own]) => cell(own.map(ofFloor), digits)),
    aim ? [...new Set(ours.map(([backend]) => aim(backend).shown))].join(' / ') : '',
  ];
  const shares = floors.map(([batch, own]) => [
    `  of the floor, ${batchText(batch)}`,
    ...ours.map(([, measured]) => share(measured, own)),
    ...floors.map(() => ''),
    '',
  ]);
  const titles = [
    ...ours.map(([backend]) => TITLES[backend]),
    ...floors.map(([batch]) => `floor, ${batchText(batch)}`),
  ];
  const heading = (text: string) => [{ colSpan: titles.length + 2, content: pc.bold(text) }];
  const statements = row('statements per order', () => null, { floor: (own) => own.statements });
  return drawTable(
    ['', ...titles, 'target'],
    [
      [speedRow(row), ...shares],
      timeRows(row),
      [heading('CPU seconds per 1,000 orders'), ...cpuRows(row)],
      [...machineRows(row), ...(floors.length > 0 ? [statements] : [])],
    ],
  );
}

interface RowOptions {
  floor?: (floor: Floor) => number | null;
  digits?: number;
  aim?: (backend: Backend) => Target;
}

type RowMaker = (
  name: string,
  of: (run: RunResult) => number | null,
  options?: RowOptions,
) => string[];

function speedRow(row: RowMaker): string[] {
  const floor = ({ ordersPerSecond }: Floor) => ordersPerSecond;
  return row('orders per second, to CONFIRMED', (run) => run.ordersPerSecond, {
    floor,
    aim: (backend) => SPEED[backend],
  });
}

function timeRows(row: RowMaker): string[][] {
  return [
    row('placeOrder answers, p50, ms', ANSWER.of, { aim: () => ANSWER }),
    row('placeOrder answers, p99, ms', (run) => run.placeOrderMs.p99),
    row('placeOrder to CONFIRMED, p50, ms', (run) => run.confirmedMs.p50, {
      floor: ({ settledMs }) => settledMs,
    }),
    row('placeOrder to CONFIRMED, p99, ms', (run) => run.confirmedMs.p99),
  ];
}

function cpuRows(row: RowMaker): string[][] {
  const cpu = (name: string, part: keyof CpuPer1000, floor?: RowOptions['floor']) =>
    row(name, (run) => run.cpuPer1000?.[part] ?? null, { digits: 2, ...(floor && { floor }) });
  return [
    cpu('  Node', 'node', ({ clientCpu }) => clientCpu),
    cpu('  PostgreSQL', 'postgres', ({ postgresCpu }) => postgresCpu),
    cpu('    of it, the queues', 'postgresQueues'),
    cpu('  Redis', 'redis'),
    cpu('  the replay itself', 'load'),
  ];
}

function machineRows(row: RowMaker): string[][] {
  const cores = (name: string, part: keyof NonNullable<RunResult['cores']>) =>
    row(name, (run) => run.cores?.[part] ?? null, { digits: 2 });
  return [
    cores('cores used by Node', 'node'),
    cores('  of it, the main thread', 'nodeMainThread'),
    cores('cores used by PostgreSQL', 'postgres'),
    cores('cores used by other programs', 'others'),
    row('resident memory of Node, MB', MEMORY.of, { digits: 0, aim: () => MEMORY }),
  ];
}

function cell(values: ReadonlyArray<number | null>, digits: number, target?: Target): string {
  const spread = spreadOf(values.filter((value) => value !== null));
  if (!spread) return '-';
  const { median, min, max } = spread;
  const range = values.length > 1 ? ` (${figure(min, digits)}–${figure(max, digits)})` : '';
  const text = `${figure(median, digits)}${range}`;
  if (!target) return text;
  return target.isMet(median) ? pc.green(text) : pc.red(`missed ${text}`);
}

function share(runs: readonly RunResult[], floor: readonly Floor[]): string {
  const [ours, most] = [runs, floor].map((list) =>
    spreadOf(list.map(({ ordersPerSecond }) => ordersPerSecond)),
  );
  return ours && most ? `${Math.round((ours.median / most.median) * 100)} %` : '-';
}

function batchText(batch: number): string {
  return batch === 1 ? 'one by one' : `${batch} together`;
}
