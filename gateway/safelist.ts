import type { Identity } from '@waybill/kernel/identity.js';
import type { Awaitable } from './data-sources/data-source.js';

/** The operations of one caller, who runs no others: no text, and nothing that is registered for somebody else. */
export interface Safelist {
  /** The text of the caller's operation of that id, one operation alone; undefined where there is none. */
  text(id: string): string | undefined;
  /** What a request may cost at most, its variables counted; no limit by default. */
  readonly maxCost?: number;
  /** Told of each request for one of the operations. */
  onUse?(id: string): void;
}

/**
 * The safelist of a caller; undefined for those who run the gateway's own registered operations, and others where
 * `allowAdHoc` says so. Asked for each operation: who keeps it at hand answers without a promise.
 */
export type SafelistFor = (identity: Identity) => Awaitable<Safelist | undefined>;
