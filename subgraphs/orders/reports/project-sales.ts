import type { Query } from '@waybill/kernel/database.js';
import type { ProjectedEvent, Projection } from '../projections/projection.js';
import { Breakdowns, type SalesRow } from './breakdowns.js';
import { SELLING, type SellingEvent, salesInHistory } from './sales-in-history.js';
import { knownCategories, learnCategories } from './variant-categories.js';

/** What was sold and taken back by day, country, SKU and category. */
export const sales: Projection = {
  name: 'sales',
  events: SELLING,
  prepare: (dependencies, events) => learnCategories(dependencies, orderIdsOf(events)),
  project: async (query, events) => {
    const orderIds = orderIdsOf(events);
    const histories = await query<{ events: SellingEvent[] }>('sales.histories', HISTORIES, [
      orderIds,
    ]);
    const told = histories.map((order) => salesInHistory(order.events));
    const lines = told.flat().flatMap((event) => event.sales.flatMap(({ line }) => line ?? []));
    const variantIds = new Set(lines.flatMap(({ productId }) => productId ?? []));
    const breakdowns = new Breakdowns(await knownCategories(query, [...variantIds]));
    const wanted = new Set(events.map(nameOf));
    for (const order of told) breakdowns.add(order, (event) => wanted.has(nameOf(event)));
    const skus = new Map(
      lines.map(({ sku, productId, title }) => [sku, { sku, productId, title }]),
    );
    await write(query, breakdowns.rows(), [...skus.values()]);
  },
};

const orderIdsOf = (events: ProjectedEvent[]) => [...new Set(events.map(({ orderId }) => orderId))];
const nameOf = ({ orderId, seq }: Pick<ProjectedEvent, 'orderId' | 'seq'>) => `${orderId} ${seq}`;

const HISTORIES = `
  select json_agg(json_build_object('orderId', order_id, 'seq', seq, 'type', type, 'fromStatus', from_status,
    'toStatus', to_status, 'changes', changes, 'at', at) order by seq) as events
  from order_events where order_id = any($1) group by order_id`;

const FIGURES = 'orders, units, gross, taken_off, refunded';
const ADDED = FIGURES.split(', ').map((name) => `${name} = s.${name} + excluded.${name}`);
const PLACE = 'breakdown, currency, storefront_id, start, key';

/** The same, added up by longer periods. */
const summedBy = (period: 'month' | 'year') => `
    insert into sales_${period}s as s (${PLACE}, ${FIGURES})
    select breakdown, currency, storefront_id, date_trunc('${period}', start)::date, key, sum(orders), sum(units), sum(gross),
      sum(taken_off), sum(refunded)
    from sold group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (${PLACE}) do update set ${ADDED}`;

const WRITE = `
  with sold as (
    select breakdown, currency, "storefrontId" as storefront_id, day as start, key, orders, units, gross,
      "takenOff" as taken_off, refunded
    from json_to_recordset($1::json) as r(breakdown text, currency text, "storefrontId" uuid, day date, key text,
      orders bigint, units bigint, gross bigint, "takenOff" bigint, refunded bigint)
  ), days as (
    insert into sales_days as s (${PLACE}, ${FIGURES})
    select ${PLACE}, ${FIGURES} from sold order by ${PLACE}
    on conflict (${PLACE}) do update set ${ADDED}
  ), months as (${summedBy('month')}
  ), years as (${summedBy('year')}
  ), shops as (
    insert into sales_storefronts (storefront_id, currency)
    select distinct storefront_id, currency from sold order by 1, 2 on conflict do nothing
  )
  insert into sold_skus as s (sku, variant_id, title)
  select sku, "productId", title from json_to_recordset($2::json) as l(sku text, "productId" uuid, title text)
  order by sku
  on conflict (sku) do update set variant_id = excluded.variant_id, title = excluded.title
    where (s.variant_id, s.title) is distinct from (excluded.variant_id, excluded.title)`;

async function write(query: Query, rows: SalesRow[], skus: object[]): Promise<void> {
  if (rows.length === 0) return;
  await query('sales.write', WRITE, [JSON.stringify(rows), JSON.stringify(skus)]);
}
