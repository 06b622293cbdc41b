import { Access } from '@waybill/kernel/graphql/access.js';
import { accountOf } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { changePart, type PartKind, type PartMutation } from '../change-part.js';
import { checkReason } from '../check-texts.js';
import type { OrdersContext } from '../context.js';
import { account, NO_UUID, reload } from '../graphql/account.js';
import { locationId } from '../graphql/entities.js';
import { ChangeOrderPayload } from '../graphql/payloads.js';
import { type ChangeResult, plannedChange } from '../guarded-change.js';
import { once } from '../once.js';
import type { WholeOrder } from '../order-parts.js';
import { orderId } from '../present.js';
import {
  cancelFulfillment,
  createFulfillment,
  holdFulfillment,
  splitFulfillment,
  updateTracking,
} from '../rules/fulfillment.js';
import { cancelLines } from '../rules/line-cancellation.js';
import type { Planned } from '../rules/planned.js';
import { deliverFulfillment, shipFulfillment } from '../rules/shipment.js';
import type { OrdersUserError } from '../user-errors.js';
import { checkTracking } from './check-tracking.js';
import {
  CancelFulfillmentInput,
  CancelOrderLinesInput,
  CreateFulfillmentInput,
  FulfillmentHoldInput,
  FulfillmentInput,
  SplitFulfillmentInput,
  TrackingInput,
} from './inputs.js';
import { FulfillmentPayload, fulfillmentId, presentFulfillment } from './types.js';

const INPUT = { description: 'What is asked.' };

@Resolver()
export class FulfillmentMutations {
  @Access('STAFF')
  @Mutation(() => FulfillmentPayload, {
    description: 'Packs units of a confirmed order in a parcel. Staff only.',
  })
  async createFulfillment(
    @Arg('input', () => CreateFulfillmentInput, INPUT) input: CreateFulfillmentInput,
    @Ctx() context: OrdersContext,
  ): Promise<FulfillmentPayload> {
    const id = newId();
    const uuid = orderId.decode(input.orderId) ?? NO_UUID;
    const shelves = {
      ...(await context.commands.catalog.findHeld({ orderId: uuid })),
      locationId:
        input.locationId == null ? null : (locationId.decode(input.locationId) ?? NO_UUID),
    };
    return change(context, {
      mutation: 'createFulfillment',
      input,
      orderId: uuid,
      partId: id,
      plan: (order) => createFulfillment(order, id, input.lines ?? null, shelves),
    });
  }

  @Access('STAFF')
  @Mutation(() => FulfillmentPayload, {
    description:
      'Hands a parcel to the carrier: what is due with it is captured, its units leave. Staff only.',
  })
  shipFulfillment(
    @Arg('input', () => TrackingInput, INPUT) input: TrackingInput,
    @Ctx() context: OrdersContext,
  ): Promise<FulfillmentPayload> {
    const tracking = trackingOf(input);
    return change(context, {
      ...parcel('shipFulfillment', input),
      invalid: checkTracking(tracking),
      plan: (order) => shipFulfillment(order, idOf(input), tracking),
    });
  }

  @Access('STAFF')
  @Mutation(() => FulfillmentPayload, {
    description: 'Names another carrier or tracking number of a parcel. Staff only.',
  })
  updateFulfillmentTracking(
    @Arg('input', () => TrackingInput, INPUT) input: TrackingInput,
    @Ctx() context: OrdersContext,
  ): Promise<FulfillmentPayload> {
    const tracking = trackingOf(input);
    return change(context, {
      ...parcel('updateFulfillmentTracking', input),
      invalid: checkTracking(tracking),
      plan: (order) => updateTracking(order, idOf(input), tracking),
    });
  }

  @Access('STAFF')
  @Mutation(() => FulfillmentPayload, {
    description: 'Puts some units of an open parcel in a new one. Staff only.',
  })
  splitFulfillment(
    @Arg('input', () => SplitFulfillmentInput, INPUT) input: SplitFulfillmentInput,
    @Ctx() context: OrdersContext,
  ): Promise<FulfillmentPayload> {
    const created = newId();
    const split = { id: idOf(input), newId: created, units: input.lines };
    return change(context, {
      ...parcel('splitFulfillment', input),
      partId: created,
      plan: (order) => splitFulfillment(order, split),
    });
  }

