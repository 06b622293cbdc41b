import { describe, expect, it } from 'vitest';
import { type Column, readRow } from './row.js';

const cells: Record<Column, string> = {
  InvoiceNo: '536368',
  StockCode: '22914',
  Description: 'BLUE COAT RACK PARIS FASHION',
  Quantity: '3',
  InvoiceDate: '2010-12-01 08:34:00',
  UnitPrice: '4.95',
  CustomerID: '13047',
  Country: 'United Kingdom',
};

const read = (changed: Partial<Record<Column, string>>) => readRow(7, { ...cells, ...changed });

describe('readRow', () => {
  it('reads every column', () => {
    expect(read({})).toEqual({
      line: 7,
      invoice: '536368',
      stockCode: '22914',
      description: 'BLUE COAT RACK PARIS FASHION',
      quantity: 3,
      at: '2010-12-01T08:34:00',
      unitPrice: 495,
      customer: '13047',
      country: 'United Kingdom',
    });
  });

  it('cleans stock codes, descriptions and customer numbers', () => {
    const row = read({ StockCode: ' 85123a', Description: ' ZINC  WILLIE\tWINKIE\u{fffd} ' });
    expect(row).toMatchObject({ stockCode: '85123A', description: 'ZINC WILLIE WINKIE' });
    expect(read({ CustomerID: '17850.0' })).toMatchObject({ customer: '17850' });
    expect(read({ CustomerID: ' ' })).toMatchObject({ customer: null });
  });

  it.each([
    ['2010-12-01', '2010-12-01T00:00:00'],
    ['2010-12-01T08:26', '2010-12-01T08:26:00'],
    ['2010-12-01 08:26:31.5', '2010-12-01T08:26:31'],
    ['12/1/2010 8:26', '2010-12-01T08:26:00'],
  ])('reads the date %s', (InvoiceDate, at) => {
    expect(read({ InvoiceDate })).toMatchObject({ at });
  });

  it.each([
    [{ InvoiceNo: ' ' }, 'InvoiceNo is empty', ''],
    [{ StockCode: '' }, 'StockCode is empty', ''],
    [{ Quantity: '3.5' }, 'Quantity is not a whole number', '3.5'],
    [{ Quantity: '' }, 'Quantity is not a whole number', ''],
    [
      { Quantity: '99999999999999999999' },
      'Quantity is not a whole number',
      '99999999999999999999',
    ],
    [{ UnitPrice: '£3' }, 'UnitPrice is not an amount in pence', '£3'],
    [{ UnitPrice: '0.001' }, 'UnitPrice is not an amount in pence', '0.001'],
    [{ InvoiceDate: '2011-02-30 10:00:00' }, 'InvoiceDate is not a date', '2011-02-30 10:00:00'],
    [{ InvoiceDate: 'soon' }, 'InvoiceDate is not a date', 'soon'],
  ])('refuses %o', (changed, reason, detail) => {
    expect(read(changed)).toEqual({ line: 7, reason, detail });
  });

  it('reads whole numbers that a spreadsheet wrote with a point', () => {
    expect(read({ Quantity: '-12.0' })).toMatchObject({ quantity: -12 });
  });
});
