import { ship, stepsUntil } from '../../support/orders.js';
import { confirmedOrder, eventsOf, type Request, type Stage } from './stage.js';

type Requests = Record<string, (stage: Stage) => Promise<Request>>;

const one = [{ lineNumber: 1, quantity: 1 }];
const two = [{ lineNumber: 1, quantity: 2 }];
const nine = [{ lineNumber: 1, quantity: 9 }];

/** A real request for each mutation about goods that come back. */
export const RETURN_MUTATIONS: Requests = {
  requestReturn: async (stage) => {
    const orderId = await shippedOrder(stage);
    return {
      as: stage.customer,
      input: { orderId, lines: one },
      other: { lines: two },
      wrong: { lines: nine },
      effects: () => eventsOf(stage, orderId, 'RETURN_REQUESTED'),
    };
  },
  cancelReturn: async (stage) => {
    const { orderId, returnId } = await announced(stage);
    return {
      as: stage.customer,
      input: { returnId },
      other: { returnId: (await announced(stage)).returnId },
      wrong: { returnId: 'nonsense' },
      effects: () => eventsOf(stage, orderId, 'RETURN_CANCELLED'),
    };
  },
  rejectReturn: async (stage) => {
    const { orderId, returnId } = await announced(stage);
    return {
      as: stage.shop.staff,
      input: { returnId, reason: 'worn' },
      other: { reason: 'broken' },
      wrong: { returnId: 'nonsense' },
      effects: () => eventsOf(stage, orderId, 'RETURN_REJECTED'),
    };
  },
  receiveReturn: async (stage) => {
    const { orderId, returnId } = await announced(stage);
    return {
      as: stage.shop.staff,
      input: { returnId, lines: one },
      other: { lines: two },
      wrong: { lines: nine },
      effects: () => eventsOf(stage, orderId, 'RETURN_RECEIVED'),
    };
  },
  recordReturn: async (stage) => {
    const orderId = await shippedOrder(stage);
    return {
      as: stage.shop.staff,
      input: { orderId, lines: one },
      other: { lines: two },
      wrong: { lines: nine },
      effects: () => eventsOf(stage, orderId, 'RETURN_RECEIVED'),
    };
  },
};

async function shippedOrder(stage: Stage): Promise<string> {
  const orderId = await confirmedOrder(stage, 3);
  await ship(stage.shop.staff, orderId);
  await stepsUntil(stage.customer, orderId, 'SHIPPED');
  return orderId;
}

async function announced(stage: Stage): Promise<{ orderId: string; returnId: string }> {
  const orderId = await shippedOrder(stage);
  const { requestReturn } = await stage.customer.ask<{ requestReturn: { return: { id: string } } }>(
    'mutation ($input: RequestReturnInput!) { requestReturn(input: $input) { return { id } } }',
    { input: { orderId, lines: two } },
  );
  return { orderId, returnId: requestReturn.return.id };
}
