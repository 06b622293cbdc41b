import type { OrderRow } from './tables.js';

const AMOUNTS = ['number', 'total', 'authorized', 'captured', 'refunded', 'pending_capture'];
const TIMES = ['expires_at', 'placed_at', 'updated_at'] as const;
const OTHERS = [
  ...[
    'id',
    'placed_by',
    'idempotency_key',
    'quote_id',
    'customer_id',
    'storefront_id',
    'of_partner',
  ],
  ...[
    'status',
    'payment_status',
    'refund_status',
    'seq',
    'currency',
    'capture_on',
    'version',
    'payments',
  ],
  ...[
    'fulfillment_hold',
    'notify',
    'payment_reversed',
    'cancel_target',
    'reason',
    'needs_attention',
  ],
  ...['contact_email', 'workflow_id', 'workflow_status', 'shipping_address'],
];

const camel = (column: string): string =>
  column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const named = (columns: readonly string[], sql: (column: string) => string): string[] =>
  columns.map((column) => `${sql(column)} as "${camel(column)}"`);

/** The columns of an OrderRow, of an order `o`; times in milliseconds. */
export const ORDER_ROW = [
  ...named(OTHERS, (column) => `o.${column}`),
  ...named(AMOUNTS, (column) => `o.${column}::float8`),
  ...named(TIMES, (column) => `floor(extract(epoch from o.${column}) * 1000)::float8`),
].join(', ');

type Time = 'expiresAt' | 'placedAt' | 'updatedAt';

/** What ORDER_ROW reads. */
export type ReadOrder = Omit<OrderRow, Time> & {
  expiresAt: number | null;
  placedAt: number;
  updatedAt: number;
};

export function orderRow({ expiresAt, placedAt, updatedAt, ...rest }: ReadOrder): OrderRow {
  return {
    ...rest,
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
    placedAt: new Date(placedAt),
    updatedAt: new Date(updatedAt),
  };
}