  @Access('STAFF')
  @Mutation(() => FulfillmentPayload, {
    description: 'Unpacks a parcel that was not handed over. Staff only.',
  })
  cancelFulfillment(
    @Arg('input', () => CancelFulfillmentInput, INPUT) input: CancelFulfillmentInput,
    @Ctx() context: OrdersContext,
  ): Promise<FulfillmentPayload> {
    const reason = input.reason ?? null;
    return change(context, {
      ...parcel('cancelFulfillment', input),
      invalid: checkReason(reason),
      plan: (order) => cancelFulfillment(order, idOf(input), reason),
    });
  }

  @Access('STAFF')
  @Mutation(() => FulfillmentPayload, {
    description: 'Records that a parcel has arrived; with the last, the order has. Staff only.',
  })
  deliverFulfillment(
    @Arg('input', () => FulfillmentInput, INPUT) input: FulfillmentInput,
    @Ctx() context: OrdersContext,
  ): Promise<FulfillmentPayload> {
    return change(context, {
      ...parcel('deliverFulfillment', input),
      plan: (order) => deliverFulfillment(order, idOf(input)),
    });
  }

  @Access('STAFF')
  @Mutation(() => ChangeOrderPayload, {
    description: 'Lets the packing and shipping of an order wait, or go on. Staff only.',
  })
  async setFulfillmentHold(
    @Arg('input', () => FulfillmentHoldInput, INPUT) input: FulfillmentHoldInput,
    @Ctx() context: OrdersContext,
  ): Promise<ChangeOrderPayload> {
    const reason = input.reason ?? null;
    const errors = checkReason(reason);
    return changeOrder(context, 'setFulfillmentHold', input, errors, (order) =>
      holdFulfillment(order, reason),
    );
  }

  @Access('STAFF')
  @Mutation(() => ChangeOrderPayload, {
    description:
      'Calls off units that are in no parcel: they go back to stock, what was paid for them goes back. Staff only.',
  })
  async cancelOrderLines(
    @Arg('input', () => CancelOrderLinesInput, INPUT) input: CancelOrderLinesInput,
    @Ctx() context: OrdersContext,
  ): Promise<ChangeOrderPayload> {
    const requestedBy = accountOf(account(context.identity));
    const reason = input.reason ?? null;
    const request = { id: newId(), refundId: newId(), requestedBy, units: input.lines, reason };
    return changeOrder(context, 'cancelOrderLines', input, checkReason(reason), (order) =>
      cancelLines(order, request),
    );
  }
}

const PARCELS: PartKind = { table: 'fulfillments', field: 'fulfillmentId' };

const idOf = (input: FulfillmentInput) => fulfillmentId.decode(input.fulfillmentId) ?? NO_UUID;

const parcel = (mutation: string, input: FulfillmentInput) => ({
  mutation,
  input,
  partId: idOf(input),
  knownPartId: idOf(input),
});

async function change(
  context: OrdersContext,
  mutation: Omit<PartMutation, 'parts'>,
): Promise<FulfillmentPayload> {
  const result = await changePart(context, { ...mutation, parts: PARCELS });
  if (result.orderId === null) return refused(result.errors);
  const [order, fulfillments] = await Promise.all([
    reload(context, result.orderId),
    context.loaders.fulfillments.load(result.orderId),
  ]);
  const row = fulfillments.find(({ id }) => id === result.partId);
  return { fulfillment: row ? presentFulfillment(row) : null, order, userErrors: [] };
}

async function changeOrder(
  context: OrdersContext,
  mutation: string,
  input: { orderId: string; idempotencyKey?: string | null },
  invalid: OrdersUserError[],
  plan: (order: WholeOrder) => Planned,
): Promise<ChangeOrderPayload> {
  if (invalid.length > 0) return { order: null, userErrors: invalid };
  const uuid = orderId.decode(input.orderId) ?? NO_UUID;
  const asked = { mutation, input, nothing: { orderId: null } };
  const result = await once<ChangeResult>(context, asked, (within) =>
    plannedChange(within, context.identity, uuid, plan),
  );
  if (result.orderId === null) return { order: null, userErrors: result.errors };
  return { order: await reload(context, result.orderId), userErrors: [] };
}

const refused = (userErrors: OrdersUserError[]): FulfillmentPayload => ({
  fulfillment: null,
  order: null,
  userErrors,
});

function trackingOf({ carrier, trackingNumber, trackingUrl }: TrackingInput) {
  return {
    carrier: carrier ?? null,
    trackingNumber: trackingNumber ?? null,
    trackingUrl: trackingUrl ?? null,
  };
}
