import type { OrderState } from '../order.js';
import { type Step, standingAt } from './engine.js';

/** What whoever sends mail about a step needs to know beside the order. */
export interface StepMail {
  /** With `{{number}}` and the like still to be filled in. */
  subject: string;
  text: string;
  /** What people call the status that the order has come to. */
  statusName: string;
}

/**
 * What the event of a step tells of the order's workflow: where it stands, and whom to tell by mail or webhook. Nothing
 * where the order goes by the default one.
 */
export function standingData(
  order: Pick<OrderState, 'workflow' | 'workflowStatus' | 'status'>,
  { transition }: Step,
  notice: object,
): object {
  if (!order.workflow) return {};
  const { code: workflowStatus, name: statusName } = standingAt(order.workflow, order);
  const actions = transition?.actions ?? [];
  const mail = actions.find(({ type }) => type === 'EMAIL');
  const tellsPartner = actions.some(({ type }) => type === 'WEBHOOK');
  return {
    workflowStatus,
    ...(mail?.type === 'EMAIL' && {
      mail: { subject: mail.subject, text: mail.text, statusName } satisfies StepMail,
    }),
    ...(tellsPartner && { webhook: true }),
    ...((mail || tellsPartner) && notice),
  };
}
