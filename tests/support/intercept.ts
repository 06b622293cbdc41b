import type { CommandClients } from '@waybill/jobs/workers.js';

/** One command of a job, on behalf of one order. */
export interface Call {
  /** E.g. `catalog.reserveStock`; what is recorded of an order is named, too: `orders.applyToOrder recordReserved`. */
  name: string;
  orderId: string;
  /** How many commands were called for this order before. */
  index: number;
}

export type Around = (call: Call, proceed: () => Promise<unknown>) => Promise<unknown>;

interface Input {
  orderId?: string;
  refundId?: string;
  restockId?: string;
  eventId?: string;
  userId?: string;
  command?: { type: string };
}

/**
 * Puts `around` between the workers and every command that belongs to an order. A test that wants to see commands
 * which name no order (findCustomer names a user) tells in `aliases` whose they are.
 */
export function intercept(around: Around, aliases = new Map<string, string>()) {
  const counts = new Map<string, number>();
  const callOf = (name: string, input: Input): Call | undefined => {
    const { refundId, restockId, eventId, userId } = input;
    const alias = refundId ?? restockId ?? eventId ?? userId ?? '';
    const orderId = input.orderId ?? aliases.get(alias);
    if (!orderId) return undefined;
    if (alias) aliases.set(alias, orderId);
    const index = counts.get(orderId) ?? 0;
    counts.set(orderId, index + 1);
    return { name: [name, input.command?.type].filter(Boolean).join(' '), orderId, index };
  };
  return (commands: CommandClients): CommandClients => {
    const wrapped = Object.entries(commands).map(([context, client]) => [
      context,
      Object.fromEntries(
        Object.entries(client as Record<string, (input: unknown) => Promise<unknown>>).map(
          ([command, run]) => [
            command,
            (input: Input) => {
              const call = callOf(`${context}.${command}`, input);
              return call ? around(call, () => run(input)) : run(input);
            },
          ],
        ),
      ),
    ]);
    return Object.fromEntries(wrapped) as CommandClients;
  };
}

/** A process that dies never answers. */
export const never = (): Promise<never> => new Promise(() => {});

export interface Gate {
  /** Resolves when somebody stands before it. */
  reached: Promise<void>;
  open(): void;
  /** Waits in front of it until it is opened. */
  pass(): Promise<void>;
}

export function gate(): Gate {
  const reached = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  return {
    reached: reached.promise,
    open: opened.resolve,
    pass: () => {
      reached.resolve();
      return opened.promise;
    },
  };
}
