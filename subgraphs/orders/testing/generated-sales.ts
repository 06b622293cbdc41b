import type { Database } from '@waybill/kernel/database.js';

/** Statuses of orders that were confirmed; of generated ones none was called off after that. */
const SOLD = ['CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED', 'DELIVERED'];

/** SQL: goods stand in a category by the first letters of their SKU. */
const CATEGORY = `md5('category ' || left(sku, 3))::uuid::text`;

/** Sold on the day on which it was placed; money went back that day, for no line in particular. */
const DAYS = `
  with sold as materialized (
    select id, currency, storefront_id, (placed_at at time zone 'UTC')::date as day, refunded,
      coalesce(shipping_address ->> 'country', '') as country
    from orders where status in (${SOLD.map((status) => `'${status}'`)})
  ), goods as materialized (
    select id, currency, storefront_id, day, country, sku, sum(quantity) as units, sum(quantity * unit_price) as gross
    from order_lines join sold on id = order_id group by 1, 2, 3, 4, 5, 6
  ), places as (
    select 'SKU' as breakdown, currency, storefront_id, day, sku as key, id, units, gross, 0 as refunded from goods
    union all
    select 'CATEGORY', currency, storefront_id, day, ${CATEGORY}, id, units, gross, 0 from goods
    union all
    select breakdown, currency, storefront_id, day, '', null, 0, 0, refunded
    from sold, (values ('SKU'), ('CATEGORY')) as b(breakdown) where refunded > 0
    union all
    select b.breakdown, currency, storefront_id, day, b.key, id, units, gross, refunded
    from sold join (select id, sum(units) as units, sum(gross) as gross from goods group by 1) all_of using (id),
      lateral (values ('ALL', ''), ('COUNTRY', country)) as b(breakdown, key)
  )
  insert into sales_days (breakdown, currency, storefront_id, start, key, orders, units, gross, taken_off, refunded)
  select breakdown, currency, storefront_id, day, key, count(distinct id), sum(units), sum(gross), 0, sum(refunded)
  from places group by 1, 2, 3, 4, 5 order by 4, 1, 2, 3, 5`;

const summedBy = (period: 'month' | 'year', part: 'day' | 'month') => `
  insert into sales_${period}s
  select breakdown, currency, storefront_id, date_trunc('${period}', start)::date, key, sum(orders), sum(units), sum(gross),
    sum(taken_off), sum(refunded)
  from sales_${part}s group by 1, 2, 3, 4, 5 order by 4, 1, 2, 3, 5`;

const TABLES = ['sales_days', 'sales_months', 'sales_years', 'sales_storefronts', 'sold_skus'];

/** The sums that the projection of sales would make of all generated orders, in bulk, in place of those that are there. */
export async function generateSales(db: Database): Promise<void> {
  await db.transaction(async (query) => {
    // Connections of this subgraph plan for single rows.
    for (const plan of ['seqscan', 'hashjoin', 'mergejoin']) {
      await query(`generate.${plan}`, `set local enable_${plan} = on`);
    }
    await query('generate.memory', `set local work_mem = '128MB'`);
    await query('generate.no-sales', `truncate ${TABLES.join()}`);
    await query('generate.days', DAYS);
    await query('generate.months', summedBy('month', 'day'));
    await query('generate.years', summedBy('year', 'month'));
    await query(
      'generate.shops',
      'insert into sales_storefronts select distinct storefront_id, currency from sales_years',
    );
    await query(
      'generate.sold',
      'insert into sold_skus select distinct on (sku) sku, product_id, title from order_lines',
    );
  });
  for (const table of TABLES)
    await db.query(`generate.vacuum-${table}`, `vacuum (analyze) ${table}`);
}
