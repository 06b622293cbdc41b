import { colors as pc } from '@waybill/kernel/colors.js';
import type { BadRow } from '../online-retail/row.js';
import { figure } from './figures.js';

/** Unreadable rows that are shown; `--json` has them all. */
const SHOWN = 10;

/** One line per unreadable row, as compilers name a place in a file. */
export function badRowLines(file: string, badRows: readonly BadRow[]): string[] {
  const shown = badRows.slice(0, SHOWN).map(({ line, reason, detail }) => {
    const found = detail ? `: ${detail.slice(0, 80)}` : '';
    return pc.yellow(`${file}:${line}: ${reason}${found}`);
  });
  const more = badRows.length - shown.length;
  return more > 0
    ? [...shown, pc.yellow(`and ${figure(more)} more rows that cannot be read`)]
    : shown;
}
