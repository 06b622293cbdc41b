import type { QuotedItem } from '@waybill/schema/commands.js';
import type { DraftLine } from '../rules/draft-lines.js';
import { totalOf } from '../rules/draft-lines.js';

/** A line of a draft as it could be placed now. */
export interface QuotedLine {
  /** With today's title and price; as it was where it is not for sale. */
  line: DraftLine;
  priceChanged: boolean;
  sellable: boolean;
  /** Whether there are as many units; nothing is held for a draft, so they may be gone the next moment. */
  available: boolean;
}

export interface DraftQuote {
  lines: QuotedLine[];
  /** Of what can be bought, in minor units. */
  total: number;
  isPlaceable: boolean;
}

/** What a draft costs now; what staff named a price for keeps it. Pure. */
export function quoteDraft(
  draftLines: DraftLine[],
  currency: string,
  items: ReadonlyMap<string, QuotedItem | null>,
): DraftQuote {
  const lines = draftLines.map((line) => quoteLine(line, currency, items.get(line.sku)));
  const sellable = lines.filter((quoted) => quoted.sellable);
  return {
    lines,
    total: totalOf(sellable.map(({ line }) => line)),
    isPlaceable: lines.length > 0 && lines.every((each) => each.sellable && each.available),
  };
}

function quoteLine(
  line: DraftLine,
  currency: string,
  item: QuotedItem | null | undefined,
): QuotedLine {
  if (line.kind === 'CHARGE') return { line, priceChanged: false, sellable: true, available: true };
  if (item?.currency !== currency)
    return { line, priceChanged: false, sellable: false, available: false };
  const { variantId: productId, title } = item;
  const { unitPrice, priceId } = line.priceQuoted ? line : item;
  return {
    line: { ...line, productId, title, unitPrice, priceId },
    priceChanged: unitPrice !== line.unitPrice,
    sellable: true,
    available: item.available >= line.quantity,
  };
}
