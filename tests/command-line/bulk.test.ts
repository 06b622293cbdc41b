import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bulk } from '@waybill/scripts/bulk.js';
import { noProgress } from '@waybill/scripts/command-line/progress.js';
import { testTerminal } from '@waybill/scripts/command-line/testing.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../support/shop.js';

let shop: Shop;
let folder: string;
let sku: string;

beforeAll(async () => {
  shop = await openShop();
  sku = await shop.product({ onHand: 3 });
  folder = await mkdtemp(join(tmpdir(), 'waybill-bulk-'));
});
afterAll(async () => {
  await shop?.close();
  await rm(folder, { recursive: true, force: true });
});

async function run(...args: string[]) {
  const terminal = testTerminal(...args, '--url', shop.url);
  const exitCode = await bulk(terminal, noProgress);
  return { exitCode, stdout: terminal.stdout, stderr: terminal.stderr };
}

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('bulk', () => {
  it('shows what a file changes, changes it, and has nothing to do the second time', async () => {
    const counted = await file('counted.csv', `sku,on_hand\n${sku},7\n`);
    const dry = await run('import', 'stock', counted, '--dry-run');
    expect(dry).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('on_hand: 3 → 7') });
    expect(dry.stdout).toContain('Nothing has changed.');
    expect((await shop.stock(sku)).onHand).toBe(3);
    expect(await run('import', 'stock', counted)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('It is so now.'),
    });
    expect((await shop.stock(sku)).onHand).toBe(7);
    const again = await run('import', 'stock', counted, '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ totals: { changed: 0, unchanged: 1 } });
  });

  it('changes nothing where a line is wrong, unless it may be left out', async () => {
    const lines = [
      { sku, price: '12.00' },
      { sku: 'NONE', price: '1' },
    ];
    const path = await file('prices.jsonl', lines.map((line) => JSON.stringify(line)).join('\n'));
    const refused = await run('import', 'prices', path);
    expect(refused.exitCode).toBe(1);
    expect(refused.stdout).toContain(`${path}:2: NOT_FOUND: There is no SKU NONE.`);
    expect(refused.stdout).toContain('Nothing has changed.');
    const left = await run('import', 'prices', path, '--skip-wrong', '--note', 'Winter');
    expect(left).toMatchObject({ exitCode: 0 });
    expect(left.stdout).toContain('20.00 %');
    const exported = await run('export', 'prices');
    expect(exported.stdout).toContain(`\n${sku},12.00,\n`);
  });

  it('exports what it imports', async () => {
    const { stdout } = await run('export', 'products', '--format', 'jsonl');
    const path = await file('all.jsonl', stdout);
    const { exitCode, stdout: shown } = await run('import', 'products', path, '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(shown)).toMatchObject({ totals: { created: 0, changed: 0, wrong: 0 } });
  });

  it('says what is wrong with a file, and with how it is called', async () => {
    const bytes = await file('bytes.csv', Buffer.from([0xff, 0xfe]));
    expect(await run('import', 'stock', bytes)).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('NOT_TEXT'),
    });
    const unknown = await file('unknown.csv', 'sku,shelf\nA,1\n');
    expect((await run('import', 'stock', unknown)).stdout).toContain('There is no column "shelf"');
    expect(await run('import', 'stock', join(folder, 'none.csv'))).toMatchObject({ exitCode: 2 });
    expect(await run('import', 'shelves', unknown)).toMatchObject({ exitCode: 2 });
    expect(await run('export', 'prices', '--storefront', 'nowhere')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('no such storefront'),
    });
    expect(await run('--help')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('import'),
    });
  });
});
