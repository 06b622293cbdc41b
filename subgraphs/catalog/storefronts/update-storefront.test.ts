import type { Query } from '@waybill/kernel/database.js';
import type { Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCatalog, STAFF, type TestCatalog } from '../testing/catalog.js';
import { storefrontIds } from './storefront.js';

const MANAGER: Identity & { kind: 'user' } = { kind: 'user', userId: newId(), roles: ['MANAGER'] };

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
});
afterAll(() => catalog.close());

const UPDATE = `mutation ($input: UpdateStorefrontInput!) {
  updateStorefront(input: $input) {
    storefront { name colours { primary secondary } currency captureOn sender { name } }
    userErrors { code field }
  }
}`;

const id = storefrontIds.encode(MAIN_STOREFRONT_ID);

function update(input: object, identity: Identity = MANAGER) {
  return catalog.ask(UPDATE, { input: { id, ...input } }, identity);
}

const setPrice = (query: Query, storefrontId: string, currency: string) =>
  query(
    'test.price',
    `insert into prices (id, variant_id, storefront_id, amount, currency, valid_from, set_by)
     select $1, id, $2, 100, $3, now(), 'test' from variants limit 1`,
    [newId(), storefrontId, currency],
  );

describe('updateStorefront', () => {
  it('changes what is named, and null takes it away', async () => {
    const sender = { name: 'Main', address: 'main@example.com' };
    await update({ colours: { primary: '#123456' }, captureOn: 'SHIPMENT', sender });
    const storefront = {
      name: 'Shop',
      colours: { primary: '#123456', secondary: null },
      currency: 'GBP',
      captureOn: 'SHIPMENT',
      sender: { name: 'Main' },
    };
    expect(await update({ name: 'Shop' })).toEqual({
      updateStorefront: { storefront, userErrors: [] },
    });
    expect(await update({ colours: null, captureOn: null, sender: null })).toMatchObject({
      updateStorefront: {
        storefront: { colours: { primary: null }, captureOn: null, sender: null },
      },
    });
  });

  it('changes nothing where anything is wrong', async () => {
    expect(await update({ name: 'Other', currency: 'nothing' })).toEqual({
      updateStorefront: {
        storefront: null,
        userErrors: [{ code: 'INVALID_CURRENCY', field: ['currency'] }],
      },
    });
    expect(await update({})).not.toMatchObject({
      updateStorefront: { storefront: { name: 'Other' } },
    });
  });

  it.each(['nonsense', storefrontIds.encode(newId())])('knows no %s', async (unknown) => {
    expect(await update({ id: unknown, name: 'x' })).toEqual({
      updateStorefront: { storefront: null, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] },
    });
  });

  it('is for managers of this storefront, who open none', async () => {
    const [here, there] = [[MAIN_STOREFRONT_ID], [newId()]].map((realms) => ({
      ...MANAGER,
      realms,
    }));
    expect(await update({ name: 'Ours' }, here)).toMatchObject({
      updateStorefront: { storefront: { name: 'Ours' }, userErrors: [] },
    });
    const forbidden = { storefront: null, userErrors: [{ code: 'FORBIDDEN' }] };
    expect(await update({ name: 'Theft' }, there)).toMatchObject({ updateStorefront: forbidden });
    const input = { code: 'another', name: 'Another', currency: 'EUR', locale: 'de' };
    const create = `mutation ($input: CreateStorefrontInput!) {
      createStorefront(input: $input) { storefront { id } userErrors { code } } }`;
    expect(await catalog.ask(create, { input }, here)).toEqual({ createStorefront: forbidden });
  });

  it('shows its policy to its own staff only', async () => {
    await update({ captureOn: 'SHIPMENT' });
    const policy = (realms: string[]) =>
      catalog.ask('{ storefront(code: "main") { captureOn } }', {}, { ...MANAGER, realms });
    expect(await policy([MAIN_STOREFRONT_ID])).toEqual({ storefront: { captureOn: 'SHIPMENT' } });
    expect(await policy([newId()])).toEqual({ storefront: { captureOn: null } });
  });

  it('keeps its currency once it has prices', async () => {
    expect(await update({ currency: 'CHF' })).toMatchObject({
      updateStorefront: { storefront: { currency: 'CHF' } },
    });
    await update({ currency: 'GBP' });
    await catalog.stock('PRICED', 1);
    expect(await update({ currency: 'CHF' })).toMatchObject({
      updateStorefront: { userErrors: [{ code: 'CURRENCY_FIXED', field: ['currency'] }] },
    });
  });

  it('keeps its currency also where its first price is just being set', async () => {
    await catalog.stock('FIRST', 1);
    const storefrontId = await catalog.storefront('first', 'GBP');
    const { waiting } = await catalog.db.transaction(async (query) => {
      await setPrice(query, storefrontId, 'GBP');
      const waiting = update({ id: storefrontIds.encode(storefrontId), currency: 'CHF' });
      await expect.poll(catalog.lockWaits).toBe(1);
      return { waiting };
    });
    expect(await waiting).toMatchObject({
      updateStorefront: { userErrors: [{ code: 'CURRENCY_FIXED', field: ['currency'] }] },
    });
  });

  it('has no price in a currency that it has just given up', async () => {
    await catalog.stock('LATE', 1);
    const storefrontId = await catalog.storefront('late', 'CHF');
    await expect(setPrice(catalog.db.query, storefrontId, 'GBP')).rejects.toThrow(
      'prices_in_currency',
    );
  });

  it('is for managers', async () => {
    expect(await update({ name: 'Theft' }, STAFF)).toMatchObject({
      updateStorefront: { storefront: null, userErrors: [{ code: 'FORBIDDEN' }] },
    });
  });
});
