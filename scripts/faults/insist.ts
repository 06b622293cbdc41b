import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds between two attempts; they grow, so that a system that comes back is not overrun. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1500;

/** Nobody answered for as long as somebody had the patience to ask. */
export class NeverAnswered extends Error {}

/**
 * Asks until there is an answer, whatever happens to the question or the answer on the way: what a client does that
 * has an idempotency key. Answers it, with how often it was asked.
 */
export async function insist<T>(
  ask: () => Promise<T>,
  signal: AbortSignal,
): Promise<{ answer: T; attempts: number }> {
  let last: unknown = 'not asked';
  for (let attempts = 1; !signal.aborted; attempts += 1) {
    try {
      return { answer: await ask(), attempts };
    } catch (error) {
      last = error;
    }
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1));
    await delay(pause, undefined, { signal }).catch(() => {});
  }
  throw new NeverAnswered(String(last));
}
