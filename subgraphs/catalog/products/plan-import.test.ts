import { describe, expect, it } from 'vitest';
import type { ImportRow } from './import-rows.js';
import { type KnownProduct, type KnownVariant, planImport } from './plan-import.js';

const row = (sku: string, more: Partial<ImportRow> = {}): ImportRow => ({
  ...{ index: 0, sku, handle: null },
  ...more,
});

const product = (more: Partial<KnownProduct> = {}): KnownProduct => ({
  ...{ id: 'p', handle: 'mug', title: 'Mug', description: 'Enamel.', category: 'Home' },
  ...{ attributes: {}, published: false, hadPrice: true },
  ...more,
});

const variant = (more: Partial<KnownVariant> = {}): KnownVariant => ({
  ...{ id: 'v', sku: 'A', handle: 'mug', options: [], active: true, amount: 100 },
  ...{ onHand: 5, reserved: 2 },
  ...more,
});

const RULES = { schemasOf: () => [], strict: true };

const plan = (rows: ImportRow[], of = product(), strict = true) =>
  planImport(rows, { products: [of], variants: [variant()] }, { ...RULES, strict });

describe('a plan of an import', () => {
  it('leaves what a row says nothing of, and gives what is new the usual', () => {
    const { products, variants } = plan([row('A'), row('B', { title: 'Cup' })]);
    expect(products).toMatchObject([
      { id: 'p', after: { title: 'Mug', description: 'Enamel.', published: false } },
      { handle: 'b', before: null, after: { title: 'Cup', description: null, published: true } },
    ]);
    expect(variants).toMatchObject([
      { id: 'v', after: { active: true, amount: 100, onHand: 5 } },
      { before: null, after: { active: true, amount: null, onHand: 0, options: [] } },
    ]);
  });

  it.each([
    [{}, false],
    [{ hadPrice: false }, true],
    [{ published: true }, true],
  ])('publishes where it has never been: %j', (known, published) => {
    const asked = row('A', { published: 'where it has never been' });
    expect(plan([asked], product(known)).products[0]?.after.published).toBe(published);
  });

  it('takes no stock below what is reserved, and leaves a variant with its product', () => {
    const problems = (more: object) => plan([row('A', more)]).problems;
    expect(problems({ onHand: 2 })).toEqual([]);
    expect(problems({ onHand: 1 })).toMatchObject([
      { code: 'STOCK_BELOW_RESERVED', field: ['onHand'] },
    ]);
    expect(problems({ handle: 'cup' })).toMatchObject([{ code: 'PRODUCT_FIXED' }]);
  });

  it('takes what the first good row of a product says of it', () => {
    const rows = [
      row('A', { onHand: 0, title: 'Pot' }),
      row('B', { handle: 'mug', title: 'Cup', options: [{ name: 'size', value: 'M' }] }),
      row('C', { handle: 'mug', title: 'Jug', options: [{ name: 'size', value: 'L' }] }),
    ];
    expect(plan(rows).problems).toMatchObject([
      { code: 'STOCK_BELOW_RESERVED' },
      { code: 'CONFLICTING_LINE', field: ['title'] },
    ]);
    const lenient = plan(rows, product(), false);
    expect(lenient.products).toMatchObject([{ after: { title: 'Cup' } }]);
    expect(lenient.variants).toHaveLength(2);
  });
});
