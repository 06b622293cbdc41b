import { openDatabase } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { testDatabase } from '@waybill/kernel/testing/database.js';
import { expect, it } from 'vitest';
import { handleOfSku } from '../products/handle.js';
import { VariantTable } from '../tables.js';
import { openTestCatalog, STAFF } from '../testing/catalog.js';
import { CreateCatalog } from './20261120-create-catalog.js';

const SKUS = ['MUG-ENAMEL', '85123A', '85123a', 'A/B', 'マグ'];

it('makes a product of each variant there was, with a handle of its SKU, and a category of its words', async () => {
  const url = await testDatabase();
  const db = await openDatabase({ url, entities: [VariantTable], migrations: [CreateCatalog] });
  for (const sku of SKUS) {
    await db.query(
      'test.product',
      `insert into products (id, sku, title, category, price_minor, currency, active)
       values ($1, $2, 'Mug', 'kitchen', 100, 'GBP', $3)`,
      [newId(), sku, sku !== 'A/B'],
    );
  }
  await db.close();

  const catalog = await openTestCatalog(url);
  for (const sku of SKUS) {
    const answer = await catalog.ask(
      `query ($handle: String) {
        product(handle: $handle) { title active category { handle title } variants { sku title options { name } } }
      }`,
      { handle: handleOfSku(sku) },
      STAFF,
    );
    const variants = [{ sku, title: 'Mug', options: [] }];
    const category = { handle: 'kitchen', title: 'kitchen' };
    const active = sku !== 'A/B';
    expect(answer).toEqual({ product: { title: 'Mug', active, category, variants } });
  }
  await catalog.close();
});
