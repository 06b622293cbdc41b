import { toMinor } from '@waybill/kernel/money.js';

export const CURRENCY = 'GBP';

/** The columns of the Online Retail data set, in its order; a file may have them in any order, and more. */
export const COLUMNS = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
] as const;
export type Column = (typeof COLUMNS)[number];

/** One line of an invoice. */
export interface Row {
  /** Where it begins in the file, counted from 1 with the header. */
  line: number;
  invoice: string;
  /** Upper case: the file writes one stock code both as 85123A and as 85123a. */
  stockCode: string;
  description: string;
  quantity: number;
  /** ISO 8601 in the shop's local time, without a zone; sorts as text. */
  at: string;
  /** Pence. */
  unitPrice: number;
  /** Null for a guest. */
  customer: string | null;
  country: string;
}

/** A row that could not be read: `reason` is one of few and can be counted, `detail` is what was found. */
export interface BadRow {
  line: number;
  reason: string;
  detail: string;
}

/** Cells as a row, or which of them is not what its column says. */
export function readRow(line: number, cells: Record<Column, string>): Row | BadRow {
  const bad = (reason: string, detail: string): BadRow => ({ line, reason, detail });
  const [invoice, stockCode] = [cells.InvoiceNo.trim(), cells.StockCode.trim()];
  if (!invoice) return bad('InvoiceNo is empty', '');
  if (!stockCode) return bad('StockCode is empty', '');
  const quantity = readInteger(cells.Quantity);
  if (quantity === undefined) return bad('Quantity is not a whole number', cells.Quantity);
  const unitPrice = readPrice(cells.UnitPrice);
  if (unitPrice === undefined) return bad('UnitPrice is not an amount in pence', cells.UnitPrice);
  const at = readTime(cells.InvoiceDate);
  if (at === undefined) return bad('InvoiceDate is not a date', cells.InvoiceDate);
  return {
    line,
    invoice: invoice.toUpperCase(),
    stockCode: stockCode.toUpperCase(),
    description: cleanText(cells.Description),
    quantity,
    at,
    unitPrice,
    customer: readCustomer(cells.CustomerID),
    country: cleanText(cells.Country),
  };
}

/** Stray spaces, control characters and bytes that were no UTF-8 go. */
export function cleanText(text: string): string {
  return text
    .replace(/[\p{Cc}\u{fffd}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function readInteger(text: string): number | undefined {
  const match = /^\s*([+-]?\d+)(?:\.0*)?\s*$/.exec(text);
  const value = Number(match?.[1]);
  return Number.isSafeInteger(value) ? value : undefined;
}

function readPrice(text: string): number | undefined {
  return toMinor(text.trim(), CURRENCY);
}

/** Spreadsheets turn customer 17850 into 17850.0. */
function readCustomer(text: string): string | null {
  return text.trim().replace(/\.0+$/, '') || null;
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?$/;
/** How the set is most often passed on: month first, `12/1/2010 8:26`. */
const SLASHES = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d\d)(?::(\d\d))?)?$/;

function readTime(text: string): string | undefined {
  const iso = ISO.exec(text.trim());
  if (iso) return timeOf([iso[1], iso[2], iso[3], iso[4], iso[5], iso[6]]);
  const us = SLASHES.exec(text.trim());
  return us ? timeOf([us[3], us[1], us[2], us[4], us[5], us[6]]) : undefined;
}

function timeOf(parts: Array<string | undefined>): string | undefined {
  const [year, month, day, hour, minute, second] = parts.map((part = '0') => part.padStart(2, '0'));
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const time = new Date(`${text}Z`);
  // 30 February is read as 2 March by Date, and so does not come back as it went in.
  const valid = !Number.isNaN(time.valueOf()) && time.toISOString().startsWith(text);
  return valid ? text : undefined;
}
