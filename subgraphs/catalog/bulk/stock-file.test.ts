import { newId } from '@waybill/kernel/ids.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCatalog, type TestCatalog } from '../testing/catalog.js';
import { apply, check, createImport, nodes, put, readImport, sent } from './testing/imports.js';

let catalog: TestCatalog;
beforeAll(async () => {
  catalog = await openTestCatalog();
  await catalog.location('depot');
});
afterAll(() => catalog.close());

const STOCK = { kind: 'STOCK' };

describe('a file of stock', () => {
  it('changes nothing when it is checked, and what it has shown when it is applied', async () => {
    await catalog.stock('A', 5);
    await catalog.stock('B', 3);
    const file = [
      'sku,location,on_hand,delta,reason,note',
      'A,,8,,,',
      'A,depot,,4,received,"Delivered, ""late"""',
      'B,main,3,,,',
    ].join('\r\n');
    const checked = await sent(catalog, { ...STOCK, note: 'Count' }, `\uFEFF${file}\r\n`);
    expect(checked).toMatchObject({
      status: 'CHECKED',
      totals: { lines: 3, created: 0, changed: 2, unchanged: 1, wrong: 0 },
    });
    expect(checked.totals?.stock).toEqual({ unitsBefore: 8, unitsAfter: 15 });
    const change = { field: 'on_hand', before: '5', after: '8' };
    expect(nodes(checked.differences)).toEqual([
      { line: 2, sku: 'A', location: 'main', isNew: false, changes: [change] },
      expect.objectContaining({ line: 3, location: 'depot' }),
    ]);
    expect(await catalog.counts('A')).toEqual({ onHand: 5, reserved: 0 });

    const applied = await apply(catalog, { id: checked.id });
    expect(applied).toMatchObject({ bulkImport: { status: 'APPLIED' }, userErrors: [] });
    expect(await catalog.counts('A')).toEqual({ onHand: 12, reserved: 0 });
    const ledger = await catalog.db.query(
      'test.ledger',
      `select reason, delta, note, reference_id = $1::uuid as "byImport"
       from stock_changes join variants on id = variant_id where sku = 'A' order by position`,
      [checked.id.split('_')[1]],
    );
    expect(ledger.slice(1)).toEqual([
      { reason: 'SET', delta: 3, note: 'Count', byImport: true },
      { reason: 'RECEIVED', delta: 4, note: 'Delivered, "late"', byImport: true },
    ]);

    expect(await apply(catalog, { id: checked.id })).toEqual(applied);
    expect(await catalog.counts('A')).toEqual({ onHand: 12, reserved: 0 });
    expect(await catalog.unaccounted()).toEqual([]);
  });

  it('counts what came in once, however often the file is sent, unless told to', async () => {
    await catalog.stock('C', 0);
    const file = 'sku,delta,reason\nC,10,FOUND';
    await apply(catalog, { id: (await sent(catalog, STOCK, file)).id });
    const { id } = await sent(catalog, STOCK, file);
    expect(await apply(catalog, { id })).toMatchObject({
      userErrors: [{ code: 'ALREADY_APPLIED' }],
    });
    expect(await catalog.counts('C')).toMatchObject({ onHand: 10 });
    expect(await apply(catalog, { id, again: true })).toMatchObject({ userErrors: [] });
    expect(await catalog.counts('C')).toMatchObject({ onHand: 20 });
    const counted = await sent(catalog, STOCK, 'sku,on_hand\nC,7');
    await apply(catalog, { id: counted.id });
    expect(await sent(catalog, STOCK, 'sku,on_hand\nC,7')).toMatchObject({
      totals: { changed: 0, unchanged: 1 },
    });
  });

  it('is not applied over what has changed since, until it is checked again', async () => {
    await catalog.stock('D', 1);
    const { id } = await sent(catalog, STOCK, 'sku,on_hand\nD,9');
    await apply(catalog, { id: (await sent(catalog, STOCK, 'sku,on_hand\nD,4')).id });
    expect(await apply(catalog, { id })).toMatchObject({
      bulkImport: null,
      userErrors: [{ code: 'CHANGED_SINCE' }],
    });
    expect(await catalog.counts('D')).toMatchObject({ onHand: 4 });
    const { bulkImport } = await check(catalog, id);
    expect(bulkImport && nodes(bulkImport.differences)).toMatchObject([
      { changes: [{ before: '4', after: '9' }] },
    ]);
    expect(await apply(catalog, { id })).toMatchObject({ userErrors: [] });
    expect(await catalog.counts('D')).toMatchObject({ onHand: 9 });
  });

  it('reports each wrong line, and is applied without them only where that is said', async () => {
    await catalog.stock('E', 5);
    await catalog.stock('F', 5);
    await catalog.commands.reserveStock([
      { orderId: newId(), items: [{ sku: 'F', quantity: 3 }], ttlSeconds: 900 },
    ]);
    const file = [
      'sku,location,on_hand,delta,reason,note',
      'E,,6,,,',
      'NONE,,6,,,',
      'E,,7,,,',
      'F,,2,,,',
      'E,nowhere,6,,,',
      'E,depot,6,1,,',
      ',,6,,,',
      'F,depot,many,,,',
      'F,depot,,1,stolen,',
      'F,depot,-1,,,',
      'F,depot,1',
      'F,depot,,,,',
      'F,depot,1,,FOUND,',
      `F,depot,1,,,"a${'\u0000'}"`,
    ].join('\n');
    const checked = await sent(catalog, STOCK, file);
    expect(checked.totals).toMatchObject({ lines: 14, changed: 1, wrong: 13 });
    expect(nodes(checked.problems).map(({ line, column, code }) => [line, column, code])).toEqual([
      [3, 'sku', 'NOT_FOUND'],
      [4, 'sku', 'DUPLICATE_LINE'],
      [5, 'on_hand', 'STOCK_BELOW_RESERVED'],
      [6, 'location', 'LOCATION_NOT_FOUND'],
      [7, 'delta', 'INVALID_VALUE'],
      [7, 'reason', 'MISSING_VALUE'],
      [8, 'sku', 'MISSING_VALUE'],
      [9, 'on_hand', 'INVALID_QUANTITY'],
      [10, 'reason', 'INVALID_VALUE'],
      [11, 'on_hand', 'INVALID_STOCK'],
      [12, null, 'WRONG_CELLS'],
      [13, 'on_hand', 'MISSING_VALUE'],
      [14, 'reason', 'INVALID_VALUE'],
      [15, 'note', 'INVALID_TEXT'],
    ]);
    const { id } = checked;
    expect(await apply(catalog, { id })).toMatchObject({ userErrors: [{ code: 'LINES_WRONG' }] });
    expect(await catalog.counts('E')).toMatchObject({ onHand: 5 });
    expect(await apply(catalog, { id, skipWrong: true })).toMatchObject({ userErrors: [] });
    expect(await catalog.counts('E')).toMatchObject({ onHand: 6 });
    expect(await catalog.counts('F')).toEqual({ onHand: 5, reserved: 3 });
  });

  it('says that it is being worked on, for as long as somebody is at work', async () => {
    await catalog.stock('H', 1);
    const { id } = await sent(catalog, STOCK, 'sku,on_hand\nH,2');
    await catalog.db.transaction(async (query) => {
      const [uuid] = id.split('_').slice(1);
      await query('test.work', 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [uuid]);
      expect(await readImport(catalog, id)).toMatchObject({ status: 'WORKING' });
    });
    expect(await readImport(catalog, id)).toMatchObject({ status: 'CHECKED' });
  });

  it('may be sent again until it is applied', async () => {
    await catalog.stock('G', 1);
    const { id, path } = await createImport(catalog, { ...STOCK, format: 'JSON_LINES' });
    expect(await apply(catalog, { id })).toMatchObject({ userErrors: [{ code: 'NOT_CHECKED' }] });
    expect(await put(catalog, path, '{"sku":"G","on_hand":2}\n{"sku":')).toMatchObject({
      status: 200,
    });
    expect(await readImport(catalog, id)).toMatchObject({ totals: { lines: 2, wrong: 1 } });
    await put(catalog, path, '\n{"sku":"G","on_hand":3}\n');
    const [shown] = nodes((await readImport(catalog, id))?.differences ?? { edges: [] });
    expect(shown).toMatchObject({ line: 2, changes: [{ after: '3' }] });
    await apply(catalog, { id });
    expect(await catalog.counts('G')).toMatchObject({ onHand: 3 });
    expect(await put(catalog, path, '{"sku":"G","on_hand":4}')).toMatchObject({ status: 404 });
    expect(await check(catalog, id)).toMatchObject({ userErrors: [{ code: 'ALREADY_APPLIED' }] });
    expect(
      await catalog.db.query(
        'test.files',
        'select 1 from bulk_files f, bulk_imports i where i.id = $1 and f.file_id = i.file_id',
        [id.split('_')[1]],
      ),
    ).toEqual([]);
  });
});
