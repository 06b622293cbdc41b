import type { Query } from '@waybill/kernel/database.js';
import type { Projection } from './projection.js';

/**
 * The words by which orders are found, each with the orders that have it, the newest first. An order is found by its
 * number, the person and address it goes to, its SKUs and titles, and the tracking numbers of its parcels; one whose
 * customer has deleted their account no longer by the person.
 */
export const orderTerms: Projection = {
  name: 'order_terms',
  events: ['placed', 'edited', 'shipment_requested', 'tracking_updated'],
  project: async (query, events) => {
    await writeTerms(query, [...new Set(events.map(({ orderId }) => orderId))]);
  },
};

/** Characters that belong to no word where they stand at its ends, and part what they join. */
const MARKS = `.,:;-_/@#+&''"()[]{}<>|!?*=%$~^\`\\`;

/** Letters of a word that count. */
const LONGEST = 60;

/** SQL: the words of a text in small letters without accents, with their places: "Zoë-Mae" has the word "zoe-mae". */
export const wordsOf = (text: string): string => `
  select left(word, ${LONGEST}) as word, place
  from (select btrim(each, '${MARKS}') as word, place
        from regexp_split_to_table(lower(unaccent(${text})), '[\\s,;()<>"|]+')
          with ordinality as split(each, place)) words
  where word <> ''`;

/** SQL: the same and what marks join in them: "zoe-mae", and "zoe" and "mae". */
export const wordsAndParts = (text: string): string => `
  select word from (${wordsOf(text)}) whole
  union
  select left(part, ${LONGEST}) from regexp_split_to_table(
    translate(lower(unaccent(${text})), '${MARKS}', repeat(' ', ${MARKS.replaceAll("''", "'").length})), '\\s+') as part
  where part <> ''`;

/** How an order is found by a SKU itself, as it is written: no word begins so. */
export const skuTerm = (sku: string): string => `=${sku}`;

const PLACED = `
  placed as (
    select o.id, o.number, o.placed_at, o.contact_email, o.shipping_address as goes_to,
      exists (select from forgotten_customers f where f.customer_id = o.customer_id) as is_forgotten
    from orders o where o.id = any($1) and o.placed_at < 'infinity'
  ), goods as (
    select distinct order_id, sku, title from order_lines
    where order_id in (select id from placed) and kind = 'PRODUCT'
  ), texts as (
    select text, array_agg(word) as words from (select distinct title as text from goods) g,
      lateral (${wordsAndParts('text')}) w
    group by text
  ), found_by as (
    select id, number::text as term from placed
    union all
    select id, word from placed, lateral (${wordsOf('contact_email')}) w where not is_forgotten
    union all
    select id, word from placed, lateral (${wordsAndParts(
      `concat_ws(' ', goes_to ->> 'name', goes_to ->> 'line1', goes_to ->> 'line2', goes_to ->> 'city',
                 goes_to ->> 'postalCode')`,
    )}) w where not is_forgotten
    union all
    select order_id, word from fulfillments join placed p on p.id = order_id,
      lateral (${wordsOf('tracking_number')}) w
    union all
    select order_id, word from goods join texts on text = title, unnest(words) as word
    union all
    select order_id, word from goods, lateral (${wordsOf('sku')}) w
    union all
    select order_id, '=' || sku from goods
  )`;

/** Each order's words as they are now; only those that have changed are touched. */
const WRITE = `
  with ${PLACED}, now as (
    select id, min(placed_at) as placed_at, array_agg(distinct term) as terms
    from found_by join placed using (id) group by id
  ), before as (
    select order_id, terms from terms_of_orders where order_id = any($1)
  ), dropped as (
    delete from order_terms t using before b, now n, unnest(b.terms) as each
    where n.id = b.order_id and each <> all (n.terms)
      and t.term = each and t.placed_at = n.placed_at and t.order_id = n.id
  ), added as (
    insert into order_terms (term, placed_at, order_id)
    select each, n.placed_at, n.id from now n left join before b on b.order_id = n.id, unnest(n.terms) as each
    where b.terms is null or each <> all (b.terms)
  )
  insert into terms_of_orders (order_id, terms) select id, terms from now
  on conflict (order_id) do update set terms = excluded.terms`;

async function writeTerms(query: Query, orderIds: string[]): Promise<void> {
  await query('order-terms.write', WRITE, [orderIds]);
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
