import type { Merged, Source } from './merge.js';

/** A refund as the order asked for it. Amounts in minor units. */
export interface AskedRow {
  orderId: string;
  status: string;
  amount: number;
  restock: boolean;
  /** Units of products that it is for. */
  units: number;
}

/** What of it the payments gave back. */
export interface PaidBackRow {
  returned: number;
}

/** The goods that came back to stock with it. The id is a refund's or a return's. */
export interface RestockedRow {
  units: number;
}

/** Goods that came back with a return. */
export interface TakenInRow {
  orderId: string;
  /** Units that go back to stock, and whether the catalog has answered. */
  units: number;
  restocked: boolean;
}

interface Rows {
  asked: AskedRow;
  takenIn: TakenInRow;
  paidBack: PaidBackRow;
  restocked: RestockedRow;
}
export type RefundFacts = Merged<Rows>;

const asked: Source = {
  database: 'orders',
  table: 'refunds',
  column: 'id',
  text: (among) => `
    select r.id, r.order_id as "orderId", r.status, r.amount::float8, r.restock, (
      select coalesce(sum(i.quantity), 0)::int
      from jsonb_to_recordset(r.lines) as i("lineNumber" int, quantity int)
        join order_lines l on l.order_id = r.order_id and l.line_number = i."lineNumber"
      where l.kind = 'PRODUCT') as units
    from refunds r where ${among('r.id')}`,
};

const takenIn: Source = {
  database: 'orders',
  table: 'returns',
  column: 'id',
  text: (among) => `
    select r.id, r.order_id as "orderId", r.restocking = 'DONE' as restocked, (
      select coalesce(sum(i.restocked), 0)::int
      from jsonb_to_recordset(r.lines) as i(restocked int)) as units
    from returns r where r.restocking is not null and ${among('r.id')}`,
};

const paidBack: Source = {
  database: 'payments',
  table: 'refunds',
  column: 'refund_id',
  text: (among) => `
    select refund_id as id, coalesce(sum(amount) filter (where state = 'REFUNDED'), 0)::float8 as returned
    from refunds where ${among('refund_id')} group by 1`,
};

const restocked: Source = {
  database: 'catalog',
  table: 'restocks',
  column: 'restock_id',
  text: (among) => `
    select restock_id as id, (
      select coalesce(sum(quantity), 0)::int from jsonb_to_recordset(items) as i(quantity int)) as units
    from restocks where ${among('restock_id')}`,
};

export const REFUND_SOURCES = { asked, takenIn, paidBack, restocked };
