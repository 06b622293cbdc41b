import type { BatchHandler } from '@waybill/kernel/batch.js';
import type { CaptureResult, Commands } from '@waybill/schema/commands.js';
import {
  type Capture,
  capturable,
  captureResult,
  missing,
  planCapture,
  takesAll,
  type WithCaptures,
} from './capture.js';
import { performCaptures, planCaptures, resumeCaptures } from './capture-steps.js';
import { mustVoid } from './payment.js';
import type { PaymentsContext } from './payments-context.js';
import { voidPayments } from './void-steps.js';

type Input = Commands['payments']['capturePayment']['input'];

/**
 * Takes money that is held for an order. All that is held is asked for at once: two statements a batch. Parts are
 * written down first, under a lock, so that no two captures count on the same money. Asked again, it goes on where it
 * stopped; a reversal that came first makes it fail.
 */
export function capturePayment(context: PaymentsContext): BatchHandler<Input, CaptureResult> {
  return async (inputs) => {
    const wishes = [...new Map(inputs.map((input) => [input.captureId, input])).values()];
    const read = await resumeCaptures(
      context,
      wishes.map(({ orderId }) => orderId),
    );
    const plan = await planEach(context, wishes, read.payments);
    const taken = await performCaptures(context, plan.payments, plan.planned);
    const freed = await freeTheRest(context, wishes, taken.payments);
    const errors = new Map([...read.failures, ...plan.refused, ...taken.failures, ...freed]);
    const ofOrder = Map.groupBy(taken.payments, ({ orderId }) => orderId);
    return inputs.map(
      (input) =>
        errors.get(input.captureId) ?? captureResult(input, ofOrder.get(input.orderId) ?? []),
    );
  };
}

/** Who takes all there is has nothing to choose, and needs no lock: asked again, it makes the same plan. */
async function planEach(context: PaymentsContext, wishes: Input[], payments: WithCaptures[]) {
  const ofOrder = Map.groupBy(payments, ({ orderId }) => orderId);
  const rivals = Map.groupBy(wishes, ({ orderId }) => orderId);
  const whole: Capture[] = [];
  const parts: Input[] = [];
  for (const wish of wishes) {
    const own = ofOrder.get(wish.orderId) ?? [];
    const isAlone = rivals.get(wish.orderId)?.length === 1;
    if (isAlone && takesAll(wish, own)) whole.push(...planCapture(wish, own));
    else if (missing(wish, own) > 0 && own.some((each) => capturable(each) > 0)) parts.push(wish);
  }
  if (parts.length === 0) return { planned: whole, payments, refused: [] };
  const planned = await planCaptures(context, parts);
  const now = new Map([...payments, ...planned.payments].map((payment) => [payment.id, payment]));
  return { ...planned, planned: [...whole, ...planned.planned], payments: [...now.values()] };
}

/** After the last capture nothing of the customer's money stays held; answers what went wrong, by captureId. */
async function freeTheRest(
  context: PaymentsContext,
  wishes: Input[],
  payments: WithCaptures[],
): Promise<Array<[string, Error]>> {
  const open = Map.groupBy(payments.filter(mustVoid), ({ orderId }) => orderId);
  if (open.size === 0) return [];
  const ofOrder = Map.groupBy(payments, ({ orderId }) => orderId);
  const done = wishes.filter(
    (wish) => wish.final && missing(wish, ofOrder.get(wish.orderId) ?? []) <= 0,
  );
  const { failures } = await voidPayments(
    context,
    done.flatMap(({ orderId }) => open.get(orderId) ?? []),
  );
  const failed = new Map(failures);
  return done.flatMap(({ orderId, captureId }) => {
    const error = failed.get(orderId);
    return error ? [[captureId, error]] : [];
  });
}
