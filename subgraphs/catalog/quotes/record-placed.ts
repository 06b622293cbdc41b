import type { Database } from '@waybill/kernel/database.js';
import type { Commands } from '@waybill/schema/commands.js';

type RecordQuotePlaced = Commands['catalog']['recordQuotePlaced'];

/** Keeps which order was made of a quote; a quote is placed once. */
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
     )
     update quotes set order_id = "orderId", placed_at = "placedAt" from locked where locked.id = quotes.id`,
    [JSON.stringify(inputs)],
  );
  return inputs.map(() => ({ outcome: 'RECORDED' }));
}
