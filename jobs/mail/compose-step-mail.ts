import { toDecimal } from '@waybill/kernel/money.js';
import type { OrderSummary } from '@waybill/schema/commands.js';
import type { Told } from '@waybill/schema/events.js';

/** Mail about a step of a storefront's workflow, in its own words; whoever it goes to is called `name`. */
export function composeStepMail(
  { subject, text, statusName: status }: Told['mail'],
  order: Pick<OrderSummary, 'number' | 'total' | 'currency'>,
  { name, storefront }: { name: string; storefront: string },
): { subject: string; text: string } {
  const total = `${toDecimal(order.total, order.currency)} ${order.currency}`;
  const values: Record<string, string> = { number: order.number, name, status, total, storefront };
  const filled = (template: string) =>
    template.replace(/\{\{\s*(.*?)\s*\}\}/g, (blank, named) => values[named] ?? blank);
  // A name with a line break must not become a header of its own.
  return { subject: filled(subject).replace(/[\r\n]+/g, ' '), text: `${filled(text)}\n` };
}
