import type { Database } from '@waybill/kernel/database.js';
import type { Commands } from '@waybill/schema/commands.js';

type RecordQuotePlaced = Commands['catalog']['recordQuotePlaced'];

/** Keeps which order was made of a quote, and counts it; a quote is placed once. */
export async function recordQuotePlaced(
  { query }: Pick<Database, 'query'>,
  inputs: Array<RecordQuotePlaced['input']>,
): Promise<Array<RecordQuotePlaced['output']>> {
  await query(
    'quotes.recordPlaced',
    `with locked as (
       select quotes.id, "orderId", "placedAt"
       from json_to_recordset($1::json) as p("quoteId" uuid, "orderId" uuid, "placedAt" timestamptz)
         join quotes on quotes.id = "quoteId"
       where placed_at is null order by quotes.id for update of quotes
     ), placed as (
       update quotes set order_id = "orderId", placed_at = "placedAt" from locked where locked.id = quotes.id
       returning storefront_id, currency, (created_at at time zone 'UTC')::date as day, total
     )
     insert into quote_days as d (storefront_id, currency, day, made, made_total, placed, placed_total)
     select storefront_id, currency, day, 0, 0, count(*), sum(total) from placed group by 1, 2, 3 order by 1, 2, 3
     on conflict (storefront_id, currency, day) do update set
       placed = d.placed + excluded.placed, placed_total = d.placed_total + excluded.placed_total`,
    [JSON.stringify(inputs)],
  );
  return inputs.map(() => ({ outcome: 'RECORDED' }));
}
