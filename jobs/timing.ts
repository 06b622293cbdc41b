/** How patient the workers are. */
export interface Timing {
  /** A worker that dies leaves its jobs to others after this long; a live one extends its lock in time. */
  lockMs: number;
  /** Between looks for holds, orders and payments that are due. */
  sweepMs: number;
  /** Between looks for orders whose job was lost. */
  reconcileMs: number;
  /** An order that has not moved for this long is looked after. */
  stalledSeconds: number;
}

export const TIMING: Timing = {
  lockMs: 10_000,
  sweepMs: 1000,
  reconcileMs: 10_000,
  stalledSeconds: 20,
};
