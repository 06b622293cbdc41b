import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { UsageFailure } from '../command-line/failure.js';
import { type CsvRecord, CsvRecords, splitFields } from './csv-records.js';
import { type BadRow, COLUMNS, type Column, type Row, readRow } from './row.js';

/** The file cannot be used at all. */
export class UnusableFile extends UsageFailure {}

type Cells = (fields: string[]) => Record<Column, string>;

/** Streams a file of the Online Retail columns, row by row; a bad row is reported and the rest goes on. */
export async function* readRows(file: string): AsyncGenerator<Row | BadRow> {
  const lines = createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  try {
    yield* readLines(lines, file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new UnusableFile(`${file}: there is no such file`);
    if (code === 'EISDIR') throw new UnusableFile(`${file} is a directory, not a CSV file`);
    if (code === 'EACCES') throw new UnusableFile(`${file}: this file may not be read`);
    throw error;
  } finally {
    lines.close();
  }
}

async function* readLines(
  lines: AsyncIterable<string>,
  file: string,
): AsyncGenerator<Row | BadRow> {
  let records: CsvRecords | undefined;
  let cells: Cells | undefined;
  for await (const line of lines) {
    if (!records || !cells) {
      const header = readHeader(line, file);
      records = new CsvRecords(header.length, 1);
      cells = cellsOf(header);
    } else yield* rowsOf(records.push(line), cells);
  }
  if (!records || !cells) throw new UnusableFile(`${file} is empty`);
  yield* rowsOf(records.end(), cells);
}

function* rowsOf(records: CsvRecord[], cells: Cells): Generator<Row | BadRow> {
  for (const record of records) {
    yield 'fields' in record ? readRow(record.line, cells(record.fields)) : record;
  }
}

function readHeader(line: string, file: string): string[] {
  const fields = splitFields(line.replace(/^\uFEFF/, ''));
  const header = Array.isArray(fields) ? fields.map((name) => name.trim()) : [];
  const missing = COLUMNS.filter((column) => !header.includes(column));
  if (missing.length === 0) return header;
  const found = header.map((name) => JSON.stringify(name)).join(', ');
  throw new UnusableFile(
    `${file} lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}; its first line has ${found}`,
  );
}

function cellsOf(header: string[]): Cells {
  const at = COLUMNS.map((column) => [column, header.indexOf(column)] as const);
  return (fields) =>
    Object.fromEntries(at.map(([column, index]) => [column, fields[index] ?? ''])) as Record<
      Column,
      string
    >;
}
