import { toDecimal } from '@waybill/kernel/money.js';
import type { QuotedItem } from '@waybill/schema/commands.js';
import { describe, expect, it } from 'vitest';
import type { DraftLine } from '../rules/draft-lines.js';
import { newDraft } from './begin-draft.js';
import { checkPlaceable } from './check-placeable.js';
import type { Draft } from './draft.js';
import { quoteDraft } from './quote-draft.js';

function line(sku: string, changes: Partial<DraftLine> = {}): DraftLine {
  return {
    lineNumber: 1,
    kind: 'PRODUCT',
    sku,
    productId: null,
    title: 'Then',
    quantity: 2,
    unitPrice: 1000,
    priceId: 'then',
    priceQuoted: false,
    ...changes,
  };
}

function item(sku: string, changes: Partial<QuotedItem> = {}): QuotedItem {
  const now = {
    variantId: 'p',
    sku,
    title: 'Now',
    unitPrice: 1000,
    priceId: 'now',
    currency: 'GBP',
  };
  return { ...now, available: 2, ...changes };
}

const quote = (lines: DraftLine[], items: QuotedItem[]) =>
  quoteDraft(lines, 'GBP', new Map(items.map((each) => [each.sku, each])));

describe('what a draft costs now', () => {
  it("is today's price and title, and says what changed", () => {
    const { lines, total, isPlaceable } = quote(
      [line('A'), line('B')],
      [item('A'), item('B', { unitPrice: 1250 })],
    );
    expect(lines).toMatchObject([
      { line: { title: 'Now', unitPrice: 1000, priceId: 'now' }, priceChanged: false },
      { line: { title: 'Now', unitPrice: 1250 }, priceChanged: true },
    ]);
    expect({ total, isPlaceable }).toEqual({ total: 4500, isPlaceable: true });
  });

  it('is what staff named, whatever the catalog says', () => {
    const lines = [
      line('A', { unitPrice: 7, priceQuoted: true }),
      line('POST', { kind: 'CHARGE', quantity: 1, unitPrice: 300, priceQuoted: true }),
    ];
    expect(quote(lines, [item('A')])).toMatchObject({ total: 314, isPlaceable: true });
  });

  it.each<[string, QuotedItem[], object]>([
    ['what is sold no more', [], { sellable: false, available: false }],
    ['another currency', [item('A', { currency: 'EUR' })], { sellable: false }],
    ['too few units', [item('A', { available: 1 })], { sellable: true, available: false }],
  ])('can not be placed with %s', (_name, items, expected) => {
    const { lines, isPlaceable } = quote([line('A')], items);
    expect(lines).toMatchObject([expected]);
    expect(isPlaceable).toBe(false);
  });

  it('leaves out what cannot be bought, and is nothing where nothing is in it', () => {
    expect(quote([line('A'), line('B')], [item('A')]).total).toBe(2000);
    expect(quote([], [])).toEqual({ lines: [], total: 0, isPlaceable: false });
  });
});

describe('what keeps a draft from being placed', () => {
  const mine: Draft = {
    ...newDraft({ customerId: 'ada', storefrontId: 'main' }),
    paymentMethod: 'pm_card_approve',
    lines: [line('A')],
  };
  const guests: Draft = {
    ...newDraft({ customerId: null, storefrontId: 'main', token: 't' }),
    paymentMethod: 'pm',
  };
  const paying = ({ currency, paymentMethod }: Draft) => ({ currency, paymentMethod });
  const codes = (
    draft: Draft,
    items: QuotedItem[],
    expectedTotal: string | null = null,
    lines = mine.lines,
  ) =>
    checkPlaceable(draft, quote(lines, items), { ...paying(draft), expectedTotal }).map(
      ({ code, field }) => `${code} ${field?.join('.')}`,
    );

  it('is nothing where all is said and there', () => {
    expect(codes(mine, [item('A')])).toEqual([]);
    expect(codes(mine, [item('A')], '20.00')).toEqual([]);
    expect(codes({ ...guests, contactEmail: 'a@b.example' }, [item('A')], '20')).toEqual([]);
  });

  it.each<[string, string[], string[]]>([
    ['no lines', codes(mine, [], null, []), ['EMPTY_ORDER lines']],
    [
      'no way to pay',
      codes({ ...mine, paymentMethod: null }, [item('A')]),
      ['INVALID_INPUT paymentMethod'],
    ],
    ['no address for mail', codes(guests, [item('A')]), ['INVALID_INPUT contactEmail']],
    ['what is sold no more', codes(mine, []), ['UNKNOWN_SKU lines.0.sku']],
    [
      'too few units',
      codes(mine, [item('A', { available: 1 })]),
      ['OUT_OF_STOCK lines.0.quantity'],
    ],
    [
      'another price',
      codes(mine, [item('A', { unitPrice: 1001 })], '20.00'),
      ['PRICE_CHANGED expectedTotal'],
    ],
    ['no price', codes(mine, [item('A')], '20.001'), ['INVALID_PRICE expectedTotal']],
  ])('%s', (_name, found, expected) => expect(found).toEqual(expected));

  it('names the price of today', () => {
    const [error] = checkPlaceable(mine, quote(mine.lines, [item('A', { unitPrice: 1234 })]), {
      ...paying(mine),
      expectedTotal: '20',
    });
    expect(error?.message).toContain(toDecimal(2468, 'GBP'));
  });
});
