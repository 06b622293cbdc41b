import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRows } from './read-rows.js';
import { collected } from './testing.js';

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const ROW = '536368,22914,COAT RACK,3,2010-12-01 08:34:00,4.95,13047,United Kingdom';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-rows-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function read(name: string, content: string | Buffer) {
  const file = join(directory, name);
  await writeFile(file, content);
  return collected(readRows(file));
}

describe('readRows', () => {
  it('reads a file with a byte order mark, Windows line ends and no last line end', async () => {
    const rows = await read('windows.csv', `\uFEFF${HEADER}\r\n${ROW}\r\n${ROW}`);
    expect(rows).toMatchObject([
      { line: 2, stockCode: '22914', country: 'United Kingdom' },
      { line: 3, stockCode: '22914', country: 'United Kingdom' },
    ]);
  });

  it('takes columns in any order and ignores others', async () => {
    const header =
      'Country,Extra,CustomerID,UnitPrice,InvoiceDate,Quantity,Description,StockCode,InvoiceNo';
    const rows = await read(
      'order.csv',
      `${header}\nFrance,?,1,2.50,2011-01-01,4,CUP,22000,540000\n`,
    );
    expect(rows).toMatchObject([{ country: 'France', unitPrice: 250, invoice: '540000' }]);
  });

  it('reports a bad row by its line and goes on', async () => {
    const broken = [HEADER, ROW, '536369,22914,CUT OFF', ROW, ROW.replace(',3,', ',three,'), ROW];
    expect(await read('broken.csv', broken.join('\n'))).toMatchObject([
      { line: 2, quantity: 3 },
      { line: 3, reason: 'the number of columns is wrong', detail: '3 instead of 8' },
      { line: 4, quantity: 3 },
      { line: 5, reason: 'Quantity is not a whole number', detail: 'three' },
      { line: 6, quantity: 3 },
    ]);
  });

  it('survives bytes that are no text', async () => {
    const noise = Buffer.from([0xff, 0xfe, 0x00, 0x9c, 0x0a]);
    const rows = await read(
      'noise.csv',
      Buffer.concat([Buffer.from(`${HEADER}\n`), noise, Buffer.from(ROW)]),
    );
    expect(rows).toMatchObject([
      { line: 2, reason: 'the number of columns is wrong' },
      { line: 3 },
    ]);
  });

  it('names the columns that are missing', async () => {
    const renamed = HEADER.replace('UnitPrice', 'Price').replace('CustomerID', 'Customer ID');
    await expect(read('renamed.csv', `${renamed}\n${ROW}`)).rejects.toThrow(
      /renamed\.csv lacks the columns UnitPrice, CustomerID; its first line has .*"Customer ID"/,
    );
  });

  it('says in one line what is wrong with the file itself', async () => {
    await expect(read('empty.csv', '')).rejects.toThrow(/empty\.csv is empty/);
    await expect(collected(readRows(join(directory, 'none.csv')))).rejects.toThrow(
      'there is no such file',
    );
    await expect(collected(readRows(directory))).rejects.toThrow('is a directory');
  });
});
