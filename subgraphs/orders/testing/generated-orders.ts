import type { Database } from '@waybill/kernel/database.js';
import { wordsAndParts, wordsOf } from '../projections/words.js';

/** How many SKUs they are of, and how many lines each order has. */
export const SKUS = 4000;
export const LINES = 10;

/** In the sequence of their share: 60, 30 and 10 of 100 orders. */
export const STOREFRONTS = [1, 2, 3].map((n) => `00000000-0000-7000-8000-00000000000${n}`);

/** A number below `below` that follows from `n` and `salt` and looks like chance. */
const chance = (n: string, salt: number, below: number | string): string =>
  `((hashint8extended((${n})::bigint, ${salt}) & 2147483647) % ${below})`;
const oneOf = (n: string, salt: number, values: readonly string[]): string =>
  `(array[${values.map((value) => `'${value}'`)}])[1 + ${chance(n, salt, values.length)}]`;

const KINDS = [
  'linen',
  'cotton',
  'woollen',
  'silk',
  'quilted',
  'striped',
  'plain',
  'short',
  'long',
  'light',
];
const GOODS = [
  ...['shirt', 'coat', 'scarf', 'skirt', 'jacket', 'dress', 'jumper', 'trousers', 'hat', 'gloves'],
  ...['belt', 'boots', 'sandals', 'bag', 'blanket', 'cushion', 'towel', 'apron', 'vest', 'socks'],
];
const COLOURS = ['red', 'blue', 'green', 'black', 'white', 'grey', 'brown', 'yellow'];
const FIRST = [
  'Ada',
  'Zoë',
  'José',
  'Mary',
  'Ivan',
  'Nora',
  'Liam',
  'Aisha',
  'Chen',
  'Maja',
  'Otto',
  'Ruth',
];
const LAST = [
  'Smith',
  'Müller',
  'García',
  'Nowak',
  'Jones',
  'Rossi',
  'Okafor',
  'Tanaka',
  'Dupont',
  'Berg',
];
const STREETS = [
  'High Street',
  'Station Road',
  'Church Lane',
  'Mill Way',
  'Park Avenue',
  'Kings Road',
];
const PLACES = [
  'GB London',
  'GB Leeds',
  'DE Köln',
  'DE Berlin',
  'FR Lyon',
  'PL Łódź',
  'ES Sevilla',
  'IT Torino',
];

/** By share of a thousand: where an order is, what is paid of it, and what was refunded. */
const STATES: ReadonlyArray<[number, string, string, string]> = [
  [680, 'DELIVERED', 'PAID', 'NONE'],
  [740, 'DELIVERED', 'PAID', 'PARTIALLY_REFUNDED'],
  [760, 'DELIVERED', 'PAID', 'REFUNDED'],
  [830, 'SHIPPED', 'PAID', 'NONE'],
  [840, 'PARTIALLY_SHIPPED', 'PARTIALLY_PAID', 'NONE'],
  [860, 'PROCESSING', 'PAID', 'NONE'],
  [910, 'CONFIRMED', 'PAID', 'NONE'],
  [930, 'CONFIRMED', 'AUTHORIZED', 'NONE'],
  [960, 'CANCELLED', 'VOIDED', 'NONE'],
  [980, 'FAILED', 'NONE', 'NONE'],
  [996, 'EXPIRED', 'NONE', 'NONE'],
  [1000, 'RESERVED', 'NONE', 'NONE'],
];
const state = (column: 1 | 2 | 3): string =>
  `case ${STATES.map((each) => `when state < ${each[0]} then '${each[column]}'`).join(' ')} end`;

/** All SKUs, by numbers from 0. */
const VARIANTS = `
  select i, upper(left(${oneOf('i', 2, GOODS)}, 3)) || '-' || lpad(i::text, 4, '0') as sku,
    ${oneOf('i', 1, KINDS)} || ' ' || ${oneOf('i', 2, GOODS)} || ' ' || ${oneOf('i', 3, COLOURS)} as title,
    500 + i * 37 % 9500 as price
  from generate_series(0, ${SKUS - 1}) i`;

/** Popular SKUs are in many orders, most in few. */
const LINE = `
  select line, floor(${SKUS} * power(${chance('n * 16 + line', 4, 1_000_000)} / 1e6, 2))::int as i,
    1 + ${chance('n * 16 + line', 5, 3)} as quantity
  from generate_series(1, ${LINES}) line`;

