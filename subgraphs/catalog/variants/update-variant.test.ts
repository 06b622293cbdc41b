import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CUSTOMER, openTestCatalog, STAFF, type TestCatalog } from '../testing/catalog.js';

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
  await catalog.stock('C', 1);
});
afterAll(() => catalog.close());

const UPDATE = `mutation ($input: UpdateVariantInput!) {
  updateVariant(input: $input) {
    variant { title options { name value } active price { amount } }
    userErrors { code field }
  }
}`;

function update(input: object) {
  return catalog.ask(UPDATE, { input }, STAFF);
}

describe('updateVariant', () => {
  it('changes what is given and nothing else', async () => {
    await catalog.stock('A', 1);
    const options = [{ name: 'size', value: 'M' }];
    await update({ sku: 'A', options });
    expect(await update({ sku: 'A', active: false, options: null })).toEqual({
      updateVariant: {
        variant: {
          title: 'A (M)',
          options,
          active: false,
          price: { amount: '1.00' },
        },
        userErrors: [],
      },
    });
    expect(await update({ sku: 'A', options: [] })).toMatchObject({
      updateVariant: { variant: { title: 'A', options: [] } },
    });
  });

  it.each([
    [{ sku: 'NONE' }, 'NOT_FOUND', 'sku'],
    [{ sku: 'C\0' }, 'NOT_FOUND', 'sku'],
  ])('refuses %j', async (input, code, field) => {
    expect(await update(input)).toMatchObject({
      updateVariant: { variant: null, userErrors: [{ code, field: [field] }] },
    });
  });

  it('is for staff', async () => {
    const input = { sku: 'A', active: false };
    expect(await catalog.errorCodes(UPDATE, { input }, CUSTOMER)).toEqual(['FORBIDDEN']);
  });
});
