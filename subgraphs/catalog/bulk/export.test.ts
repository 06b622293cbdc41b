import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CUSTOMER, openTestCatalog, STAFF, type TestCatalog } from '../testing/catalog.js';
import { apply, sent } from './testing/imports.js';

const CREATE = `mutation ($input: CreateBulkExportInput!) {
  createBulkExport(input: $input) { download { path } userErrors { code field } } }`;

interface Created {
  createBulkExport: { download: { path: string } | null; userErrors: object[] };
}

let catalog: TestCatalog;
const FORMATS = ['CSV', 'JSON_LINES'] as const;

const AWKWARD = [
  { sku: 'A, "1"', title: 'Shirt; "S"', description: ' Two\nlines,\r\nand =3 ', category: 'A > B' },
  { sku: 'É🎈', handle: 'tee', title: 'Tee', options: { 'a=b': 'c|d', e: '{' }, active: false },
  { sku: 'TEE-2', handle: 'tee', options: { size: 'M=1' } },
  { sku: '{"}', title: '#', published: false, price: '0.10', on_hand: 0 },
];

beforeAll(async () => {
  catalog = await openTestCatalog();
  await catalog.location('depot');
  await catalog.storefront('blue', 'JPY');
  const file = AWKWARD.map((line) => JSON.stringify(line)).join('\n');
  const { id } = await sent(catalog, { kind: 'PRODUCTS', format: 'JSON_LINES' }, file);
  expect(await apply(catalog, { id })).toMatchObject({ userErrors: [] });
  const more: Array<[string, string]> = [
    [
      'PRICES',
      '{"sku":"TEE-2","price":"3"}\n{"sku":"TEE-2","price":"4","valid_from":"2999-01-01T00:00:00Z"}',
    ],
    ['STOCK', '{"sku":"TEE-2","on_hand":7,"location":"depot"}'],
  ];
  for (const [kind, lines] of more) {
    await apply(catalog, { id: (await sent(catalog, { kind, format: 'JSON_LINES' }, lines)).id });
  }
});
afterAll(() => catalog.close());

const create = async (input: object, as = STAFF) =>
  (await catalog.ask<Created>(CREATE, { input }, as)).createBulkExport;

const get = (path: string, method = 'GET') =>
  catalog.files({ method, path, headers: {}, body: Readable.from([]) });

async function exported(input: object): Promise<string> {
  const { download } = await create(input);
  const { body } = await get(download?.path ?? '');
  return text(body as Readable);
}

describe.each(FORMATS)('an export as %s', (format) => {
  it.each(['PRODUCTS', 'PRICES', 'STOCK'])(
    'of %s says nothing new when it is imported',
    async (kind) => {
      const file = await exported({ kind, format });
      const { totals, problems } = await sent(catalog, { kind, format }, file);
      expect(problems.edges).toEqual([]);
      expect(totals).toMatchObject({ created: 0, changed: 0, wrong: 0 });
      expect(totals?.unchanged).toBe({ PRODUCTS: 4, PRICES: 3, STOCK: 5 }[kind]);
    },
  );
});

describe('an export', () => {
  it('is of one storefront or location', async () => {
    expect(await exported({ kind: 'PRICES', storefront: 'blue' })).toBe('sku,price,valid_from\n');
    expect(await exported({ kind: 'STOCK', location: 'depot' })).toBe(
      'sku,location,on_hand\nTEE-2,depot,7\n',
    );
  });

  it('goes on from page to page, and holds no more than what is being sent', async () => {
    await catalog.db.query(
      'test.many',
      `with variant as (
         insert into variants (id, product_id, sku, title, options)
         select gen_random_uuid(), (select min(id::text)::uuid from products), 'P-' || n, 'P',
           jsonb_build_array(jsonb_build_object('name', 'n', 'value', n::text))
         from generate_series(1, 2100) as n returning id
       )
       insert into stock_levels (variant_id, location_id)
       select variant.id, locations.id from variant, locations where code = 'main'`,
    );
    const skus = (await exported({ kind: 'STOCK', location: 'main' })).split('\n').slice(1, -1);
    expect(new Set(skus).size).toBe(2104);
    const { download } = await create({ kind: 'PRODUCTS' });
    const body = (await get(download?.path ?? '')).body as Readable;
    for await (const _ of body) break;
    expect(body.destroyed).toBe(true);
  });

  it('is for staff of the storefront, until its path expires', async () => {
    expect(await catalog.errorCodes(CREATE, { input: { kind: 'STOCK' } }, CUSTOMER)).toEqual([
      'FORBIDDEN',
    ]);
    const elsewhere = { ...STAFF, realms: [MAIN_STOREFRONT_ID] };
    expect(await create({ kind: 'PRICES', storefront: 'blue' }, elsewhere)).toEqual({
      download: null,
      userErrors: [{ code: 'UNKNOWN_STOREFRONT', field: ['storefront'] }],
    });
    const { download } = await create({ kind: 'PRODUCTS' });
    expect(await get(download?.path ?? '', 'PUT')).toMatchObject({ status: 404 });
    expect(await get(download?.path ?? '')).toMatchObject({
      status: 200,
      headers: { 'content-disposition': 'attachment; filename="products.csv"' },
    });
    await catalog.db.query('test.late', 'update bulk_exports set expires_at = now()');
    expect(await get(download?.path ?? '')).toMatchObject({ status: 404 });
  });
});
