import type { PaymentsContext } from '../payments-context.js';
import { takeEvents } from './take-events.js';

/** Events looked into at once; what is left is taken when the clock comes by. */
const LIMIT = 100;

/** Looks into events as soon as they are stored, one round after the other. */
export function eventTaker(context: PaymentsContext) {
  let awake = false;
  let taking: Promise<void> | undefined;

  async function take(): Promise<void> {
    while (awake) {
      awake = false;
      await takeEvents(context, LIMIT).catch((error) =>
        context.log.warn({ err: error }, 'provider events not taken'),
      );
    }
    taking = undefined;
  }

  return {
    wake: () => {
      awake = true;
      taking ??= take();
    },
    close: async () => {
      awake = false;
      await taking;
    },
  };
}
