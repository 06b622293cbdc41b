import type { Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import type { StoredEvent } from '@waybill/schema/commands.js';
import type { EventData } from '@waybill/schema/events.js';

/** What an order has to hear of its payments though it did not ask. */
export type NewsType =
  | 'payment.refunded_elsewhere'
  | 'payment.attention_needed'
  | 'payment.authorization_ending'
  | 'payment.authorization_ended';

export interface News<Type extends NewsType = NewsType> {
  type: Type;
  orderId: string;
  data: EventData[Type];
}

const PUBLISH = `
  with told as (
    select * from jsonb_to_recordset($1::jsonb) as n (id uuid, type text, "orderId" uuid, data jsonb)
  ), kept as (
    insert into news (event_id, type, order_id, data) select id, type, "orderId", data from told
  )
  insert into outbox (id, type, subject, data) select id, type, "orderId", data from told`;

const SETTLE = `update news set told_at = coalesce(told_at, now()) where event_id = any($1::uuid[])`;

const UNTOLD = `
  select event_id as id, type, order_id as subject, data from news
  where told_at is null and created_at < now() - make_interval(secs => $1)
  order by created_at limit $2`;

/** Publishes news, and keeps them until somebody says that the order has heard. */
export async function publishNews(query: Query, news: News[]): Promise<void> {
  if (news.length === 0) return;
  const rows = news.map((each) => ({ id: newId(), ...each }));
  await query('news.publish', PUBLISH, [JSON.stringify(rows)]);
}

export async function settleNews(query: Query, eventIds: string[]): Promise<void> {
  await query('news.settle', SETTLE, [eventIds]);
}

export function findUntoldNews(
  query: Query,
  { olderThanSeconds, limit }: { olderThanSeconds: number; limit: number },
): Promise<StoredEvent[]> {
  return query<StoredEvent>('news.untold', UNTOLD, [olderThanSeconds, limit]);
}
