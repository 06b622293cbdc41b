import { hygieneViolations, MAX_LINES } from '@waybill/scripts/check/hygiene.js';
import { readSourceFiles } from '@waybill/scripts/check/source-files.js';
import { nounsIn, vocabularyViolations } from '@waybill/scripts/check/vocabulary.js';
import { describe, expect, it } from 'vitest';

describe('kernel and gateway', () => {
  it('know no order-management noun', () => {
    expect(vocabularyViolations(readSourceFiles())).toEqual([]);
  });

  it.each([
    ['const orderId = 1', ['order']],
    ['class PaymentProvider {}', ['payment']],
    ["query('select * from stock_items')", ['stock']],
    ['interface ORDERSPage {}', ['order']],
    ['loadSkus(products)', ['sku', 'product']],
    ["'refunds:all'", ['refund']],
    ["query('select 1 from outbox order by position')", []],
    ['repository.find({ orderBy: { id: 1 } })', []],
    ["'answers come in the same order'", []],
    ['const subgraph = 1; // of an order', []],
    ['reordered, stockpile, borders', []],
  ])('would be caught saying %s', (text, nouns) => {
    expect(nounsIn(text)).toEqual(nouns);
    const violations = vocabularyViolations([{ path: 'kernel/made-up.ts', text }]);
    expect(violations).toHaveLength(nouns.length);
  });

  it('are the only ones that are asked, and not their tests', () => {
    const text = 'const orderId = 1';
    const paths = ['subgraphs/orders/a.ts', 'kernel/a.test.ts', 'gateway/testing/fixture.ts'];
    expect(vocabularyViolations(paths.map((path) => ({ path, text })))).toEqual([]);
  });
});

describe('every file', () => {
  it('is short and finished', () => {
    expect(hygieneViolations(readSourceFiles())).toEqual([]);
  });

  it('would be caught being long', () => {
    const file = (lines: number) => [{ path: 'kernel/long.ts', text: 'x;\n'.repeat(lines) }];
    expect(hygieneViolations(file(MAX_LINES))).toEqual([]);
    expect(hygieneViolations(file(MAX_LINES + 1))).toHaveLength(1);
  });

  it('would be caught being built beside its source', () => {
    const files = ['kernel/a.ts', 'kernel/a.js', 'kernel/a.d.ts', 'scripts/b.d.ts'];
    expect(hygieneViolations(files.map((path) => ({ path, text: '' })))).toEqual([
      'kernel/a.js was built beside its source: delete it',
      'kernel/a.d.ts was built beside its source: delete it',
    ]);
  });

  it.each(['TO' + 'DO: later', 'throw new Error("not ' + 'implemented")', 'FIX' + 'ME'])(
    'would be caught being unfinished: %s',
    (text) => {
      const violations = hygieneViolations([{ path: 'kernel/a.ts', text: `one;\n${text}` }]);
      expect(violations).toEqual([`kernel/a.ts:2 is unfinished: ${text}`]);
    },
  );
});
