import type { Query } from '@waybill/kernel/database.js';
import { MAX_SKU } from '../products/input.js';
import { StockAdjustmentReason } from '../stock/levels/adjust-stock.js';
import { findChanges, writeChanges } from '../stock/levels/change-levels.js';
import { type AskedChange, type LevelChange, MAX_UNITS } from '../stock/levels/plan-changes.js';
import type { BulkKind, Findings, Line, Problem, Setting } from './findings.js';
import { LineReader } from './line-reader.js';
import { BulkProblemCode as Code } from './problem-code.js';

/** A change that a line asks for. */
interface AskedByLine extends AskedChange {
  line: number;
}

type StockPlan = LevelChange<AskedByLine>[];

/** The ledger's reason of a count. */
const COUNTED = 'SET';

const MAX_NOTE = 500;
const REASONS = Object.values(StockAdjustmentReason);

/** What was counted (`on_hand`), or what came in or went missing (`delta`), by SKU and location. */
export const stockFile: BulkKind<StockPlan> = {
  columns: ['sku', 'location', 'on_hand', 'delta', 'reason', 'note'],

  async compare(query, lines, setting, lock): Promise<Findings<StockPlan>> {
    const { asked, problems } = readAll(lines, setting);
    const { changes, errors } = await findChanges(query, asked, lock);
    for (const { code, field, message } of errors) {
      const [line, column = null] = field ?? [];
      problems.push({ line: Number(line), column, code: code as string as Code, message });
    }
    const made = changes.filter(({ delta }) => delta !== 0);
    return {
      differences: made.map(differenceOf),
      problems: problems.toSorted((a, b) => a.line - b.line),
      totals: { stock: unitsOf(changes) },
      addsUp: made.some(({ asked: { reason } }) => reason !== COUNTED),
      plan: made,
    };
  },

  write: (query: Query, plan: StockPlan, setting: Setting) =>
    writeChanges(query, plan, {
      threshold: setting.lowStockThreshold,
      actor: setting.actor,
      reason: COUNTED,
      note: setting.note,
      reference: setting.importId,
    }),
};

function readAll(lines: readonly Line[], setting: Setting) {
  const asked: AskedByLine[] = [];
  const problems: Problem[] = [];
  for (const line of lines) {
    const read = new LineReader(line);
    const change = readLine(read, line, setting);
    if (read.problems.length > 0) problems.push(...read.problems);
    else asked.push(change);
  }
  return { asked, problems };
}

function readLine(read: LineReader, line: Line, setting: Setting): AskedByLine {
  const at = String(line.number);
  const [onHand, delta] = [read.cell('on_hand'), read.cell('delta')];
  const units = delta == null ? 'on_hand' : 'delta';
  const note = read.cell('note');
  if (onHand != null && delta != null) {
    read.wrong('delta', Code.INVALID_VALUE, 'stands beside on_hand: a line has one of them');
  }
  return {
    line: line.number,
    sku: read.input.text('sku', read.needed('sku'), MAX_SKU),
    location: read.cell('location') ?? setting.location,
    fields: { sku: [at, 'sku'], location: [at, 'location'], units: [at, units] },
    ...(delta == null ? counted(read) : adjusted(read, delta)),
    note: note == null ? setting.note : read.input.text('note', note, MAX_NOTE),
  };
}

function counted(read: LineReader) {
  const onHand = read.input.stock('on_hand', read.wholeNumber('on_hand', read.needed('on_hand')));
  if (read.cell('reason') != null) {
    read.wrong('reason', Code.INVALID_VALUE, 'is for a delta: a count needs none');
  }
  return { next: () => onHand, reason: COUNTED };
}

function adjusted(read: LineReader, text: string) {
  const delta = read.wholeNumber('delta', text);
  if (Math.abs(delta) > MAX_UNITS) read.wrong('delta', Code.INVALID_QUANTITY, 'is too much');
  const reason = read.choice('reason', read.needed('reason'), REASONS);
  return { next: (onHand: number) => onHand + delta, reason };
}

const differenceOf = ({ asked, sku, location, onHand, delta }: StockPlan[number]) => ({
  line: asked.line,
  sku,
  location,
  isNew: false,
  changes: [{ field: 'on_hand', before: String(onHand - delta), after: String(onHand) }],
});

function unitsOf(changes: StockPlan) {
  const unitsAfter = changes.reduce((sum, { onHand }) => sum + onHand, 0);
  return { unitsBefore: changes.reduce((sum, { delta }) => sum - delta, unitsAfter), unitsAfter };
}
