import { ofTotal, type Parameters, placedWithin, withinTotal } from './conditions.js';
import type { Sought } from './order-query.js';

/** An index that leads to the orders for which one condition of a list holds. */
export interface Source {
  /** For the names of statements. */
  name: string;
  /** Rows of `order_terms` are called `s`, those of `orders` `o`. */
  table: 'orders' | 'order_terms';
  /** First column of the index, where its rows are sorted by the second within each of the keys. */
  column?: string;
  /** Each leads to a part of the index that is sorted by itself. */
  keys: readonly string[];
  type: 'text' | 'uuid' | 'bpchar';
  /** What holds of all its rows, besides that their first column is `k.key`. */
  also(parameters: Parameters): string[];
  /** Whether each part is sorted by when the orders were placed. */
  isByPlacement: boolean;
  /** Where the index goes by totals: the first and the last of them. */
  total?: { min?: number; max?: number };
  /** What is still to be looked at, row by row. */
  left: Sought;
}

/** The indexes that lead to what is sought; first those that usually lead to the fewest orders. */
export function sourcesOf(sought: Sought): Source[] {
  const { paymentStatus, refundStatus, status, storefrontIds, customerId } = sought;
  return [
    ...underKeys(sought),
    ...byTerms(sought),
    ...needingAttention(sought),
    ...(refundStatus?.includes('NONE') ? [] : byColumn(sought, 'refundStatus', refundStatus)),
    ...(paymentStatus?.includes('PAID') ? [] : byColumn(sought, 'paymentStatus', paymentStatus)),
    ...byColumn(sought, 'customerId', customerId === undefined ? undefined : [customerId]),
    ...byColumn(sought, 'status', status),
    ...byColumn(sought, 'storefrontIds', storefrontIds),
    ...byDate(sought),
    ...byTotalRange(sought),
  ];
}

const COLUMNS = {
  customerId: { name: 'customer', column: 'customer_id', type: 'uuid' },
  storefrontIds: { name: 'storefront', column: 'storefront_id', type: 'uuid' },
  status: { name: 'status', column: 'status', type: 'text' },
  // Orders that are paid, and those without refunds, are most of all: they are in no index of these.
  paymentStatus: { name: 'payment', column: 'payment_status', type: 'text', without: 'PAID' },
  refundStatus: { name: 'refund', column: 'refund_status', type: 'text', without: 'NONE' },
} as const;

export function byColumn(
  sought: Sought,
  field: keyof typeof COLUMNS,
  keys: readonly string[] | undefined,
): Source[] {
  if (!keys) return [];
  const { name, column, type, ...partial } = COLUMNS[field];
  const only = 'without' in partial ? [`o.${column} <> '${partial.without}'`] : [];
  return [
    {
      ...{ name, table: 'orders', column: `o.${column}`, type, isByPlacement: true },
      keys: [...new Set(keys)],
      also: () => only,
      left: { ...sought, [field]: undefined },
    },
  ];
}

/** All orders, the newest first. */
export function allOrders(sought: Sought): Source {
  return single('date', sought);
}

/** All orders in one currency, by their totals. */
export function allByTotal(sought: Sought, total: NonNullable<Sought['total']>): Source {
  const source = single('total', { ...sought, total: undefined }, (parameters) => [
    ...withinTotal(total, parameters),
    `o.placed_at < 'infinity'`,
  ]);
  const column = { column: 'o.currency', keys: [total.currency], type: 'bpchar' } as const;
  return { ...source, ...column, isByPlacement: false, total };
}

function byTerms(sought: Sought): Source[] {
  const { all, any } = sought.terms;
  const of = (keys: readonly string[], terms: Sought['terms']): Source => ({
    ...{ name: 'word', table: 'order_terms', column: 's.term', keys, type: 'text' },
    isByPlacement: true,
    also: () => [],
    left: { ...sought, terms },
  });
  const { any: _, ...without } = sought.terms;
  return [
    ...all.map((term) => of([term], { ...sought.terms, all: all.filter((each) => each !== term) })),
    ...(any ? [of(any, without)] : []),
  ];
}

function needingAttention(sought: Sought): Source[] {
  if (!sought.needsAttention) return [];
  const left = { ...sought, needsAttention: undefined };
  return [single('attention', left, () => ['o.needs_attention is not null'])];
}

function underKeys(sought: Sought): Source[] {
  const { placedUnder } = sought;
  if (!placedUnder) return [];
  const source = single('key', { ...sought, placedUnder: undefined }, (parameters) => [
    `o.placed_by = ${parameters.add(placedUnder.placedBy)} and o.idempotency_key = k.key`,
  ]);
  return [{ ...source, keys: [...new Set(placedUnder.keys)], isByPlacement: false }];
}

function byDate(sought: Sought): Source[] {
  if (!sought.placedFrom && !sought.placedTo) return [];
  const left = { ...sought, placedFrom: undefined, placedTo: undefined };
  return [single('date', left, (parameters) => placedWithin(sought, 'o', parameters))];
}

function byTotalRange(sought: Sought): Source[] {
  const { total } = sought;
  if (total?.min === undefined && total?.max === undefined) return [];
  const source = single('total', { ...sought, total: undefined }, (parameters) => [
    ...ofTotal(total, parameters),
    `o.placed_at < 'infinity'`,
  ]);
  return [{ ...source, isByPlacement: false }];
}

function single(name: string, left: Sought, also: Source['also'] = () => []): Source {
  const whole = { table: 'orders', keys: ['all'], type: 'text', isByPlacement: true } as const;
  return { name, ...whole, also, left };
}
