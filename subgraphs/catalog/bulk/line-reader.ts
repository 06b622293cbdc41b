import { InputReader } from '../products/input.js';
import type { Line, Problem } from './findings.js';
import { BulkProblemCode as Code } from './problem-code.js';

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/i;

/** Reads the cells of one line; what is wrong with them gathers in `problems`. */
export class LineReader {
  /** Reads what other mutations take, by their rules. */
  readonly input = new InputReader();
  readonly #problems: Problem[] = [];

  constructor(private readonly line: Line) {}

  /** The first of each column. */
  get problems(): Problem[] {
    const byRules = this.input.errors.map(({ code, field, message }) => ({
      line: this.line.number,
      column: field?.[0] ?? null,
      code: code as string as Code,
      message,
    }));
    const byColumn = Map.groupBy([...this.#problems, ...byRules], ({ column }) => column);
    return [...byColumn.values()].flatMap(([first]) => first ?? []);
  }

  /** The text in a cell; null where it is empty, undefined where the file has no such column. */
  cell(column: string): string | null | undefined {
    const value = this.line.cells[column];
    if (value === undefined || value === null) return value;
    if (typeof value === 'object') return this.wrong(column, Code.INVALID_VALUE, 'is no text');
    return String(value).trim() || null;
  }

  /** The same where there must be something. */
  needed(column: string): string {
    const text = this.cell(column);
    if (text == null) this.wrong(column, Code.MISSING_VALUE, 'is missing');
    return text ?? '';
  }

  wholeNumber(column: string, text: string): number {
    if (/^[+-]?\d{1,15}$/.test(text)) return Number(text);
    this.wrong(column, Code.INVALID_QUANTITY, 'is no whole number');
    return 0;
  }

  /** One of some values, in small or large letters. */
  choice<Value extends string>(column: string, text: string, values: readonly Value[]): Value {
    const value = values.find((each) => each === text.toUpperCase());
    if (value === undefined) {
      this.wrong(column, Code.INVALID_VALUE, `is none of ${values.join(', ')}`);
    }
    return value ?? (text as Value);
  }

  time(column: string, text: string): Date {
    const time = new Date(text);
    if (RFC3339.test(text) && !Number.isNaN(time.getTime())) return time;
    this.wrong(column, Code.INVALID_TIME, 'is no time like 2026-12-01T00:00:00Z');
    return new Date(0);
  }

  wrong(column: string, code: Code, what: string): undefined {
    const message = `${column} ${what}.`;
    this.#problems.push({ line: this.line.number, column, code, message });
  }
}
