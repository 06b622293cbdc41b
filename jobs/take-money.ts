import type { DomainEvent } from '@waybill/schema/events.js';
import type { CommandClients } from './workers.js';

type CaptureRequested = Extract<DomainEvent, { type: 'order.capture_requested' }>;

/** Takes what is due because the workflow of the order says so; where it does not come, staff are asked to look. */
export async function takeMoney(
  { id, subject: orderId, data }: CaptureRequested,
  { orders, payments }: Pick<CommandClients, 'orders' | 'payments'>,
): Promise<void> {
  // What has not left can still be called off or edited: what is authorized beyond this stays so.
  const capture = { orderId, captureId: id, amount: data.amount, final: false };
  const taken = await payments.capturePayment(capture);
  if (taken.outcome === 'CAPTURED') {
    const command = { type: 'recordCaptured', captured: taken.amount } as const;
    await orders.applyToOrder({ orderId, command });
    return;
  }
  const { code, captured, ended } = taken;
  const command = { type: 'recordCaptureFailed', code, captured, ended } as const;
  await orders.applyToOrder({ orderId, command });
}
