import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_LINES, MAX_QUANTITY } from '../quote-lines.js';
import {
  addLines,
  changedLines,
  checkSize,
  type DraftLine,
  MAX_GUEST_LINES,
  mergeLines,
  setCharges,
  setLines,
  totalOf,
} from './draft-lines.js';

function line(sku: string, quantity: number, changes: Partial<DraftLine> = {}): DraftLine {
  return {
    lineNumber: 1,
    kind: 'PRODUCT',
    sku,
    productId: null,
    title: sku,
    quantity,
    unitPrice: 100,
    priceId: null,
    priceQuoted: false,
    ...changes,
  };
}

const charge = (code: string, unitPrice: number) =>
  line(code, 1, { kind: 'CHARGE', unitPrice, priceQuoted: true });

const shown = (lines: DraftLine[]) =>
  lines.map(({ lineNumber, sku, quantity }) => `${lineNumber} ${quantity}x${sku}`);

describe('adding', () => {
  it('adds units of the same SKU up, and puts others behind', () => {
    const lines = addLines([line('A', 1)], [line('B', 2), line('A', 3), line('B', 1)]);
    expect(shown(lines)).toEqual(['1 4xA', '2 3xB']);
  });

  it('keeps the price of what is there, unless staff name another', () => {
    const before = [line('A', 1, { unitPrice: 90 })];
    expect(addLines(before, [line('A', 1)])[0]?.unitPrice).toBe(90);
    const quoted = line('A', 1, { unitPrice: 50, priceQuoted: true });
    expect(addLines(before, [quoted])[0]).toMatchObject({
      unitPrice: 50,
      quantity: 2,
      priceQuoted: true,
    });
  });

  it('keeps charges at the end', () => {
    expect(shown(addLines([line('A', 1), charge('POST', 300)], [line('B', 1)]))).toEqual([
      '1 1xA',
      '2 1xB',
      '3 1xPOST',
    ]);
  });
});

describe('setting', () => {
  const before = [line('A', 1), line('B', 2), charge('POST', 300)];

  it('says how many there are, none for 0', () => {
    const lines = setLines(before, [line('B', 5), line('A', 0), line('C', 1), line('D', 0)], false);
    expect(shown(lines)).toEqual(['1 5xB', '2 1xC', '3 1xPOST']);
  });

  it('leaves only what is named, and charges, where all is replaced', () => {
    expect(shown(setLines(before, [line('B', 1)], true))).toEqual(['1 1xB', '2 1xPOST']);
    expect(shown(setLines(before, [], true))).toEqual(['1 1xPOST']);
  });

  it('puts charges in the place of those before', () => {
    expect(shown(setCharges(before, [charge('GIFT', 1)]))).toEqual(['1 1xA', '2 2xB', '3 1xGIFT']);
    expect(shown(setCharges(before, []))).toEqual(['1 1xA', '2 2xB']);
  });
});

describe('merging', () => {
  it('adds up, up to what one line can have, and makes a charge once', () => {
    const mine = [line('A', MAX_QUANTITY), line('B', 1), charge('POST', 300)];
    const theirs = [line('A', 5), line('B', 2), line('C', 3), charge('POST', 900)];
    const lines = mergeLines(mine, theirs);
    expect(shown(lines)).toEqual([`1 ${MAX_QUANTITY}xA`, '2 3xB', '3 3xC', '4 1xPOST']);
    expect(lines.at(-1)?.unitPrice).toBe(300);
  });
});

describe('what a draft can hold', () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => line(`S${i}`, 1));
  const codes = (lines: DraftLine[], isGuests = false) =>
    checkSize(lines, isGuests, ['lines']).map(({ code }) => code);

  it('has so many lines, for a guest fewer', () => {
    expect(codes(many(MAX_LINES))).toEqual([]);
    expect(codes(many(MAX_LINES + 1))).toEqual(['INVALID_INPUT']);
    expect(codes(many(MAX_GUEST_LINES), true)).toEqual([]);
    expect(codes(many(MAX_GUEST_LINES + 1), true)).toEqual(['INVALID_INPUT']);
  });

  it('has so many units, and a total that can be counted', () => {
    expect(codes([line('A', MAX_QUANTITY)])).toEqual([]);
    expect(codes([line('A', MAX_QUANTITY + 1)])).toEqual(['INVALID_QUANTITY']);
    expect(codes([line('A', 2, { unitPrice: Number.MAX_SAFE_INTEGER })])).toEqual([
      'INVALID_PRICE',
    ]);
  });
});

describe('what changed', () => {
  it('is told by its new units, 0 where it was removed', () => {
    const before = [line('A', 1), line('B', 2), line('C', 3)];
    const after = setLines(before, [line('B', 4), line('C', 0), line('D', 1)], false);
    const changes = changedLines(before, after);
    expect(changes.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      ['B', 4],
      ['D', 1],
      ['C', 0],
    ]);
    expect(changedLines(after, after)).toEqual([]);
  });
});

const someLines = fc.uniqueArray(
  fc.record({ sku: fc.constantFrom('A', 'B', 'C', 'D'), quantity: fc.integer({ min: 1, max: 9 }) }),
  { selector: ({ sku }) => sku },
);
const drafted = someLines.map((lines) =>
  addLines(
    [],
    lines.map(({ sku, quantity }) => line(sku, quantity)),
  ),
);

it('has one line per SKU, numbered without gaps, whatever is done to it', () => {
  const change = fc.tuple(fc.constantFrom('add', 'set', 'replace', 'merge'), drafted);
  fc.assert(
    fc.property(drafted, fc.array(change), (start, changes) => {
      const lines = changes.reduce((now, [how, others]) => {
        if (how === 'add') return addLines(now, others);
        return how === 'merge' ? mergeLines(now, others) : setLines(now, others, how === 'replace');
      }, start);
      expect(lines.map(({ lineNumber }) => lineNumber)).toEqual(lines.map((_, i) => i + 1));
      expect(new Set(lines.map(({ sku }) => sku)).size).toBe(lines.length);
    }),
  );
});

it('loses no unit when merged, from whichever side', () => {
  fc.assert(
    fc.property(drafted, drafted, (mine, theirs) => {
      expect(totalOf(mergeLines(mine, theirs))).toBe(totalOf(mine) + totalOf(theirs));
      expect(totalOf(mergeLines(theirs, mine))).toBe(totalOf(mine) + totalOf(theirs));
    }),
  );
});
