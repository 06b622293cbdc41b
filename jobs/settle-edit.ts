import type { OrderCommand } from '@waybill/schema/commands.js';
import type { DomainEvent, EditDue } from '@waybill/schema/events.js';
import { authorize } from './settle-payment.js';
import type { CommandClients } from './workers.js';

type EditRequested = Extract<DomainEvent, { type: 'order.edit_requested' }>;

/**
 * Gets the units and the money that an edit needs, in this order, and only then is the order changed. Where either
 * cannot be had, what was had goes back and the order stays as it is. An order that is called off meanwhile gives back
 * everything by its own jobs: nothing can be held or taken for it any more.
 */
export async function settleEdit(
  event: EditRequested,
  commands: CommandClients,
  lastAttempt: boolean,
): Promise<void> {
  const { catalog, orders, payments } = commands;
  const { subject: orderId, data } = event;
  const { editId, items } = data;
  const record = (command: OrderCommand) => orders.applyToOrder({ orderId, command });
  const reject = async (code: string) => {
    if (items.length > 0) await catalog.releaseItems({ orderId, releaseId: editId, items });
    await record({ type: 'recordEditRejected', editId, code });
  };

  if (items.length > 0) {
    const { outcome } = await catalog.addToHold({ orderId, additionId: editId, items });
    if (outcome !== 'RESERVED') {
      const code = outcome === 'SHORT' ? 'OUT_OF_STOCK' : outcome;
      await record({ type: 'recordEditRejected', editId, code });
      return;
    }
  }
  const paid = await pay(orderId, data, commands, lastAttempt);
  if (paid.outcome === 'PENDING') return; // payment.settled comes when the provider knows
  if (paid.outcome === 'REFUSED') {
    // What is authorized and will not be captured goes free; all else of the order is captured.
    if (paid.held)
      await payments.capturePayment({ orderId, captureId: editId, amount: 0, final: true });
    await reject(paid.code);
    return;
  }
  await record({ type: 'recordEditApplied', editId, captured: paid.captured });
}

type Paid =
  | { outcome: 'PAID'; captured: number }
  | { outcome: 'PENDING' }
  | { outcome: 'REFUSED'; code: string; held: boolean };

async function pay(
  orderId: string,
  { editId, payment, captureNow }: EditDue,
  commands: CommandClients,
  lastAttempt: boolean,
): Promise<Paid> {
  if (!payment) return { outcome: 'PAID', captured: 0 };
  const authorized = await authorize({ subject: orderId, data: payment }, commands, lastAttempt);
  if (authorized.outcome === 'PENDING') return authorized;
  if (authorized.outcome === 'DECLINED')
    return { outcome: 'REFUSED', code: authorized.code, held: false };
  if (!captureNow) return { outcome: 'PAID', captured: 0 };
  const { amount } = payment;
  const captured = await commands.payments.capturePayment({
    ...{ orderId, captureId: editId, amount, final: true },
  });
  if (captured.outcome === 'CAPTURED') return { outcome: 'PAID', captured: captured.amount };
  return { outcome: 'REFUSED', code: captured.code, held: true };
}
