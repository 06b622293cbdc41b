import { pipeline } from 'node:stream/promises';
import { isStorable } from '@waybill/kernel/storable.js';
import { CsvError, parse } from 'csv-parse';
import type { Line, Problem } from './findings.js';
import { BulkProblemCode as Code } from './problem-code.js';

/** Lines of a file, besides its header, at the most. */
export const MAX_LINES = 100_000;

export interface ReadFile {
  lines: Line[];
  /** Lines that were none. */
  problems: Problem[];
}

/** A file of which no line can be used. */
export class BadFile extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** Reads a file as it comes. Throws BadFile. */
export async function readLines(
  bytes: AsyncIterable<Uint8Array>,
  format: 'CSV' | 'JSON_LINES',
  columns: readonly string[],
): Promise<ReadFile> {
  const file: ReadFile = { lines: [], problems: [] };
  const records = format === 'CSV' ? csvRecords(bytes, columns) : jsonRecords(bytes, columns);
  let count = 0;
  for await (const record of records) {
    count += 1;
    if (count > MAX_LINES) {
      throw bad(record, Code.TOO_MANY_LINES, `A file has at most ${MAX_LINES} lines.`);
    }
    if ('code' in record) file.problems.push(record);
    else take(record, file);
  }
  if (count === 0) throw bad({ line: 1 }, Code.NO_LINES, 'There is no line in the file.');
  return file;
}

function take(line: Line, { lines, problems }: ReadFile): void {
  const unfit = Object.keys(line.cells).find((column) => !canBeKept(line.cells[column]));
  if (unfit === undefined) lines.push(line);
  else {
    const message = `${unfit} has characters that cannot be kept.`;
    problems.push({ line: line.number, column: unfit, code: Code.INVALID_TEXT, message });
  }
}

function canBeKept(value: unknown): boolean {
  if (typeof value === 'string') return isStorable(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, each]) => isStorable(name) && canBeKept(each));
}

const bad = (
  at: { line: number } | { number: number },
  code: Code,
  message: string,
  column: string | null = null,
) => new BadFile({ line: 'line' in at ? at.line : at.number, column, code, message });

interface CsvRow {
  record: string[];
  info: { lines: number };
}

async function* csvRecords(
  bytes: AsyncIterable<Uint8Array>,
  columns: readonly string[],
): AsyncGenerator<Line | Problem> {
  const parser = parse({ info: true, relax_column_count: true, skip_empty_lines: true });
  // What goes wrong with the bytes ends the parser, too.
  const feeding = pipeline(decoded(bytes), parser).catch(() => {});
  let header: string[] | undefined;
  try {
    for await (const { record, info } of parser as AsyncIterable<CsvRow>) {
      if (!header) header = checkedHeader(record, columns);
      else yield toLine(record, info.lines - lineBreaksIn(record), header);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw bad({ line: Number(error.lines) || 1 }, Code.UNREADABLE, error.message);
  } finally {
    parser.destroy();
    await feeding;
  }
}

/** A record is told of with the line on which it ends. */
function lineBreaksIn(record: string[]): number {
  let count = 0;
  for (const cell of record) {
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count += 1;
  }
  return count;
}

function checkedHeader(cells: string[], columns: readonly string[]): string[] {
  const header = cells.map((cell) => cell.trim());
  const unknown = header.find((name) => !columns.includes(name));
  if (unknown !== undefined) {
    const message = `There is no column "${unknown}": there are ${columns.join(', ')}.`;
    throw bad({ line: 1 }, Code.UNKNOWN_COLUMN, message, unknown);
  }
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice !== undefined) {
    throw bad({ line: 1 }, Code.DUPLICATE_COLUMN, `There are two columns "${twice}".`, twice);
  }
  if (!header.includes('sku')) {
    throw bad({ line: 1 }, Code.MISSING_COLUMN, 'The file needs a column "sku".', 'sku');
  }
  return header;
}

function toLine(record: string[], number: number, header: string[]): Line | Problem {
  if (record.length !== header.length) {
    const message = `The line has ${record.length} cells, and the header has ${header.length}.`;
    return { line: number, column: null, code: Code.WRONG_CELLS, message };
  }
  return { number, cells: Object.fromEntries(header.map((name, i) => [name, record[i]])) };
}

async function* jsonRecords(
  bytes: AsyncIterable<Uint8Array>,
  columns: readonly string[],
): AsyncGenerator<Line | Problem> {
  let number = 0;
  for await (const text of textLines(bytes)) {
    number += 1;
    if (text.trim() !== '') yield jsonLine(text, number, columns);
  }
}

function jsonLine(text: string, number: number, columns: readonly string[]): Line | Problem {
  const cells = objectIn(text);
  if (!cells) {
    const message = 'This is no JSON object on one line.';
    return { line: number, column: null, code: Code.UNREADABLE, message };
  }
  const unknown = Object.keys(cells).find((name) => !columns.includes(name));
  if (unknown === undefined) return { number, cells };
  const message = `There is no column "${unknown}": there are ${columns.join(', ')}.`;
  return { line: number, column: unknown, code: Code.UNKNOWN_COLUMN, message };
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

async function* textLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = '';
  for await (const text of decoded(bytes)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** UTF-8 without its byte order mark. Throws BadFile where it is something else. */
async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw bad({ line: 1 }, Code.NOT_TEXT, 'The file is no text in UTF-8.');
  }
}
