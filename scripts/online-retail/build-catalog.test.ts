import { describe, expect, it } from 'vitest';
import { buildCatalog } from './build-catalog.js';
import type { BadRow, Row } from './row.js';
import { asStream, row } from './testing.js';

const build = (...rows: Array<Row | BadRow>) => buildCatalog(asStream(rows));

describe('buildCatalog', () => {
  it('takes the latest description and price', async () => {
    const { products } = await build(
      row({ at: '2011-02-01T00:00:00', description: 'NEW', unitPrice: 550, quantity: 2 }),
      row({ at: '2011-01-01T00:00:00', description: 'OLD', unitPrice: 495, quantity: 3 }),
      row({ at: '2011-03-01T00:00:00', description: '', unitPrice: 550, quantity: 4 }),
      row({
        invoice: 'C1',
        at: '2011-04-01T00:00:00',
        description: 'BACK',
        unitPrice: 1,
        quantity: -1,
      }),
    );
    expect(products).toEqual([
      {
        sku: '22914',
        title: 'NEW',
        price: 550,
        priceHistory: [
          { price: 495, validFrom: '2011-01-01T00:00:00' },
          { price: 550, validFrom: '2011-02-01T00:00:00' },
        ],
      },
    ]);
  });

  it('keeps one price per moment, the later line', async () => {
    const { products } = await build(row({ unitPrice: 100 }), row({ unitPrice: 200 }));
    expect(products[0]?.priceHistory).toEqual([{ price: 200, validFrom: '2010-12-01T08:34:00' }]);
  });

  it('prices goods that only came back', async () => {
    const { products } = await build(row({ invoice: 'C1', quantity: -2, description: '' }));
    expect(products).toMatchObject([{ title: 'Item 22914', price: 495 }]);
  });

  it('names goods without any price, and makes no products of charges', async () => {
    const built = await build(row({ unitPrice: 0 }), row({ stockCode: 'POST' }));
    expect(built).toMatchObject({ products: [], neverPriced: ['22914'], rowsRead: 2 });
  });

  it('knows each customer once, in the country of the latest row', async () => {
    const { customers } = await build(
      row({ at: '2011-02-01', country: 'Belgium' }),
      row({ at: '2011-01-01', country: 'Spain' }),
      row({ customer: null }),
    );
    expect(customers).toEqual([
      { externalId: '13047', name: 'Customer 13047', country: 'Belgium' },
    ]);
  });

  it('passes on what could not be read', async () => {
    const bad = { line: 3, reason: 'Quantity is not a whole number', detail: 'x' };
    expect(await build(bad)).toMatchObject({ bad: [bad], rowsRead: 1 });
  });
});
