import { colors as pc } from '@waybill/kernel/colors.js';
import { figure } from '../command-line/figures.js';
import type { AuditReport, RuleReport } from './audit-books.js';

/** A line per invariant, its violations below it. */
export function showAudit(report: AuditReport): string {
  return `${[...report.rules.flatMap(ruleLines), verdict(report)].join('\n')}\n`;
}

function ruleLines({ number, title, checked, things, violations, named }: RuleReport): string[] {
  const mark = violations === 0 ? pc.green('✓') : pc.red('✗');
  const count = `${figure(checked)} ${things}`;
  const broken = violations === 0 ? '' : pc.red(`   ${plural(violations, 'violation')}`);
  const more = violations - named.length;
  return [
    `${String(number).padStart(2)} ${mark} ${title.padEnd(46)} ${count}${broken}`,
    ...named.map(({ id, what }) => `     ${id}: ${what}`),
    ...(more > 0 ? [`     and ${figure(more)} more`] : []),
  ];
}

function verdict({ clean, seconds, rules }: AuditReport): string {
  const took = `(${figure(seconds, 2)} s)`;
  if (clean) return pc.green(`Everything holds ${took}.`);
  const broken = rules.filter(({ violations }) => violations > 0).map(({ number }) => number);
  return pc.red(`Broken: ${broken.join(', ')} of docs/order-lifecycle.md ${took}.`);
}

function plural(count: number, noun: string): string {
  return `${figure(count)} ${noun}${count === 1 ? '' : 's'}`;
}
