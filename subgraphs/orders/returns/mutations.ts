import { Access } from '@waybill/kernel/graphql/access.js';
import { accountOf } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { toMinor } from '@waybill/kernel/money.js';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { NO_SUCH_ORDER, requesterOf } from '../access.js';
import { changePart, type PartKind, type PartMutation } from '../change-part.js';
import { checkReason } from '../check-texts.js';
import type { OrdersContext } from '../context.js';
import { account, askerOf, NO_UUID, reload } from '../graphql/account.js';
import type { WholeOrder } from '../order-parts.js';
import { orderId, presentRefund } from '../present.js';
import { cancelReturn, receiveReturn, rejectReturn, requestReturn } from '../rules/return.js';
import type { OrdersUserError } from '../user-errors.js';
import { findLocation } from './find-location.js';
import {
  CancelReturnInput,
  ReceiveReturnInput,
  RecordReturnInput,
  RejectReturnInput,
  RequestReturnInput,
  type ReturnInput,
} from './inputs.js';
import { recordReturn } from './record-return.js';
import { presentReturn, RecordReturnPayload, ReturnPayload, returnId } from './types.js';

const INPUT = { description: 'What is asked.' };

@Resolver()
export class ReturnMutations {
  @Access('OWNER')
  @Mutation(() => ReturnPayload, {
    description:
      'Announces that units of an order will come back: by its customer, a guest with its token, or staff.',
  })
  async requestReturn(
    @Arg('input', () => RequestReturnInput, INPUT) input: RequestReturnInput,
    @Ctx() context: OrdersContext,
  ): Promise<ReturnPayload> {
    const who = await askerOf(context, input.token);
    const reason = input.reason ?? null;
    const requestedBy = requesterOf(who.asker);
    const request = { id: newId(), units: input.lines, reason, requestedBy };
    return change(context, {
      ...who,
      mutation: 'requestReturn',
      input,
      invalid: checkReason(reason),
      orderId: orderId.decode(input.orderId) ?? NO_UUID,
      partId: request.id,
      plan: (order) => requestReturn(order, request),
    });
  }

  @Access('OWNER')
  @Mutation(() => ReturnPayload, {
    description:
      'Calls off a return of which nothing has arrived: by the customer, a guest with the token, or staff.',
  })
  async cancelReturn(
    @Arg('input', () => CancelReturnInput, INPUT) input: CancelReturnInput,
    @Ctx() context: OrdersContext,
  ): Promise<ReturnPayload> {
    return change(context, {
      ...(await askerOf(context, input.token)),
      ...ofReturn('cancelReturn', input),
      plan: (order) => cancelReturn(order, idOf(input)),
    });
  }

  @Access('STAFF')
  @Mutation(() => ReturnPayload, { description: 'Does not accept a return. Staff only.' })
  rejectReturn(
    @Arg('input', () => RejectReturnInput, INPUT) input: RejectReturnInput,
    @Ctx() context: OrdersContext,
  ): Promise<ReturnPayload> {
    const reason = input.reason ?? null;
    return change(context, {
      ...ofReturn('rejectReturn', input),
      invalid: checkReason(reason),
      plan: (order) => rejectReturn(order, idOf(input), reason),
    });
  }

  @Access('STAFF')
  @Mutation(() => ReturnPayload, {
    description:
      'Takes in what arrived of a return: it goes back to stock as far as it can be sold, and is refunded. Staff only.',
  })
  async receiveReturn(
    @Arg('input', () => ReceiveReturnInput, INPUT) input: ReceiveReturnInput,
    @Ctx() context: OrdersContext,
  ): Promise<ReturnPayload> {
    const receivedBy = accountOf(account(context.identity));
    const { locationId, errors } = await findLocation(context, input.locationId);
    const reason = input.reason ?? null;
    const receipt = { refundId: newId(), units: input.lines, reason, locationId };
    return change(context, {
      ...ofReturn('receiveReturn', input),
      invalid: [...errors, ...checkReason(reason)],
      plan: (order) =>
        receiveReturn(order, idOf(input), {
          ...receipt,
          receivedBy,
          amount: minorOf(order, input.amount),
        }),
    });
  }

  @Access('STAFF')
  @Mutation(() => RecordReturnPayload, {
    description:
      'Records goods that came back unannounced: taken in, put back to stock and refunded at once. Staff only.',
  })
  async recordReturn(
    @Arg('input', () => RecordReturnInput, INPUT) input: RecordReturnInput,
    @Ctx() context: OrdersContext,
  ): Promise<RecordReturnPayload> {
    const { locationId, errors } = await findLocation(context, input.locationId);
    if (errors.length > 0) return { ...refused(errors), alreadyRecorded: false };
    const result = await recordReturn(context, account(context.identity), {
      ...input,
      locationId,
      orderId: orderId.decode(input.orderId) ?? NO_UUID,
      amount: input.amount ?? null,
      reason: input.reason ?? null,
    });
    if (result.orderId === null) return { ...refused(result.errors), alreadyRecorded: false };
    const { orderId: id, partId, repeated } = result;
    return {
      ...(await payload(context, { orderId: id, returnId: partId })),
      alreadyRecorded: repeated,
    };
  }
}

const RETURNS: PartKind = { table: 'returns', field: 'returnId' };

const idOf = (input: ReturnInput) => returnId.decode(input.returnId) ?? NO_UUID;

const ofReturn = (mutation: string, input: ReturnInput) => ({
  mutation,
  input,
  partId: idOf(input),
});

async function change(
  context: OrdersContext,
  mutation: Omit<PartMutation, 'parts'>,
): Promise<ReturnPayload> {
  const result = await changePart(context, { ...mutation, parts: RETURNS });
  if (result.orderId === null) return refused(result.errors);
  return payload(context, { orderId: result.orderId, returnId: result.partId });
}

async function payload(
  context: OrdersContext,
  ids: { orderId: string; returnId: string },
): Promise<ReturnPayload> {
  const { loaders } = context;
  const [order, returns, refunds] = await Promise.all([
    reload(context, ids.orderId),
    loaders.returns.load(ids.orderId),
    loaders.refunds.load(ids.orderId),
  ]);
  const row = returns.find(({ id }) => id === ids.returnId);
  const refund = refunds.find(({ id }) => id === row?.refundId);
  if (!order) return refused([NO_SUCH_ORDER]);
  return {
    return: row ? presentReturn(row) : null,
    refund: refund ? presentRefund(refund, order.row.currency) : null,
    order,
    userErrors: [],
  };
}

const refused = (userErrors: OrdersUserError[]): ReturnPayload => ({
  return: null,
  refund: null,
  order: null,
  userErrors,
});

/** Null where nothing was named; NaN, which no amount is, where it does not fit the currency. */
function minorOf({ currency }: WholeOrder, amount: string | null | undefined): number | null {
  return amount == null ? null : (toMinor(amount, currency) ?? Number.NaN);
}
