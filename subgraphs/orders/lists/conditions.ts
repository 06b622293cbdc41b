import type { Sought, SoughtTerms } from './order-query.js';

/** The parameters of a statement that is being put together. */
export class Parameters {
  readonly values: unknown[] = [];

  /** How the statement refers to the value. */
  add(value: unknown): string {
    return `$${this.values.push(value)}`;
  }
}

/** What must hold of an order `o`; `listed` names the row whose `placed_at` the list goes by. */
export function conditions(sought: Sought, listed: string, parameters: Parameters): string {
  const all = [
    ...(sought.withDrafts ? [] : [`${listed}.placed_at < 'infinity'`]),
    ...placedWithin(sought, listed, parameters),
    ...ofOrder(sought, parameters),
    ...ofTerms(sought.terms, parameters),
  ];
  return all.length > 0 ? all.join(' and ') : 'true';
}

export function placedWithin(
  { placedFrom, placedTo }: Pick<Sought, 'placedFrom' | 'placedTo'>,
  listed: string,
  parameters: Parameters,
): string[] {
  return [
    ...(placedFrom ? [`${listed}.placed_at >= ${parameters.add(placedFrom)}::timestamptz`] : []),
    ...(placedTo ? [`${listed}.placed_at < ${parameters.add(placedTo)}::timestamptz`] : []),
  ];
}

function ofOrder(sought: Sought, parameters: Parameters): string[] {
  const { status, paymentStatus, refundStatus, storefrontIds } = sought;
  const { customerId, needsAttention, total, placedUnder, sku } = sought;
  const oneOf = (column: string, values: readonly unknown[] | undefined, type = 'text') =>
    values ? [`o.${column} = any(${parameters.add(values)}::${type}[])`] : [];
  return [
    ...oneOf('status', status),
    ...oneOf('payment_status', paymentStatus),
    ...oneOf('refund_status', refundStatus),
    ...oneOf('storefront_id', storefrontIds, 'uuid'),
    ...(customerId ? [`o.customer_id = ${parameters.add(customerId)}`] : []),
    ...(needsAttention === undefined ? [] : [attention(needsAttention)]),
    ...(total ? ofTotal(total, parameters) : []),
    ...(sku === undefined ? [] : [withSku(parameters.add(sku))]),
    ...(placedUnder ? [`o.placed_by = ${parameters.add(placedUnder.placedBy)}`] : []),
    ...oneOf('idempotency_key', placedUnder?.keys),
  ];
}

const attention = (isNeeded: boolean) => `o.needs_attention is ${isNeeded ? 'not ' : ''}null`;

/** Its words are also those of others, and of titles. An array, so that no plan begins with the lines of all orders. */
const withSku = (sku: string) =>
  `${sku} = any(array(select sku from order_lines where order_id = o.id and kind = 'PRODUCT'))`;

export function ofTotal(total: NonNullable<Sought['total']>, parameters: Parameters): string[] {
  return [`o.currency = ${parameters.add(total.currency)}`, ...withinTotal(total, parameters)];
}

export function withinTotal(
  { min, max }: NonNullable<Sought['total']>,
  parameters: Parameters,
): string[] {
  return [
    ...(min === undefined ? [] : [`o.total >= ${parameters.add(min)}`]),
    ...(max === undefined ? [] : [`o.total <= ${parameters.add(max)}`]),
  ];
}

/** An order has all its words at hand: one of a search is looked up in the index, and the others are looked at. */
function ofTerms({ all, any, prefix }: SoughtTerms, parameters: Parameters): string[] {
  const terms = '(select terms from terms_of_orders where order_id = o.id)';
  return [
    ...(all.length > 0 ? [`${terms} @> ${parameters.add(all)}::text[]`] : []),
    ...(any ? [`${terms} && ${parameters.add(any)}::text[]`] : []),
    ...(prefix === undefined
      ? []
      : [
          `exists (select from unnest(${terms}) t where starts_with(t, ${parameters.add(prefix)}))`,
        ]),
  ];
}
