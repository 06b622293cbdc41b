import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { audit } from '@waybill/scripts/audit.js';
import { noProgress } from '@waybill/scripts/command-line/progress.js';
import { testTerminal } from '@waybill/scripts/command-line/testing.js';
import { runImport } from '@waybill/scripts/import.js';
import { replay } from '@waybill/scripts/replay.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestWaybill, type TestWaybill } from '../../support/waybill.js';

const SAMPLE = fileURLToPath(new URL('../../../data/online-retail-sample.csv', import.meta.url));
const never = new AbortController().signal;

let waybill: TestWaybill;
let directory: string;
beforeAll(async () => {
  waybill = await startTestWaybill();
  directory = await mkdtemp(join(tmpdir(), 'waybill-replay-'));
});
afterAll(async () => {
  await waybill?.close();
  await rm(directory, { recursive: true, force: true });
});

async function importFile(file: string) {
  const terminal = testTerminal(file, '--json', '--url', waybill.url);
  const exitCode = await runImport(terminal, noProgress);
  return { exitCode, stderr: terminal.stderr, ...JSON.parse(terminal.stdout || '{}') };
}

async function replayFile(file: string, options: string[] = [], signal = never) {
  const terminal = testTerminal(file, '--json', '--url', waybill.url, ...options);
  const exitCode = await replay(terminal, noProgress, signal);
  return { exitCode, stderr: terminal.stderr, ...JSON.parse(terminal.stdout || '{}') };
}

async function auditAll() {
  const terminal = testTerminal('--json');
  const exitCode = await audit(terminal, noProgress, async () => waybill.databases);
  return { exitCode, ...JSON.parse(terminal.stdout) };
}

async function fileOf(name: string, rows: string[]): Promise<string> {
  const header =
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
  const file = join(directory, name);
  await writeFile(file, [header, ...rows].join('\r\n'));
  return file;
}

describe('the sample of real invoices', () => {
  it('is refused while the catalog lacks its products', async () => {
    const { exitCode, stderr } = await replayFile(SAMPLE, ['--limit', '5']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/products are not in the catalog: run npm run import -- FILE first\n$/);
  });

  it('is imported once, and a second time changes nothing', async () => {
    const rest = { exitCode: 0, rowsRead: 30_000, badRows: [] };
    expect(await importFile(SAMPLE)).toMatchObject({
      ...rest,
      products: { inFile: 2971, created: 2971, unitsAdded: 344_802 },
      customers: { inFile: 3569, created: 3569, updated: 0 },
    });
    expect(await importFile(SAMPLE)).toMatchObject({
      ...rest,
      products: { inFile: 2971, created: 0, unitsAdded: 0 },
      customers: { inFile: 3569, created: 0, updated: 0 },
    });
  });

  it('is replayed in part and reconciles', async () => {
    expect(await replayFile(SAMPLE, ['--limit', '60'])).toMatchObject({
      exitCode: 0,
      reconciles: true,
      rows: { read: 30_000 },
      orders: { placedBefore: 0, failed: 0 },
    });
  });

  it('goes on where it stopped, and then places nothing twice', async () => {
    const first = await replayFile(SAMPLE, ['--limit', '200']);
    expect(first).toMatchObject({ exitCode: 0, reconciles: true });
    expect(first.orders.placedBefore).toBeGreaterThan(50);
    const again = await replayFile(SAMPLE, ['--limit', '200']);
    expect(again).toMatchObject({
      exitCode: 0,
      reconciles: true,
      orders: { placedNow: 0, placedBefore: first.orders.confirmed },
      stock: { atStart: first.stock.atEnd.system, shippedNow: 0, cameBackNow: 0 },
      money: first.money,
    });
  });

  it('leaves books that an audit finds in order', async () => {
    const { exitCode, rules } = await auditAll();
    expect(exitCode).toBe(0);
    expect(rules[4].checked).toBeGreaterThan(150);
  });

  it('puts no stock back on hand that was sold', async () => {
    expect(await importFile(SAMPLE)).toMatchObject({ products: { unitsAdded: 0 } });
  });
});

