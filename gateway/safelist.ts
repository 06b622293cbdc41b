import type { Identity } from '@waybill/kernel/identity.js';
import type { Awaitable } from './data-sources/data-source.js';
import type { GraphqlParams } from './graphql-params.js';

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
 * `allowAdHoc` says so. Asked for each operation and for each event of a subscription: who keeps it at hand answers without a promise.
 */
export type SafelistFor = (identity: Identity) => Awaitable<Safelist | undefined>;

/** Finds out whether an operation that was on somebody's safelist still is. */
export function stillListed(
  safelistFor: SafelistFor,
  identity: Identity,
  { persistedId }: Pick<GraphqlParams, 'persistedId'>,
): () => Promise<boolean> {
  return async () => {
    const safelist = await safelistFor(identity);
    return persistedId !== undefined && safelist?.text(persistedId) !== undefined;
  };
}
