import type { Allotment, StockRow } from '../allocate.js';

/** What is known of a variant while its stock is locked. */
export interface WatchedRow extends StockRow {
  /** Below how many units it is low; 0 where nobody wants to know. */
  threshold: number;
  /** Whether it is known to be low. */
  low: boolean;
}

/** Variants that fall below their threshold by what is given away, and those that had come above it unnoticed. */
export interface Crossings {
  fallen: string[];
  recovered: string[];
}

export function crossingsOf(rows: WatchedRow[], allotments: Allotment[]): Crossings {
  const crossings: Crossings = { fallen: [], recovered: [] };
  for (const [variantId, levels] of Map.groupBy(rows, (row) => row.variantId)) {
    const [{ threshold, low }] = levels as [WatchedRow];
    const before = sum(
      levels.filter(({ open }) => open).map((row) => row.onHand - row.reserved - row.backordered),
    );
    const given = allotments.filter((allotment) => allotment.variantId === variantId);
    const after = before - sum(given.map(({ quantity }) => quantity));
    const wasLow = low && before < threshold;
    const isLow = threshold > 0 && after < threshold;
    if (low && !wasLow) crossings.recovered.push(variantId);
    if (!wasLow && given.length > 0 && isLow) crossings.fallen.push(variantId);
  }
  return crossings;
}

const sum = (units: number[]) => units.reduce((all, each) => all + each, 0);
