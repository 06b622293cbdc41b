import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CUSTOMER, openTestCatalog, STAFF, type TestCatalog } from '../testing/catalog.js';
import { apply, check, createImport, nodes, put, readImport, sent } from './testing/imports.js';

let catalog: TestCatalog;
let blueId: string;
beforeAll(async () => {
  catalog = await openTestCatalog();
  blueId = await catalog.storefront('blue', 'JPY');
  for (const sku of ['A', 'B', 'C']) await catalog.stock(sku, 1);
});
afterAll(() => catalog.close());

const PRICES = { kind: 'PRICES' };
const FUTURE = '2999-01-01T00:00:00Z';

async function prices(sku: string, storefrontId = MAIN_STOREFRONT_ID) {
  return catalog.db.query(
    'test.prices',
    `select amount::integer, currency, reason, valid_from > now() as "toCome" from prices
     join variants on variants.id = variant_id where sku = $1 and storefront_id = $2 order by prices.id`,
    [sku, storefrontId],
  );
}

describe('a file of prices', () => {
  it('sets those that differ, now and to come, and says by how much', async () => {
    const file = `price,sku,valid_from\n1.50,A,\n0.75,B,\n1,C,\n3,A,${FUTURE}\n`;
    const checked = await sent(catalog, { ...PRICES, note: 'Sale' }, file);
    expect(checked.totals).toMatchObject({
      ...{ lines: 4, created: 0, changed: 3, unchanged: 1, wrong: 0 },
      prices: { up: 2, down: 1, lowest: '-25.00', highest: '200.00' },
    });
    expect(nodes(checked.differences)[2]).toMatchObject({
      ...{ line: 5, sku: 'A', location: null, isNew: false },
      changes: [
        { field: 'price', before: '1.00', after: '3.00' },
        { field: 'valid_from', before: null, after: '2999-01-01T00:00:00.000Z' },
      ],
    });
    expect(await prices('A')).toHaveLength(1);
    expect(await apply(catalog, { id: checked.id })).toMatchObject({ userErrors: [] });
    expect(await prices('A')).toMatchObject([
      { amount: 100 },
      { amount: 150, currency: 'GBP', reason: 'Sale', toCome: false },
      { amount: 300, toCome: true },
    ]);
    const again = await sent(catalog, PRICES, file);
    expect(again.totals).toMatchObject({ changed: 0, unchanged: 4 });
    expect(await apply(catalog, { id: again.id })).toMatchObject({ userErrors: [] });
    expect(await prices('A')).toHaveLength(3);
  });

  it('is in the currency of its storefront, and of new prices where there was none', async () => {
    const input = { ...PRICES, storefront: 'blue', format: 'JSON_LINES' };
    const { id, totals } = await sent(catalog, input, '{"sku":"A","price":900}\n');
    expect(totals).toMatchObject({ created: 1, changed: 0 });
    await apply(catalog, { id });
    expect(await prices('A', blueId)).toMatchObject([{ amount: 900, currency: 'JPY' }]);
  });

  it('reports each line that is wrong', async () => {
    const file = [
      'sku,price,valid_from',
      'A,cheap,',
      'A,1.234,',
      'NONE,1,',
      'B,5,2001-01-01T00:00:00Z',
      'B,5,tomorrow',
      'C,5,',
      'C,6,',
      'B,,',
    ].join('\n');
    const { problems, totals } = await sent(catalog, PRICES, file);
    expect(totals).toMatchObject({ lines: 8, changed: 1, wrong: 7 });
    expect(nodes(problems).map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, 'price', 'INVALID_PRICE'],
      [3, 'sku', 'DUPLICATE_LINE'],
      [3, 'price', 'INVALID_PRICE'],
      [4, 'sku', 'NOT_FOUND'],
      [5, 'valid_from', 'INVALID_TIME'],
      [6, 'valid_from', 'INVALID_TIME'],
      [8, 'sku', 'DUPLICATE_LINE'],
      [9, 'price', 'MISSING_VALUE'],
    ]);
  });

  it.each([
    ['nothing', '', 422, 'NO_LINES'],
    ['a header alone', 'sku,price\n', 422, 'NO_LINES'],
    ['another column', 'sku,prise\nA,1', 422, 'UNKNOWN_COLUMN'],
    ['a column twice', 'sku,price,price\nA,1,1', 422, 'DUPLICATE_COLUMN'],
    ['no SKU', 'price\n1', 422, 'MISSING_COLUMN'],
    ['an open quote', 'sku,price\nA,"1\n', 422, 'UNREADABLE'],
    ['bytes', Buffer.from([0xff, 0xfe, 0x41]), 415, 'NOT_TEXT'],
  ])('cannot be read where it has %s', async (_, file, status, code) => {
    const { id, path } = await createImport(catalog, PRICES);
    const answer = await put(catalog, path, file);
    expect([answer.status, JSON.parse(String(answer.body)).code]).toEqual([status, code]);
    const failed = await readImport(catalog, id);
    expect(failed).toMatchObject({ status: 'FAILED', totals: null });
    expect(failed && nodes(failed.problems)).toMatchObject([{ code }]);
    expect(await apply(catalog, { id })).toMatchObject({ userErrors: [{ code: 'NOT_CHECKED' }] });
  });
});

describe('an import', () => {
  const elsewhere = { ...STAFF, realms: [MAIN_STOREFRONT_ID] };

  it('is seen and applied only by staff of its storefront', async () => {
    const input = { ...PRICES, storefront: 'blue' };
    const { id } = await sent(catalog, input, 'sku,price\nB,500');
    expect(await readImport(catalog, id, elsewhere)).toBe(null);
    const notFound = { bulkImport: null, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] };
    expect(await apply(catalog, { id }, elsewhere)).toEqual(notFound);
    expect(await check(catalog, id, elsewhere)).toEqual(notFound);
    expect(await createImport(catalog, input, elsewhere)).toMatchObject({
      userErrors: [{ code: 'UNKNOWN_STOREFRONT', field: ['storefront'] }],
    });
    const source = 'query ($id: ID!) { bulkImport(id: $id) { id } }';
    expect(await catalog.errorCodes(source, { id }, CUSTOMER)).toEqual(['FORBIDDEN']);
    expect(await prices('B', blueId)).toEqual([]);
  });

  it.each([
    [{ kind: 'STOCK', location: 'nowhere' }, 'LOCATION_NOT_FOUND', 'location'],
    [{ kind: 'STOCK', note: 'a\0' }, 'INVALID_TEXT', 'note'],
    [{ kind: 'PRICES', storefront: 'a\0' }, 'UNKNOWN_STOREFRONT', 'storefront'],
  ])('is not begun by %j', async (input, code, field) => {
    expect(await createImport(catalog, input)).toEqual({
      id: '',
      path: '',
      userErrors: [{ code, field: [field] }],
    });
  });

  it('takes its file for an hour, at its own path', async () => {
    const { path } = await createImport(catalog, PRICES);
    expect(await put(catalog, '/files/imports/other', 'sku\n')).toMatchObject({ status: 404 });
    await catalog.db.query(
      'test.late',
      `update bulk_imports set expires_at = now() where status = 'AWAITING_FILE'`,
    );
    expect(await put(catalog, path, 'sku\n')).toMatchObject({ status: 404 });
    expect(
      await catalog.db.query(
        'test.parts',
        'select 1 from bulk_files where file_id not in (select file_id from bulk_imports where file_id is not null)',
      ),
    ).toEqual([]);
  });
});
