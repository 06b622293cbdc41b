import { inOrders, type Rule, type Violation } from '../rule.js';
import type { Snapshots } from '../snapshots.js';

export const prices: Rule = {
  number: 10,
  title: 'prices stay as they were placed',
  things: 'orders',
  count: inOrders('select count(*) as checked from orders'),
  within: [
    inOrders(`
      select o.id, format('its total is %s, its lines come to %s', o.total, coalesce(l.total, 0)) as what
      from orders o left join (
        select order_id, sum(quantity * unit_price) as total from order_lines group by 1) l on l.order_id = o.id
      where o.total <> coalesce(l.total, 0)`),
    inOrders(`
      select o.id, format('its total is %s, its payments come to %s', o.total, p.amount) as what
      from orders o, lateral (
        select coalesce(sum(amount), 0) as amount, coalesce(bool_or(state = 'ENDED'), false) as ended
        from jsonb_to_recordset(o.payments) as p (amount bigint, state text)
        where state in ('AUTHORIZED', 'ENDED')) p
      where o.status in ('AUTHORIZED', 'CONFIRMED', 'PROCESSING', 'PARTIALLY_SHIPPED', 'SHIPPED', 'DELIVERED')
        and (p.amount < o.total and not p.ended or (o.version = 1 and p.amount > o.total))`),
    inOrders(`
      select e.order_id as id, format('line %s costs %s, but in version %s it cost %s', l.line_number, l.unit_price,
        e.replaced ->> 'version', v."unitPrice") as what
      from order_edits e, jsonb_to_recordset(e.replaced -> 'lines') as v("lineNumber" int, "unitPrice" bigint)
        join order_lines l on l.line_number = v."lineNumber"
      where l.order_id = e.order_id and l.unit_price <> v."unitPrice"`),
    inOrders(`
      select o.id, format('it is at version %s, its edits lead to %s', o.version, e.version) as what
      from orders o, lateral (
        select 1 + count(*) as version from order_edits
        where order_id = o.id and replaced is not null) e
      where o.version <> e.version`),
  ],
  through: otherThanPriced,
};

interface PricedLine {
  orderId: string;
  lineNumber: number;
  variantId: string;
  storefrontId: string;
  currency: string;
  unitPrice: number;
  priceId: string;
}

interface Price {
  id: string;
  variantId: string;
  storefrontId: string;
  currency: string;
  amount: number;
}

/** Lines that are read at once. */
const CHUNK = 5000;

const LINES = `
  select order_id as "orderId", line_number as "lineNumber", product_id as "variantId",
    storefront_id as "storefrontId", currency, unit_price::float8 as "unitPrice", price_id as "priceId"
  from order_lines join orders on orders.id = order_id
  where price_id is not null and status <> 'DRAFT' and (order_id, line_number) > ($1, $2)
  order by order_id, line_number limit ${CHUNK}`;

const PRICES = `
  select id, variant_id as "variantId", storefront_id as "storefrontId", currency, amount::float8
  from prices where id = any($1::uuid[])`;

/** Computes again what lines cost from the prices that they name; with the first statement that is the total. */
async function* otherThanPriced({ query }: Snapshots): AsyncGenerator<Violation> {
  let after: [string, number] = ['00000000-0000-0000-0000-000000000000', 0];
  for (;;) {
    const lines = await query<PricedLine>('orders', LINES, after);
    const ids = [...new Set(lines.map(({ priceId }) => priceId))];
    const prices = await query<Price>('catalog', PRICES, [ids]);
    const byId = new Map(prices.map((price) => [price.id, price]));
    for (const line of lines) {
      const what = otherThan(line, byId.get(line.priceId));
      if (what) yield { id: line.orderId, what: `line ${line.lineNumber} ${what}` };
    }
    const last = lines.at(-1);
    if (!last) return;
    after = [last.orderId, last.lineNumber];
  }
}

function otherThan(line: PricedLine, price: Price | undefined): string | undefined {
  if (!price) return `was made from the price ${line.priceId}, which there is not`;
  if (price.variantId !== line.variantId || price.storefrontId !== line.storefrontId) {
    return 'was made from a price of something else';
  }
  if (price.amount === line.unitPrice && price.currency === line.currency) return undefined;
  return `costs ${line.unitPrice} ${line.currency}, its price was ${price.amount} ${price.currency}`;
}
