import { toDecimal } from '@waybill/kernel/money.js';
import type { OrderSummary } from '@waybill/schema/commands.js';
import type { EventType, Parcel } from '@waybill/schema/events.js';

interface Wording {
  subject: string;
  body: string;
}

const WORDING: Partial<Record<EventType, Wording>> = {
  'order.placed': {
    subject: 'We have your order',
    body: 'Thank you. We are checking stock and payment now.',
  },
  'order.confirmed': {
    subject: 'Your order is confirmed',
    body: 'Its payment is approved, and everything in it is set aside for you.',
  },
  'order.partially_shipped': {
    subject: 'A part of your order is on its way',
    body: 'The rest will follow.',
  },
  'order.shipped': {
    subject: 'Your order is on its way',
    body: 'All of it has left our warehouse.',
  },
  'order.delivered': {
    subject: 'Your order has arrived',
    body: 'All of it is delivered.',
  },
  'order.cancelled': {
    subject: 'Your order is cancelled',
    body: 'Nothing is owed; what you paid has been given back.',
  },
  'order.failed': {
    subject: 'Your order could not be completed',
    body: 'Nothing is owed; what you paid has been given back.',
  },
  'order.expired': {
    subject: 'Your order has expired',
    body: 'It was not paid in time, so we could not keep the goods any longer.',
  },
};

/** Whether there are words for an event. */
export const hasWording = (event: EventType): boolean => WORDING[event] !== undefined;

/** The mail about an order's event, with where to follow the parcel. Throws where no mail belongs to the event. */
export function composeMail(
  event: EventType,
  order: OrderSummary,
  name: string,
  parcel?: Parcel,
): { subject: string; text: string } {
  const wording = WORDING[event];
  if (!wording) throw new Error(`no mail is sent for ${event}`);
  const reason = event === 'order.failed' ? REASONS[order.reason ?? ''] : undefined;
  const text = [
    `Hello ${name},`,
    [wording.body, reason].filter(Boolean).join(' '),
    ...trackingText(parcel),
    order.lines.map((line) => lineText(line, order.currency)).join('\n'),
    `Total: ${toDecimal(order.total, order.currency)} ${order.currency}`,
  ].join('\n\n');
  return { subject: `${wording.subject} (order ${order.number})`, text: `${text}\n` };
}

/** Codes that a customer can be told about in words. */
const REASONS: Record<string, string> = {
  OUT_OF_STOCK: 'Somebody else was faster: not everything is left.',
  CARD_DECLINED: 'Your card was declined.',
  PROVIDER_UNAVAILABLE: 'Your bank did not answer.',
};

function trackingText({ carrier, trackingNumber, trackingUrl }: Partial<Parcel> = {}): string[] {
  const sender = [carrier, trackingNumber].filter(Boolean).join(' ');
  const lines = [sender && `Carried by ${sender}.`, trackingUrl && `Follow it at ${trackingUrl}`];
  const text = lines.filter(Boolean).join('\n');
  return text ? [text] : [];
}

function lineText(line: OrderSummary['lines'][number], currency: string): string {
  const total = toDecimal(line.quantity * line.unitPrice, currency);
  return `${line.quantity} x ${line.title}: ${total} ${currency}`;
}
