import { describe, expect, it } from 'vitest';
import { type CsvRecord, CsvRecords } from './csv-records.js';

function read(...lines: string[]): CsvRecord[] {
  const records = new CsvRecords(3);
  return [...lines.flatMap((line) => records.push(line)), ...records.end()];
}

describe('CsvRecords', () => {
  it('splits plain lines and counts them from 1', () => {
    expect(read('a,b,c', 'd,,f')).toEqual([
      { line: 1, fields: ['a', 'b', 'c'] },
      { line: 2, fields: ['d', '', 'f'] },
    ]);
  });

  it('understands quotes, commas within them and doubled quotes', () => {
    expect(read('a,"b, ""c""",d')).toEqual([{ line: 1, fields: ['a', 'b, "c"', 'd'] }]);
  });

  it('joins a quoted field that goes over several lines, and counts on', () => {
    expect(read('a,"one', 'two",c', 'd,e,f')).toEqual([
      { line: 1, fields: ['a', 'one\ntwo', 'c'] },
      { line: 3, fields: ['d', 'e', 'f'] },
    ]);
  });

  it('loses one line, and no more, to a quote that is never closed', () => {
    expect(read('a,"b,c', 'd,e,f', 'g,"h, i",j', 'k,l,m')).toEqual([
      { line: 1, reason: 'a quote is not closed', detail: 'a,"b,c' },
      { line: 2, fields: ['d', 'e', 'f'] },
      { line: 3, fields: ['g', 'h, i', 'j'] },
      { line: 4, fields: ['k', 'l', 'm'] },
    ]);
  });

  it('gives up an open quote after ten lines', () => {
    const plain = Array.from({ length: 30 }, (_, i) => `${i},x,y`);
    const records = read('a,"b,c', ...plain);
    expect(records[0]).toMatchObject({ line: 1, reason: 'a quote is not closed' });
    expect(records).toHaveLength(31);
    expect(records.filter((record) => 'fields' in record)).toHaveLength(30);
  });

  it('reports an open quote on the last line', () => {
    expect(read('a,b,c', 'd,"e,f')).toEqual([
      { line: 1, fields: ['a', 'b', 'c'] },
      { line: 2, reason: 'a quote is not closed', detail: 'd,"e,f' },
    ]);
  });

  it('takes an inch sign as text and refuses a closing quote in mid-field', () => {
    expect(read('a,6" NAIL,c', 'a,"b"c,d')).toEqual([
      { line: 1, fields: ['a', '6" NAIL', 'c'] },
      { line: 2, reason: 'a quote stands where none may', detail: '' },
    ]);
  });

  it('reports a wrong number of columns and passes over blank lines', () => {
    expect(read('a,b', '', 'a,b,c,d')).toEqual([
      { line: 1, reason: 'the number of columns is wrong', detail: '2 instead of 3' },
      { line: 3, reason: 'the number of columns is wrong', detail: '4 instead of 3' },
    ]);
  });
});
