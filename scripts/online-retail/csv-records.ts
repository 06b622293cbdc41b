import { CsvError, parse } from 'csv-parse/sync';

/** One record with the number of the line on which it begins, or the reason why that line is none. */
export type CsvRecord =
  | { line: number; fields: string[] }
  | { line: number; reason: string; detail: string };

interface Line {
  line: number;
  text: string;
}

/** The longest quoted field with line breaks that is believed; an open quote beyond it was never closed. */
const MAX_LINES = 10;

/**
 * Puts lines together to records. To a plain CSV parser an unclosed quote swallows the rest of the file, so the
 * boundaries of records are found here: lines are joined only where that makes one sound record, and otherwise the
 * line with the open quote is bad and reading goes on with the next one.
 */
export class CsvRecords {
  readonly #columns: number;
  #open: Line[] = [];
  #count = 0;

  constructor(columns: number, linesBefore = 0) {
    this.#columns = columns;
    this.#count = linesBefore;
  }

  push(text: string): CsvRecord[] {
    this.#count += 1;
    return this.#take([{ line: this.#count, text }]);
  }

  /** What is left when the file ends. */
  end(): CsvRecord[] {
    const records: CsvRecord[] = [];
    while (this.#open.length > 0) records.push(...this.#giveUpOpenQuote());
    return records;
  }

  #take(lines: Line[]): CsvRecord[] {
    return lines.flatMap((line) => (this.#open.length > 0 ? this.#join(line) : this.#begin(line)));
  }

  #begin(line: Line): CsvRecord[] {
    if (line.text.trim() === '') return [];
    const fields = splitFields(line.text);
    if (fields === 'open') {
      this.#open = [line];
      return [];
    }
    return [this.#checked(line.line, fields)];
  }

  #join(line: Line): CsvRecord[] {
    this.#open.push(line);
    const first = this.#open[0] ?? line;
    const fields = splitFields(this.#open.map(({ text }) => text).join('\n'));
    if (fields === 'open') {
      return this.#open.length < MAX_LINES ? [] : this.#giveUpOpenQuote();
    }
    if (fields?.length !== this.#columns) return this.#giveUpOpenQuote();
    this.#open = [];
    return [{ line: first.line, fields }];
  }

  #giveUpOpenQuote(): CsvRecord[] {
    const [bad, ...rest] = this.#open;
    this.#open = [];
    if (!bad) return [];
    const record = { line: bad.line, reason: 'a quote is not closed', detail: bad.text };
    return [record, ...this.#take(rest)];
  }

  #checked(line: number, fields: string[] | undefined): CsvRecord {
    if (!fields) return { line, reason: 'a quote stands where none may', detail: '' };
    if (fields.length === this.#columns) return { line, fields };
    const detail = `${fields.length} instead of ${this.#columns}`;
    return { line, reason: 'the number of columns is wrong', detail };
  }
}

/** The fields of one record; `open` where a quoted field does not end; undefined where the quoting is broken. */
export function splitFields(text: string): string[] | 'open' | undefined {
  if (!text.includes('"')) return text.split(',');
  try {
    return parse(text)[0];
  } catch (error) {
    const code = error instanceof CsvError ? (error.code as string) : undefined;
    if (code === 'CSV_QUOTE_NOT_CLOSED') return 'open';
    // An inch sign in a field without quotes (`6" NAIL`) is no harm.
    if (code === 'INVALID_OPENING_QUOTE') return parse(text, { relax_quotes: true })[0];
    if (code) return undefined;
    throw error;
  }
}
