import type { Query } from '@waybill/kernel/database.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import type { Identity } from '@waybill/kernel/identity.js';
import { checkTexts, MAX_NAME_LENGTH } from '../check-texts.js';
import { plannedChange } from '../guarded-change.js';
import type { WithinCall } from '../once.js';
import type { WholeOrder } from '../order-parts.js';
import type { Tracking } from '../rules/fulfillment.js';
import type { Planned } from '../rules/planned.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';

export type FulfillmentChange =
  | { orderId: string; fulfillmentId: string; errors: [] }
  | { orderId: null; fulfillmentId: null; errors: OrdersUserError[] };

/** What a use case answers beside its errors where it did nothing. */
export const NO_FULFILLMENT = { orderId: null, fulfillmentId: null } as const;

/** Changes the order as planned; answers the fulfillment that it was about. */
export async function changeFulfillment(
  { changeOrder }: WithinCall,
  identity: Identity,
  { orderId, fulfillmentId }: { orderId: string; fulfillmentId: string },
  plan: (order: WholeOrder) => Planned,
): Promise<FulfillmentChange> {
  const result = await plannedChange({ changeOrder }, identity, orderId, plan);
  if (result.orderId === null) return { ...NO_FULFILLMENT, errors: result.errors };
  return { orderId, fulfillmentId, errors: [] };
}

/** The order of a fulfillment, by bare ids; undefined where there is none. */
export async function orderOfFulfillment(query: Query, id: string): Promise<string | undefined> {
  const [row] = await query<{ orderId: string }>(
    'fulfillments.order',
    'select order_id as "orderId" from fulfillments where id = $1',
    [id],
  );
  return row?.orderId;
}

export const NO_SUCH_FULFILLMENT = userError(Code.NOT_FOUND, 'There is no such fulfillment.', [
  'fulfillmentId',
]);

export function checkTracking(tracking: Tracking): OrdersUserError[] {
  const errors = checkTexts(tracking);
  for (const [name, text] of Object.entries(tracking)) {
    const most = name === 'trackingUrl' ? MAX_URL_LENGTH : MAX_NAME_LENGTH;
    if ((text?.length ?? 0) <= most) continue;
    errors.push(userError(Code.INVALID_INPUT, `At most ${most} characters.`, [name]));
  }
  if (tracking.trackingUrl === null || isWebAddress(tracking.trackingUrl)) return errors;
  const message = 'This is no http or https address.';
  return [...errors, userError(Code.INVALID_INPUT, message, ['trackingUrl'])];
}

const MAX_URL_LENGTH = 2000;

/** Customers are shown it as a link: nothing but the web may hide behind it. */
function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}