const ORDERS = `
  insert into orders (id, placed_by, idempotency_key, request_hash, customer_id, storefront_id, status, payment_status,
    refund_status, seq, currency, total, captured, refunded, payments, notify, needs_attention, contact_email, shipping_address,
    placed_at, updated_at)
  select uuidv7(at - now()), customer, n::text, '', case when is_guest then null else customer end,
    ('00000000-0000-7000-8000-00000000000' || case when shop < 6 then 1 when shop < 9 then 2 else 3 end)::uuid,
    ${state(1)}, ${state(2)}, ${state(3)}, 1, case when shop between 6 and 8 then 'EUR' else 'GBP' end,
    total, case when state < 910 then total else 0 end,
    case when state < 680 then 0 when state < 740 then total / 10 when state < 760 then total else 0 end, '[]', false,
    case when ${chance('n', 13, 1000)} = 0 then 'a job has failed' end,
    case when is_guest then lower(first) || ${chance('n', 14, 100_000)} || '@example.com' end,
    jsonb_build_object('name', first || ' ' || last, 'line1', 1 + ${chance('n', 9, 120)} || ' ' || ${oneOf('n', 10, STREETS)},
      'line2', null, 'city', substr(place, 4), 'postalCode', lpad(${chance('n', 11, 90_000)}::text, 5, '0'),
      'country', left(place, 2)),
    at, at
  from (
    select n, now() - interval '2 years' * (1 - n / ($3::int + 1)::float8) as at, ${chance('n', 6, 10)} as shop,
      ${chance('n', 7, 1000)} as state, ${chance('n', 8, 5)} = 0 as is_guest,
      md5('customer' || ${chance('n', 12, 'greatest($3 / 8, 1)')})::uuid as customer,
      ${oneOf('n', 15, FIRST)} as first, ${oneOf('n', 16, LAST)} as last, ${oneOf('n', 17, PLACES)} as place,
      (select sum((500 + i * 37 % 9500) * quantity) from (${LINE}) l) as total
    from generate_series($1::int, $2::int) n) made`;

const ORDER_LINES = `
  with variants as materialized (${VARIANTS})
  insert into order_lines (order_id, line_number, kind, sku, title, quantity, unit_price)
  select o.id, l.line, 'PRODUCT', v.sku, v.title, l.quantity, v.price
  from (select id, idempotency_key::int as n from orders where idempotency_key::int >= $1) o,
    lateral (${LINE}) l join variants v using (i)`;

/** The words of each SKU and of each text of an address come with the statement. */
const TERMS = `
  with variants as materialized (
    select * from json_to_recordset($2::json) as v(i int, terms text[])
  ), texts as materialized (
    select * from json_to_recordset($3::json) as t(text text, terms text[])
  )
  insert into terms_of_orders (order_id, terms)
  select id, array(
    select number::text union select lower(translate(contact_email, 'ëé', 'ee')) where contact_email is not null
    union select postal_code union select split_part(line1, ' ', 1)
    union select unnest(terms) from texts where text in (first, last, street, city)
    union select unnest(v.terms) from (${LINE}) l join variants v using (i))
  from (select id, number, idempotency_key::int as n, contact_email, a ->> 'postalCode' as postal_code, a ->> 'line1' as line1,
          split_part(a ->> 'name', ' ', 1) as first, split_part(a ->> 'name', ' ', 2) as last, a ->> 'city' as city,
          substr(a ->> 'line1', strpos(a ->> 'line1', ' ') + 1) as street
        from (select *, shipping_address as a from orders where idempotency_key::int >= $1) o) o`;

const INDEX = `
  insert into order_terms (term, placed_at, order_id)
  select term, placed_at, id from terms_of_orders join orders on id = order_id, unnest(terms) as term
  where idempotency_key::int >= $1`;

const TEXTS = [...FIRST, ...LAST, ...STREETS, ...PLACES.map((place) => place.slice(3))];
const termsOfText = (text: string) => ({ text, terms: wordsAndParts(text) });
const termsOfVariant = ({ i, sku, title }: { i: number; sku: string; title: string }) => ({
  i,
  terms: [...wordsAndParts(title), ...wordsOf(sku)],
});

/**
 * Orders `from` to `to` of `total` in a shop of three storefronts over two years, in bulk, with what the projections make of
 * them: for measurements and tests of lists. They have no history. Nothing else may be in the tables.
 */
export async function generateOrders(
  db: Pick<Database, 'transaction'>,
  { from, to, total }: { from: number; to: number; total: number },
): Promise<void> {
  await db.transaction(async (query) => {
    // Connections of this subgraph plan for single rows.
    for (const plan of ['seqscan', 'hashjoin', 'bitmapscan']) {
      await query(`generate.${plan}`, `set local enable_${plan} = on`);
    }
    await query('generate.orders', ORDERS, [from, to, total]);
    await query('generate.lines', ORDER_LINES, [from]);
    const variants = await query<{ i: number; sku: string; title: string }>(
      'generate.skus',
      VARIANTS,
    );
    await query('generate.terms', TERMS, [
      ...[
        from,
        JSON.stringify(variants.map(termsOfVariant)),
        JSON.stringify(TEXTS.map(termsOfText)),
      ],
    ]);
    await query('generate.index', INDEX, [from]);
  });
}