describe('a file with refunds, charges and broken rows', () => {
  const UK = 'United Kingdom';
  const ROWS = [
    `900001,70001,"TIN, RED",10,2011-01-03 09:00:00,2.50,77001,${UK}`,
    `900001,70001,"TIN, RED",2,2011-01-03 09:00:00,2.75,77001,${UK}`,
    `900001,POST,POSTAGE,1,2011-01-03 09:00:00,18.00,77001,${UK}`,
    `900002,70002,LAMP,1,2011-01-04 09:00:00,99.99,,${UK}`,
    `900003,70001,"TIN, RED,4,2011-01-05 09:00:00,2.50,77001,${UK}`,
    `900003,70002,LAMP,one,2011-01-05 09:00:00,99.99,77001,${UK}`,
    `900004,M,Manual,1,2011-01-06 09:00:00,5.00,77002,${UK}`,
    `C900005,70001,"TIN, RED",-11,2011-01-07 09:00:00,2.50,77001,${UK}`,
    `C900006,70001,"TIN, RED",-2,2011-01-08 09:00:00,2.50,77001,${UK}`,
    `C900007,POST,POSTAGE,-1,2011-01-08 09:00:00,18.00,77001,${UK}`,
    `900008,70003,COUNTED,3,2011-01-09 09:00:00,0.00,,${UK}`,
    '900009,70001',
  ];
  let file: string;
  beforeAll(async () => {
    file = await fileOf('dirty.csv', ROWS);
  });

  it('is imported without what cannot be read', async () => {
    expect(await importFile(file)).toMatchObject({
      exitCode: 0,
      products: { created: 2, unitsAdded: 13, neverPriced: ['70003'] },
      badRows: [
        { line: 6, reason: 'a quote is not closed' },
        { line: 7, reason: 'Quantity is not a whole number', detail: 'one' },
        { line: 13, reason: 'the number of columns is wrong' },
      ],
    });
  });

  const EXPECTED = {
    exitCode: 0,
    reconciles: true,
    rows: {
      read: 12,
      linesOrdered: 3,
      linesRefunded: 1,
      charges: 2,
      setAside: 6,
      reasons: {
        'cancellation of more than was bought': 1,
        'charge or discount credited': 1,
        'price of zero': 1,
        'a quote is not closed': 1,
        'Quantity is not a whole number': 1,
        'the number of columns is wrong': 1,
      },
    },
    money: {
      ordered: { file: 15_349, system: 15_349 },
      captured: { file: 15_349, system: 15_349 },
      refunded: { file: 2750, system: 2750 },
    },
    stock: { cameBack: 11 },
  };

  it('is replayed to the penny: eleven tins come back, from two lines of one order', async () => {
    expect(await replayFile(file)).toMatchObject({
      ...EXPECTED,
      orders: { placedNow: 3, placedBefore: 0 },
      stock: { atStart: 13, shippedNow: 13, cameBackNow: 11, atEnd: { file: 11, system: 11 } },
    });
  });

  it('is replayed again without effect', async () => {
    expect(await replayFile(file)).toMatchObject({
      ...EXPECTED,
      orders: { placedNow: 0, placedBefore: 3 },
      stock: { atStart: 11, shippedNow: 0, cameBackNow: 0, atEnd: { file: 11, system: 11 } },
    });
  });

  it('leaves alone an invoice that was placed with other lines', async () => {
    const mended = await fileOf('mended.csv', [...ROWS.slice(0, 2), ...ROWS.slice(3, 4)]);
    expect(await replayFile(mended)).toMatchObject({
      exitCode: 0,
      orders: { placedNow: 0, placedBefore: 1 },
      rows: { linesOrdered: 1, setAside: 2, reasons: { 'placed before with other lines': 2 } },
    });
  });

  it('gets the missing stock when a longer file is imported', async () => {
    const longer = await fileOf('longer.csv', [
      ...ROWS,
      `900010,70001,"TIN, RED",20,2011-01-10 09:00:00,2.50,77001,${UK}`,
    ]);
    // 11 tins came back and are free: 9 more are needed for the 20.
    expect(await importFile(longer)).toMatchObject({ products: { created: 0, unitsAdded: 9 } });
    expect(await replayFile(longer)).toMatchObject({
      exitCode: 0,
      orders: { placedNow: 1, placedBefore: 3 },
    });
  });

  it('places an order again that failed for lack of stock, once there is stock', async () => {
    const scarce = await fileOf('scarce.csv', [
      `900011,70002,LAMP,5,2011-01-11 09:00:00,99.99,77001,${UK}`,
    ]);
    const failed = await replayFile(scarce);
    expect(failed).toMatchObject({ exitCode: 1, reconciles: false, orders: { failed: 1 } });
    expect(failed.faults).toContain('invoice 900011: its order ended as FAILED');
    expect(await importFile(scarce)).toMatchObject({ products: { unitsAdded: 5 } });
    expect(await replayFile(scarce)).toMatchObject({
      exitCode: 0,
      orders: { placedNow: 1, confirmed: 1 },
    });
  });

  it('leaves books that an audit finds in order', async () => {
    expect(await auditAll()).toMatchObject({ exitCode: 0, clean: true });
  });

  it('stops where it is told to, and the next run goes on', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `9001${10 + i},70001,"TIN, RED",1,2011-02-01 09:00:00,2.50,77001,${UK}`,
    );
    const many = await fileOf('many.csv', rows);
    await importFile(many);
    const stop = AbortSignal.abort();
    const stopped = await replayFile(many, [], stop);
    expect(stopped).toMatchObject({ exitCode: 1 });
    expect(stopped.stderr).toMatch(/^error: stopped in the stage "prepare": .*\n$/);
    expect(await replayFile(many)).toMatchObject({ exitCode: 0, orders: { confirmed: 40 } });
  });
});

describe('called wrongly', () => {
  it('ends with exit code 2 and one line', async () => {
    const { exitCode, stderr } = await replayFile(join(directory, 'none.csv'));
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error: .*none\.csv: there is no such file\n$/);
  });
});

describe('a system that goes away', () => {
  it('ends the replay with one line, and the next run would go on', async () => {
    let placed = 0;
    const closing: Array<Promise<void>> = [];
    const advance = () => {
      placed += 1;
      if (placed === 20) closing.push(waybill.close());
    };
    const progress = { phase: () => ({ advance, done: () => {} }) };
    const terminal = testTerminal(SAMPLE, '--url', waybill.url, '--limit', '2000');
    expect(await replay(terminal, progress, never)).toBe(1);
    await Promise.all(closing);
    expect(terminal.stdout).toBe('');
    expect(terminal.stderr).toMatch(/^error: .*(nothing answers|broke off|unavailable).*\n$/i);
  });
});
