import {
  HISTORIES,
  type OrderWithHistory,
  type SalesOfEvent,
  SELLING,
  salesInHistory,
  worthOf,
} from '@waybill/deploy/order-histories.js';
import { inCatalog, inOrders, type Rule, type Violation } from '../rule.js';
import type { Snapshots } from '../snapshots.js';

const SUMS = ['orders', 'units', 'gross', 'taken_off', 'refunded'];
const summed = SUMS.map((name) => `sum(${name}) as ${name}`);
/** Of breakdowns every sale is in once; it may be new to several keys of one, so orders do not add up. */
const AMOUNTS = SUMS.slice(1);

const otherThanItsParts = (period: 'month' | 'year', part: 'day' | 'month') => `
  select storefront_id as id, format('in the ${period} of %s the sums of %s %s are not those of its ${part}s', start,
    breakdown, key) as what
  from sales_${period}s whole full join (
    select breakdown, currency, storefront_id, date_trunc('${period}', start)::date as start, key, ${summed}
    from sales_${part}s group by 1, 2, 3, 4, 5) parts using (breakdown, currency, storefront_id, start, key)
  where (${SUMS.map((name) => `whole.${name}`)}) is distinct from (${SUMS.map((name) => `parts.${name}`)})`;

export const sales: Rule = {
  number: 12,
  title: 'sales are summed up as they happened',
  things: 'sums',
  count: inOrders('select count(*) as checked from sales_days'),
  within: [
    inOrders(otherThanItsParts('month', 'day')),
    inOrders(otherThanItsParts('year', 'month')),
    inCatalog(`
      select storefront_id as id, format('of the quotes of %s in %s others are counted than there are', day, currency) as what
      from quote_days d full join (
        select storefront_id, currency, (created_at at time zone 'UTC')::date as day, count(*) as made,
          sum(total) as made_total, count(placed_at) as placed,
          coalesce(sum(total) filter (where placed_at is not null), 0) as placed_total
        from quotes group by 1, 2, 3) q using (storefront_id, currency, day)
      where (d.made, d.made_total, d.placed, d.placed_total)
        is distinct from (q.made, q.made_total, q.placed, q.placed_total)`),
    inOrders(`
      select storefront_id as id, format('on %s its sums in %s by %s are others than all', start, currency,
        breakdown) as what
      from (select currency, storefront_id, start, ${AMOUNTS} from sales_days where breakdown = 'ALL') every
        cross join (values ('COUNTRY'), ('SKU'), ('CATEGORY')) as b(breakdown)
        left join (
          select breakdown, currency, storefront_id, start, ${summed} from sales_days group by 1, 2, 3, 4) d
          using (breakdown, currency, storefront_id, start)
      where (${AMOUNTS.map((name) => `every.${name}`)}) is distinct from (${AMOUNTS.map((name) => `d.${name}`)})`),
  ],
  through: otherThanSold,
};

/** Orders whose histories are read at once. */
const CHUNK = 500;

interface Sum {
  orders: number;
  units: number;
  gross: number;
  takenOff: number;
  refunded: number;
}

const SUMS_OF_DAYS = `
  select storefront_id || ' ' || start || ' ' || currency as day, orders::float8, units::float8, gross::float8,
    taken_off::float8 as "takenOff", refunded::float8
  from sales_days where breakdown = 'ALL'`;

const UNPROJECTED = `
  select order_id as "orderId", seq from unprojected
  where order_id = any($1) and type = any($2) and (projection is null or projection = 'sales')`;

/** Tells all sales again from the histories, and holds them against each order and against the sums of each day. */
async function* otherThanSold({ query }: Snapshots): AsyncGenerator<Violation> {
  const days = new Map<string, Sum>();
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const orders = await query<OrderWithHistory>('orders', HISTORIES, [after, CHUNK]);
    const ids = orders.map(({ id }) => id);
    const waiting = await query<{ orderId: string; seq: number }>('orders', UNPROJECTED, [
      ids,
      SELLING,
    ]);
    const untold = new Set(waiting.map(({ orderId, seq }) => `${orderId} ${seq}`));
    for (const order of orders) {
      const told = salesInHistory(order.events);
      const what = otherThanPaid(order, told);
      if (what) yield { id: order.id, what };
      const summedUp = told.filter(({ orderId, seq }) => !untold.has(`${orderId} ${seq}`));
      for (const event of summedUp) addTo(days, event);
    }
    const last = orders.at(-1);
    if (!last) break;
    after = last.id;
  }
  yield* differing(days, await query<Sum & { day: string }>('orders', SUMS_OF_DAYS));
}

/** All that an order sold is what it comes to, less what was refunded. */
function otherThanPaid(order: OrderWithHistory, told: SalesOfEvent[]): string | undefined {
  if (told.length === 0) return undefined;
  const net = told
    .flatMap(({ sales }) => sales)
    .reduce((sum, { gross, takenOff, refunded }) => sum + gross - takenOff - refunded, 0);
  const left = worthOf(order) - order.refunded;
  return net === left ? undefined : `its sales come to ${net}, it comes to ${left}`;
}

function addTo(
  days: Map<string, Sum>,
  { storefrontId, day, currency, isFirst, sales }: SalesOfEvent,
) {
  const name = `${storefrontId} ${day} ${currency}`;
  const sum = days.get(name) ?? { orders: 0, units: 0, gross: 0, takenOff: 0, refunded: 0 };
  days.set(name, sum);
  if (isFirst && sales.length > 0) sum.orders += 1;
  for (const sale of sales) {
    sum.units += sale.units;
    sum.gross += sale.gross;
    sum.takenOff += sale.takenOff;
    sum.refunded += sale.refunded;
  }
}

function* differing(
  told: Map<string, Sum>,
  stored: Array<Sum & { day: string }>,
): Generator<Violation> {
  const byDay = new Map(stored.map(({ day, ...sum }) => [day, sum]));
  for (const name of new Set([...told.keys(), ...byDay.keys()])) {
    const [is, was] = [textOf(byDay.get(name)), textOf(told.get(name))];
    const [id = '', ...day] = name.split(' ');
    if (is !== was) yield { id, what: `on ${day.join(' in ')} its sums are ${is}, it sold ${was}` };
  }
}

function textOf(sum: Sum | undefined): string {
  if (!sum) return 'nothing';
  const { orders, units, gross, takenOff, refunded } = sum;
  const amounts = `${gross} less ${takenOff} and ${refunded}`;
  return orders || units || gross || takenOff || refunded
    ? `${orders} orders, ${units} units, ${amounts}`
    : 'nothing';
}
