import { ClientError, forbidden } from '@waybill/kernel/errors.js';
import { accountOf, type Identity, isStaff, isWithin, realmsOf } from '@waybill/kernel/identity.js';
import { isCurrency, toMinor } from '@waybill/kernel/money.js';
import { isStorable } from '@waybill/kernel/storable.js';
import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { NOBODY } from '../access.js';
import { isByTotal, ORDER_SORTS, type OrderQuery, type OrderSort } from '../lists/order-query.js';
import type { OrderStatus, PaymentStatus, RefundStatus } from '../order.js';
import { bareStorefront, userId } from '../present.js';
import {
  described,
  enumOf,
  OrderStatusEnum,
  PaymentStatusEnum,
  RefundStatusEnum,
} from './enums.js';

export const OrderSortEnum = enumOf(ORDER_SORTS);
registerEnumType(OrderSortEnum, {
  name: 'OrderSort',
  description: 'In which sequence orders are listed.',
  valuesConfig: described({
    PLACED_AT: 'The newest first.',
    TOTAL_DESCENDING: 'The dearest first; `filter.total` says in which currency.',
    TOTAL_ASCENDING: 'The cheapest first; `filter.total` says in which currency.',
  }),
});

@InputType({ description: 'What orders cost, in one currency; both ends are included.' })
export class TotalRange {
  @Field(() => String, { description: 'ISO 4217 code.' })
  currency: string;

  @Field(() => String, { nullable: true, description: 'As much or more, as a decimal.' })
  min?: string | null;

  @Field(() => String, { nullable: true, description: 'As much or less, as a decimal.' })
  max?: string | null;
}

@InputType({ description: 'Which orders to list; all that is named must hold.' })
export class OrderFilter {
  @Field(() => [OrderStatusEnum], { nullable: true, description: 'In one of these statuses.' })
  status?: OrderStatus[] | null;

  @Field(() => [PaymentStatusEnum], { nullable: true, description: 'Paid in one of these ways.' })
  paymentStatus?: PaymentStatus[] | null;

  @Field(() => [RefundStatusEnum], {
    nullable: true,
    description: 'Refunded in one of these ways.',
  })
  refundStatus?: RefundStatus[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the system cannot go on with it by itself; for staff.',
  })
  needsAttention?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'Of this customer.' })
  customerId?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Ordered in one of these storefronts.' })
  storefrontIds?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Placed at this time or later (RFC 3339).' })
  placedFrom?: string | null;

  @Field(() => String, { nullable: true, description: 'Placed before this time (RFC 3339).' })
  placedTo?: string | null;

  @Field(() => TotalRange, { nullable: true, description: 'What it costs.' })
  total?: TotalRange | null;

  @Field(() => String, { nullable: true, description: 'With this SKU.' })
  sku?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words of its number, its titles and SKUs, the name, e-mail and address it goes to, and its tracking numbers. All of them must be found; the last may be unfinished. What has just happened is found a moment later.',
  })
  search?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Placed by you, under one of these keys: what became of requests sent before.',
  })
  idempotencyKeys?: string[] | null;
}

/** What is asked for, as far as whoever asks may see it. An id that names nobody matches no order. */
export function orderQuery(
  filter: OrderFilter | null,
  sort: OrderSort | null,
  identity: Identity,
): OrderQuery {
  if (filter?.needsAttention != null && !isStaff(identity)) throw forbidden();
  if (isByTotal(sort ?? undefined) && !filter?.total) {
    throw new ClientError('BAD_USER_INPUT', 'By total needs filter.total with a currency.');
  }
  const storefrontIds = storefrontsOf(identity, filter?.storefrontIds);
  return {
    ...(sort && { sort }),
    ...(storefrontIds && { storefrontIds }),
    ...(filter && {
      ...conditionsOf(filter),
      ...textsOf(filter),
      ...placementOf(filter, identity),
    }),
  };
}

function conditionsOf(filter: OrderFilter): OrderQuery {
  const { status, paymentStatus, refundStatus, needsAttention, customerId, total } = filter;
  return {
    ...(status && { status }),
    ...(paymentStatus && { paymentStatus }),
    ...(refundStatus && { refundStatus }),
    ...(needsAttention != null && { needsAttention }),
    ...(customerId && { customerId: userId.decode(customerId) ?? NOBODY }),
    ...(total && { total: rangeOf(total) }),
  };
}

/** What cannot be stored is in no order. A search of nothing but blanks is none. */
function textsOf({ sku, search }: OrderFilter): OrderQuery {
  return {
    ...(sku != null && { sku: isStorable(sku) ? sku : '' }),
    ...(search?.trim() && { search: isStorable(search) ? search : '' }),
  };
}

function placementOf(filter: OrderFilter, identity: Identity): OrderQuery {
  const { placedFrom, placedTo, idempotencyKeys } = filter;
  const placedBy = accountOf(identity) ?? NOBODY;
  return {
    ...(placedFrom && { placedFrom: time(placedFrom, 'placedFrom') }),
    ...(placedTo && { placedTo: time(placedTo, 'placedTo') }),
    ...(idempotencyKeys && { placedUnder: { placedBy, keys: idempotencyKeys.filter(isStorable) } }),
  };
}

/** Those of the named ones that are the asker's to see; undefined where all are meant and may be seen. */
export function storefrontsOf(
  identity: Identity,
  named: string[] | null | undefined,
): readonly string[] | undefined {
  if (named == null) return realmsOf(identity);
  const bare = named.map((id) => bareStorefront(id) ?? NOBODY);
  return bare.filter((id) => isWithin(identity, id));
}

function rangeOf({ currency, min, max }: TotalRange): NonNullable<OrderQuery['total']> {
  if (!isCurrency(currency)) throw new ClientError('BAD_USER_INPUT', 'total.currency is none.');
  const amount = (decimal: string, field: string) => {
    const minor = toMinor(decimal, currency);
    if (minor === undefined)
      throw new ClientError('BAD_USER_INPUT', `total.${field} is no amount.`);
    return minor;
  };
  return {
    currency,
    ...(min != null && { min: amount(min, 'min') }),
    ...(max != null && { max: amount(max, 'max') }),
  };
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;

function time(text: string, field: string): Date {
  const date = new Date(text);
  if (!RFC_3339.test(text) || !(date.getUTCFullYear() > 0)) {
    throw new ClientError('BAD_USER_INPUT', `${field} is no time (RFC 3339).`);
  }
  return date;
}
