import type { Query } from '@waybill/kernel/database.js';
import { changeWithin } from '../change-orders.js';
import type { Decision } from '../decision.js';
import type { OrderState } from '../order.js';
import type { DraftLine } from '../rules/draft-lines.js';
import type { ShippingAddress } from '../tables.js';

/** What a person may say of a draft besides its lines; absent leaves it as it is, null takes it away. */
export interface Details {
  currency?: string | undefined;
  paymentMethod?: string | null | undefined;
  contactEmail?: string | null | undefined;
  shippingAddress?: ShippingAddress | null | undefined;
  notify?: boolean | undefined;
}

/** Appends what `decide` says to the history of a draft that is locked, and notes that it was in use. */
export async function record(
  query: Query,
  draftId: string,
  actor: string,
  decide: (draft: OrderState) => Decision,
): Promise<void> {
  await changeWithin(query, [{ orderId: draftId, actor, decide }]);
  await query('drafts.touch', 'update drafts set touched_at = now() where order_id = $1', [
    draftId,
  ]);
}

/** The lines of a draft become these. */
export async function writeLines(query: Query, draftId: string, lines: DraftLine[]): Promise<void> {
  await query('drafts.drop-lines', 'delete from order_lines where order_id = $1', [draftId]);
  await query(
    'drafts.write-lines',
    `insert into order_lines (order_id, line_number, kind, sku, product_id, title, quantity, unit_price, price_id,
                              price_quoted)
     select $1, "lineNumber", kind, sku, "productId", title, quantity, "unitPrice", "priceId", "priceQuoted"
     from json_to_recordset($2::json) as l(
       "lineNumber" int, kind text, sku text, "productId" uuid, title text, quantity int, "unitPrice" bigint,
       "priceId" uuid, "priceQuoted" boolean)`,
    [draftId, JSON.stringify(lines)],
  );
}

export async function writeDetails(query: Query, draftId: string, details: Details): Promise<void> {
  await query(
    'drafts.write-details',
    `with given as (select $2::jsonb as d), paid as (
       update drafts set payment_method = d ->> 'paymentMethod' from given
       where order_id = $1 and d ? 'paymentMethod')
     update orders o set
       currency = coalesce(d ->> 'currency', o.currency),
       contact_email = case when d ? 'contactEmail' then d ->> 'contactEmail' else o.contact_email end,
       shipping_address =
         case when d ? 'shippingAddress' then nullif(d -> 'shippingAddress', 'null') else o.shipping_address end,
       notify = coalesce((d ->> 'notify')::boolean, o.notify)
     from given where o.id = $1`,
    [draftId, JSON.stringify(details)],
  );
}

/** It ended without having been placed: some time later it is deleted. */
export async function forgetEnded(query: Query, orderIds: string[]): Promise<void> {
  const text = 'insert into ended_drafts (order_id) select unnest($1::uuid[])';
  await query('drafts.ended', text, [orderIds]);
  await forgetOpen(query, orderIds);
}

/** It is open no longer. */
export async function forgetOpen(query: Query, orderIds: string[]): Promise<void> {
  await query('drafts.forget', 'delete from drafts where order_id = any($1)', [orderIds]);
}
