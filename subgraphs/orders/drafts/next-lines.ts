import type { QuotedItem } from '@waybill/schema/commands.js';
import { checkLine, quoteLines } from '../quote-lines.js';
import { addLines, checkSize, type DraftLine, setCharges, setLines } from '../rules/draft-lines.js';
import type { OrdersUserError } from '../user-errors.js';
import type { DraftChange } from './check-change.js';
import type { Draft } from './draft.js';

/** The lines of a draft after a change, new ones at today's price, or why it cannot have them. Pure. */
export function nextLines(
  draft: Draft,
  change: DraftChange,
  items: ReadonlyMap<string, QuotedItem | null>,
): { lines: DraftLine[] } | { errors: OrdersUserError[] } {
  const { lines: asked, charges, how } = change;
  const currency = change.details.currency ?? draft.currency;
  const least = how === 'add' ? 1 : 0;
  const invalid = [
    ...asked.flatMap((line, i) =>
      checkLine(line.quantity, line.quotedUnitPrice, currency, 'lines', i, least),
    ),
    ...(charges ?? []).flatMap((line, i) =>
      checkLine(line.quantity, line.unitPrice, currency, 'charges', i),
    ),
  ];
  if (invalid.length > 0) return { errors: invalid };

  const priced = priceLines(change, currency, items);
  if ('errors' in priced) return priced;
  const changed =
    how === 'add'
      ? addLines(draft.lines, priced.goods)
      : setLines(draft.lines, priced.goods, how === 'replace');
  const lines = charges ? setCharges(changed, priced.charges) : changed;
  const errors = checkSize(lines, draft.isGuests, ['lines']);
  return errors.length > 0 ? { errors } : { lines };
}

/** What is to have no units any more has no price either, and need not be for sale. */
function priceLines(
  { lines: asked, charges = [] }: DraftChange,
  currency: string,
  items: ReadonlyMap<string, QuotedItem | null>,
): { goods: DraftLine[]; charges: DraftLine[] } | { errors: OrdersUserError[] } {
  const wanted = asked.flatMap((line, index) => (line.quantity > 0 ? [{ ...line, index }] : []));
  const quoted = quoteLines({ currency, lines: wanted, charges }, items);
  if ('errors' in quoted) {
    const fields = ({ field }: OrdersUserError) =>
      field?.[0] === 'lines' && field[1]
        ? ['lines', `${wanted[Number(field[1])]?.index}`, ...field.slice(2)]
        : field;
    return { errors: quoted.errors.map((error) => ({ ...error, field: fields(error) })) };
  }
  const lines = quoted.lines.map((line, i) => ({
    ...line,
    priceQuoted: line.kind === 'CHARGE' || wanted[i]?.quotedUnitPrice != null,
  }));
  const removed = asked.filter(({ quantity }) => quantity === 0).map(({ sku }) => noUnits(sku));
  return {
    goods: [...lines.slice(0, wanted.length), ...removed],
    charges: lines.slice(wanted.length),
  };
}

function noUnits(sku: string): DraftLine {
  return {
    lineNumber: 0,
    kind: 'PRODUCT',
    sku,
    productId: null,
    title: '',
    quantity: 0,
    unitPrice: 0,
    priceId: null,
    priceQuoted: false,
  };
}
