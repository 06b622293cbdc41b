import type { BenchProduct } from './catalog.js';

/**
 * Words of real titles, a different search each: of every four, three are two words of a title (some ten to forty products)
 * and one is a single word (some hundred or more).
 */
export function benchSearches(catalog: readonly BenchProduct[], count: number): string[] {
  const found = new Set<string>();
  for (let i = 0; found.size < count && i < catalog.length * 4; i += 1) {
    const [style, material, kind] = (catalog[(i * 997) % catalog.length]?.title ?? '')
      .toLowerCase()
      .split(' ');
    const choices = [
      `${style} ${material}`,
      `${material} ${kind}`,
      `${style} ${kind}`,
      [kind, material, style][i % 3],
    ];
    found.add(choices[found.size % choices.length] ?? '');
  }
  return [...found];
}
