import { Access } from '@waybill/kernel/graphql/access.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { NO_SUCH_ORDER } from '../access.js';
import { cancelOrder } from '../cancel-order.js';
import type { OrdersContext } from '../context.js';
import { type FulfillResult, fulfillOrders, MAX_FULFILL } from '../fulfill-orders.js';
import type { ChangeResult } from '../guarded-change.js';
import { once } from '../once.js';
import { payOrder } from '../pay-order.js';
import { placeOrder } from '../place-order.js';
import { placeQuote } from '../place-quote.js';
import {
  bareStorefront,
  orderId,
  presentOrder,
  presentRefund,
  quoteIds,
  userId,
} from '../present.js';
import { findOrders } from '../read-orders.js';
import { refundOrder } from '../refund-order.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';
import { account, askerOf, NO_UUID, reload } from './account.js';
import {
  CancelOrderInput,
  FulfillOrdersInput,
  PayOrderInput,
  PlaceOrderInput,
  RefundOrderInput,
} from './inputs.js';
import {
  ChangeOrderPayload,
  FulfillOrdersPayload,
  PlaceOrderPayload,
  RefundOrderPayload,
} from './payloads.js';

const INPUT = { description: 'What is asked.' };

@Resolver()
export class OrderMutations {
  @Access('SIGNED_IN')
  @Mutation(() => PlaceOrderPayload, {
    description: 'Places an order. Watch it with `orderUpdates`.',
  })
  async placeOrder(
    @Arg('input', () => PlaceOrderInput, INPUT) input: PlaceOrderInput,
    @Ctx() context: OrdersContext,
  ): Promise<PlaceOrderPayload> {
    const { customerId: named, storefrontId, quoteId: quote, ...rest } = input;
    // An id that is no user's stays as it is: the catalog of people then says that there is none.
    const customerId = named == null ? named : (userId.decode(named) ?? NO_UUID);
    const placement = { ...rest, storefrontId: bareStorefront(storefrontId), customerId };
    const who = account(context.identity);
    const quoteId = quote == null ? undefined : (quoteIds.decode(quote) ?? NO_UUID);
    const result = quoteId
      ? await placeQuote(context, who, { ...placement, quoteId })
      : await placeOrder(context, who, placement);
    return {
      order: result.order && presentOrder(result.order),
      alreadyPlaced: result.order !== null && result.repeated,
      userErrors: result.errors,
    };
  }

  @Access('OWNER')
  @Mutation(() => ChangeOrderPayload, {
    description: 'Calls an order off; nothing is owed afterwards.',
  })
  async cancelOrder(
    @Arg('input', () => CancelOrderInput, INPUT) input: CancelOrderInput,
    @Ctx() context: OrdersContext,
  ): Promise<ChangeOrderPayload> {
    const uuid = orderId.decode(input.orderId);
    if (!uuid) return { order: null, userErrors: [NO_SUCH_ORDER] };
    const request = { orderId: uuid, reason: input.reason ?? null };
    const { asker, owner } = await askerOf(context, input.token);
    const asked = { mutation: 'cancelOrder', input, owner, nothing: { orderId: null } };
    const result = await once<ChangeResult>(context, asked, (within) =>
      cancelOrder(within, asker, request),
    );
    return changed(context, result);
  }

  @Access('OWNER')
  @Mutation(() => ChangeOrderPayload, {
    description:
      'Pays what is due of an order, or a part of it: after a decline, mostly. Staff have money authorized anew that is taken with a shipment.',
  })
  async payOrder(
    @Arg('input', () => PayOrderInput, INPUT) input: PayOrderInput,
    @Ctx() context: OrdersContext,
  ): Promise<ChangeOrderPayload> {
    const uuid = orderId.decode(input.orderId);
    if (!uuid) return { order: null, userErrors: [NO_SUCH_ORDER] };
    const { paymentMethod, amount = null } = input;
    const request = { orderId: uuid, paymentMethod, amount };
    const { asker, owner } = await askerOf(context, input.token);
    const asked = { mutation: 'payOrder', input, owner, nothing: { orderId: null } };
    const result = await once<ChangeResult>(context, asked, (within) =>
      payOrder(within, asker, request),
    );
    return changed(context, result);
  }

  @Access('STAFF')
  @Mutation(() => FulfillOrdersPayload, {
    description: 'Ships confirmed orders whole. Staff only.',
  })
  async fulfillOrders(
    @Arg('input', () => FulfillOrdersInput, INPUT) input: FulfillOrdersInput,
    @Ctx() context: OrdersContext,
  ): Promise<FulfillOrdersPayload> {
    const refusal = tooMany(input.orderIds);
    if (refusal) return { orders: [], userErrors: [refusal] };
    const uuids = input.orderIds.map((id) => orderId.decode(id) ?? NO_UUID);
    const asked = { mutation: 'fulfillOrders', input, nothing: { orderIds: [] } };
    const { orderIds: shipped, errors } = await once<FulfillResult>(context, asked, (within) =>
      fulfillOrders(within, context.identity, uuids),
    );
    const orders = await findOrders(context.db, shipped);
    return {
      orders: orders.flatMap((row) => (row ? [presentOrder(row)] : [])),
      userErrors: errors,
    };
  }

  @Access('STAFF')
  @Mutation(() => RefundOrderPayload, {
    description: 'Gives money back, in full or in part. Staff only.',
  })
  async refundOrder(
    @Arg('input', () => RefundOrderInput, INPUT) input: RefundOrderInput,
    @Ctx() context: OrdersContext,
  ): Promise<RefundOrderPayload> {
    const result = await refundOrder(context, account(context.identity), {
      ...input,
      amount: input.amount ?? null,
      reason: input.reason ?? null,
      orderId: orderId.decode(input.orderId) ?? NO_UUID,
    });
    if (!result.refund)
      return { refund: null, order: null, alreadyRequested: false, userErrors: [...result.errors] };
    const order = await reload(context, result.refund.orderId);
    if (!order) {
      return { refund: null, order, alreadyRequested: false, userErrors: [NO_SUCH_ORDER] };
    }
    return {
      refund: presentRefund(result.refund, order.row.currency),
      order,
      alreadyRequested: result.repeated,
      userErrors: [],
    };
  }
}

function tooMany(orderIds: string[]): OrdersUserError | undefined {
  if (orderIds.length <= MAX_FULFILL) return undefined;
  return userError(Code.INVALID_INPUT, `At most ${MAX_FULFILL} orders at once.`, ['orderIds']);
}

async function changed(context: OrdersContext, result: ChangeResult): Promise<ChangeOrderPayload> {
  if (result.orderId === null) return { order: null, userErrors: result.errors };
  return { order: await reload(context, result.orderId), userErrors: [] };
}
