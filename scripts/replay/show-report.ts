import { colors as pc } from '@waybill/kernel/colors.js';
import { toDecimal } from '@waybill/kernel/money.js';
import { badRowLines } from '../command-line/bad-rows.js';
import { figure } from '../command-line/figures.js';
import { drawTable } from '../command-line/table.js';
import type { Compared, ReplayReport } from './report.js';

/** The report as one table, with what went wrong below it. */
export function showReport(report: ReplayReport): string {
  const parts = [table(report), ...badRowLines(report.file, report.badRows), verdict(report)];
  return `${parts.join('\n')}\n`;
}

type Line = [name: string, file: string, system: string];

function table(report: ReplayReport): string {
  const { rows, money, stock } = report;
  const { currency } = report;
  const pounds = (minor: number) => inPounds(minor, currency);
  const section = (title: string, lines: Line[]) => [
    [{ colSpan: 3, content: pc.bold(title) }],
    ...lines,
  ];
  return drawTable(
    ['', 'file', 'Waybill'],
    [
      section('Rows', rowLines(rows)),
      section(`Money, ${currency}`, [
        compared('ordered', money.ordered, pounds),
        compared('captured', money.captured, pounds),
        compared('refunded', money.refunded, pounds),
      ]),
      section('Units in stock', [
        ['on hand at the start', '', figure(stock.atStart)],
        ['shipped', '', figure(stock.shippedNow)],
        ['came back', '', figure(stock.cameBackNow)],
        compared('on hand at the end', stock.atEnd, figure),
      ]),
      section('Speed', speedLines(report)),
    ],
  );
}

function rowLines(rows: ReplayReport['rows']): Line[] {
  const line = (name: string, count: number): Line => [name, '', figure(count)];
  return [
    ['read', figure(rows.read), ''],
    line('lines ordered', rows.linesOrdered),
    line('lines refunded', rows.linesRefunded),
    line('charges', rows.charges),
    line('set aside', rows.setAside),
    ...Object.entries(rows.reasons).map(([reason, count]) => line(`  ${reason}`, count)),
    ...(rows.beyondLimit > 0 ? [line('left for later (--limit)', rows.beyondLimit)] : []),
  ];
}

function compared(name: string, { file, system }: Compared, show: (value: number) => string): Line {
  const mark = file === system ? pc.green('=') : pc.red('differs');
  return [name, show(file), `${mark} ${show(system)}`];
}

function inPounds(minor: number, currency: string): string {
  const [whole = '', fraction = ''] = toDecimal(minor, currency).split('.');
  return `${figure(Number(whole))}.${fraction}`;
}

function speedLines({ orders, speed }: ReplayReport): Line[] {
  const { ordersPerSecond, placeOrderMs, confirmedMs, seconds } = speed;
  const quantiles = (value: typeof placeOrderMs) =>
    value ? `${figure(value.p50, 1)} / ${figure(value.p99, 1)} ms` : '-';
  return [
    ['orders placed now', '', figure(orders.placedNow)],
    ['orders placed before', '', figure(orders.placedBefore)],
    ['orders per second, to CONFIRMED', '', ordersPerSecond ? figure(ordersPerSecond, 1) : '-'],
    ['placeOrder answers, p50 / p99', '', quantiles(placeOrderMs)],
    ['placeOrder to CONFIRMED, p50 / p99', '', quantiles(confirmedMs)],
    ...Object.entries(seconds).map(
      ([name, value]): Line => [`${name}, seconds`, '', figure(value, 1)],
    ),
  ];
}

function verdict({ reconciles, faults }: ReplayReport): string {
  if (reconciles) return pc.green('Everything reconciles.');
  return [pc.red('This does not reconcile:'), ...faults.map((fault) => `- ${fault}`)].join('\n');
}
