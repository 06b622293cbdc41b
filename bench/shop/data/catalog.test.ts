import { describe, expect, it } from 'vitest';
import { benchCatalog } from './catalog.js';
import { benchOrders } from './orders.js';
import { benchSearches } from './searches.js';

const catalog = benchCatalog(4_000);

describe('the catalog of the bench', () => {
  it('has no title, handle or SKU twice', () => {
    for (const of of ['title', 'handle'] as const) {
      expect(new Set(catalog.map((product) => product[of])).size).toBe(4_000);
    }
    const skus = catalog.flatMap(({ variants }) => variants.map(({ sku }) => sku));
    expect(new Set(skus).size).toBe(16_000);
  });

  it('has no word that begins another one, so that searches by beginnings find the same as searches by words', () => {
    const texts = catalog.flatMap(({ title, department, description }) => [
      title,
      department,
      description,
    ]);
    const words = [
      ...new Set(texts.flatMap((text) => text.toLowerCase().match(/[a-z]{2,}/g) ?? [])),
    ];
    const searched = new Set(benchSearches(catalog, 1_000).flatMap((text) => text.split(' ')));
    for (const word of searched) {
      expect(words.filter((other) => other.startsWith(word))).toEqual([word]);
    }
  });

  it('is searched for different words of its titles', () => {
    const searches = benchSearches(catalog, 40);
    expect(new Set(searches).size).toBe(40);
    expect(searches.filter((words) => words.includes(' '))).toHaveLength(30);
    for (const words of searches) {
      const fits = ({ title }: { title: string }) =>
        words.split(' ').every((word) => title.toLowerCase().split(' ').includes(word));
      expect(catalog.filter(fits).length).toBeGreaterThan(0);
    }
  });

  it('is ordered where something is there', () => {
    const onHand = new Map(
      catalog.flatMap(({ variants }) => variants.map((each) => [each.sku, each.onHand])),
    );
    const orders = benchOrders(catalog, 100, 20);
    expect(orders.map(({ lines }) => lines.length).slice(0, 5)).toEqual([1, 2, 3, 4, 1]);
    for (const { lines } of orders) {
      expect(new Set(lines.map(({ sku }) => sku)).size).toBe(lines.length);
      for (const { sku } of lines) expect(onHand.get(sku)).toBeGreaterThan(0);
    }
  });
});
