import { toDecimal } from '@waybill/kernel/money.js';
import { OrderReturnsDocument, RecordReturnDocument } from '@waybill/schema/generated/graphql.js';
import { AnsweredErrors, type Client } from '../client.js';
import { chunks } from '../command-line/figures.js';
import type { Phase } from '../command-line/progress.js';
import { eachAtOnce } from '../command-line/slots.js';
import type { PlannedRefund, RefundPart } from '../online-retail/match-refunds.js';
import { CURRENCY, type Row } from '../online-retail/row.js';
import { BATCH } from './order-watch.js';

export interface Refunding {
  client: Client;
  /** Order ids by invoice number. */
  orders: ReadonlyMap<string, string>;
  concurrency: number;
  phase: Phase;
  signal: AbortSignal;
}

export interface Refunded {
  /** Ids of the file's refunds that have been carried out. */
  done: Set<string>;
  /** Units that this run, and no earlier one, gave back to stock. */
  unitsBackNow: number;
  /** Units that all refunds of the file gave back, now or before. */
  unitsBack: number;
  /** Cancellations that could not be refunded in full, and why. */
  failed: Array<{ cancellation: Row; reason: string }>;
}

interface Asked {
  id: string;
  orderId: string;
  part: RefundPart;
  isNew: boolean;
  planned: PlannedRefund;
}

/** Milliseconds between two looks at refunds that are not carried out yet. */
const LOOK_EVERY_MS = 250;
/** Milliseconds after which a refund that stays open is given up. */
const GIVE_UP_AFTER_MS = 60_000;

/** Gives back the money and the goods of every cancellation that found its purchases, and waits until it is done. */
export async function returnCancellations(
  refunds: readonly PlannedRefund[],
  refunding: Refunding,
): Promise<Refunded> {
  const refunded: Refunded = { done: new Set(), unitsBackNow: 0, unitsBack: 0, failed: [] };
  const asked: Asked[] = [];
  await eachAtOnce(withKeys(refunds), refunding.concurrency, async ({ planned, key }) => {
    if (refunding.signal.aborted) return;
    for (const [i, part] of planned.parts.entries()) {
      const answer = await askFor(planned, part, `${key}/${i + 1}`, refunding);
      if ('reason' in answer)
        refunded.failed.push({ cancellation: planned.cancellation, ...answer });
      else asked.push(answer);
    }
    refunding.phase.advance();
  });
  await carriedOut(asked, refunded, refunding);
  return refunded;
}

/** Named by what the file says, and not by the line number, so that a cut or mended file names them the same. */
function withKeys(
  refunds: readonly PlannedRefund[],
): Array<{ planned: PlannedRefund; key: string }> {
  const times = new Map<string, number>();
  return refunds.map((planned) => {
    const { invoice, stockCode } = planned.cancellation;
    const name = `online-retail/${invoice}/${stockCode}`;
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    return { planned, key: `${name}/${time}` };
  });
}

async function askFor(
  planned: PlannedRefund,
  part: RefundPart,
  idempotencyKey: string,
  { client, orders }: Refunding,
): Promise<Asked | { reason: string }> {
  const orderId = orders.get(part.invoice);
  if (!orderId) return { reason: `invoice ${part.invoice} is not paid for` };
  const input = {
    orderId,
    idempotencyKey,
    // Goods come first in an order, in the order of the invoice.
    lines: [{ lineNumber: part.line + 1, quantity: part.quantity, restock: part.quantity }],
    amount: toDecimal(part.amount, CURRENCY),
    reason: `Cancellation ${planned.cancellation.invoice}`,
  };
  try {
    const { recordReturn } = await client.run(RecordReturnDocument, { input });
    const { return: back, alreadyRecorded, userErrors } = recordReturn;
    if (back) return { id: back.id, orderId, part, planned, isNew: !alreadyRecorded };
    return { reason: userErrors.map(({ code, message }) => `${code} ${message}`).join(' ') };
  } catch (error) {
    if (error instanceof AnsweredErrors) return { reason: error.message };
    throw error;
  }
}

async function carriedOut(
  asked: readonly Asked[],
  refunded: Refunded,
  { client }: Refunding,
): Promise<void> {
  let open = [...asked];
  for (const deadline = Date.now() + GIVE_UP_AFTER_MS; open.length > 0; ) {
    const states = await returnStates(client, open);
    for (const each of open) book(each, states.get(each.id), refunded);
    open = open.filter(({ id }) => (states.get(id)?.state ?? 'PENDING') === 'PENDING');
    if (open.length === 0) return;
    if (Date.now() > deadline) break;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  for (const { planned } of open) {
    refunded.failed.push({ cancellation: planned.cancellation, reason: 'the return stays open' });
  }
}

/** How far the money of a return has come, and its refund. */
interface Back {
  state: string | undefined;
  refundId: string | undefined;
}

/** A return is settled when its money was answered and its goods are in stock. */
async function returnStates(client: Client, asked: readonly Asked[]): Promise<Map<string, Back>> {
  const states = new Map<string, Back>();
  const orderIds = [...new Set(asked.map(({ orderId }) => orderId))];
  for (const ids of chunks(orderIds, BATCH)) {
    const { nodes } = await client.run(OrderReturnsDocument, { ids });
    for (const node of nodes) {
      const returns = node && 'returns' in node ? node.returns : [];
      for (const { id, restocked, refund } of returns)
        states.set(id, { state: restocked ? refund?.status : 'PENDING', refundId: refund?.id });
    }
  }
  return states;
}

function book(
  { part, isNew, planned }: Asked,
  { state, refundId }: Partial<Back> = {},
  refunded: Refunded,
): void {
  if (state === 'FAILED') {
    const reason = 'the payment provider refused the refund';
    refunded.failed.push({ cancellation: planned.cancellation, reason });
  }
  if (state !== 'REFUNDED' || !refundId) return;
  refunded.done.add(refundId);
  refunded.unitsBack += part.quantity;
  if (isNew) refunded.unitsBackNow += part.quantity;
}
