import type { Query } from '@waybill/kernel/database.js';
import type { ShippingAddress } from '../tables.js';
import type { Projection } from './projection.js';
import { wordsAndParts, wordsOf } from './words.js';

/**
 * The words by which orders are found, each with the orders that have it, the newest first. An order is found by its
 * number, the person and address it goes to, its SKUs and titles, and the tracking numbers of its parcels; one whose
 * customer has deleted their account no longer by the person.
 */
export const orderTerms: Projection = {
  name: 'order_terms',
  events: ['placed', 'edited', 'shipment_requested', 'tracking_updated'],
  project: async (query, events) => {
    const ids = [...new Set(events.map(({ orderId }) => orderId))];
    const found = await query<Findable>('order-terms.read', READ, [ids]);
    await query('order-terms.write', WRITE, [JSON.stringify(found.map(changeOf))]);
  },
};

interface Findable {
  id: string;
  number: string;
  email: string | null;
  goesTo: ShippingAddress | null;
  isForgotten: boolean;
  titles: string[];
  skus: string[];
  tracking: string[];
  /** What it is found by so far. */
  before: string[] | null;
}

const READ = `
  select o.id, o.number::text, o.contact_email as email, o.shipping_address as "goesTo",
    exists (select from forgotten_customers f where f.customer_id = o.customer_id) as "isForgotten",
    array(select title from order_lines where order_id = o.id and kind = 'PRODUCT') as titles,
    array(select sku from order_lines where order_id = o.id and kind = 'PRODUCT') as skus,
    array(select tracking_number from fulfillments where order_id = o.id and tracking_number is not null) as tracking,
    (select terms from terms_of_orders where order_id = o.id) as before
  from orders o where o.id = any($1) and o.placed_at < 'infinity'`;

/** Only words that have come or gone are touched. */
const WRITE = `
  with now as (
    select n.*, o.placed_at
    from json_to_recordset($1::json) as n(id uuid, terms text[], added text[], dropped text[]) join orders o using (id)
  ), gone as (
    delete from order_terms t using now n, unnest(n.dropped) as each
    where t.term = each and t.placed_at = n.placed_at and t.order_id = n.id
  ), new as (
    insert into order_terms (term, placed_at, order_id) select each, placed_at, id from now, unnest(added) as each
  )
  insert into terms_of_orders (order_id, terms) select id, terms from now
  on conflict (order_id) do update set terms = excluded.terms`;

function changeOf(order: Findable) {
  const before = new Set(order.before);
  const terms = new Set(termsOf(order));
  const added = [...terms].filter((term) => !before.has(term));
  return { id: order.id, terms: [...terms], added, dropped: [...before.difference(terms)] };
}

function termsOf({ number, email, goesTo, isForgotten, titles, skus, tracking }: Findable) {
  const address = goesTo && [
    goesTo.name,
    goesTo.line1,
    goesTo.line2,
    goesTo.city,
    goesTo.postalCode,
  ];
  const person = isForgotten
    ? []
    : [...wordsOf(email ?? ''), ...wordsAndParts(address?.join(' ') ?? '')];
  const goods = [...new Set(titles)].flatMap(wordsAndParts);
  const codes = [...skus, ...tracking].flatMap(wordsOf);
  return [number, ...person, ...goods, ...codes];
}

const FORGET = `
  with forgotten as (
    insert into forgotten_customers (customer_id) values ($1) on conflict do nothing returning customer_id
  )
  insert into unprojected (order_id, seq, type, projection)
  select o.id, o.seq, 'forgotten', $2 from orders o join forgotten using (customer_id)
  where o.placed_at < 'infinity'`;

/** The orders of somebody are no longer found by their name and address, as soon as this projection has caught up. */
export async function forgetTerms(query: Query, customerId: string): Promise<void> {
  await query('order-terms.forget', FORGET, [customerId, orderTerms.name]);
}
