import type { DataSource } from '../data-sources/data-source.js';
import { type GatewayLog, SILENT_LOG } from '../log.js';
import type { DataSources } from '../planning/compile-plan.js';
import type { BreakerState } from './circuit-breaker.js';
import { type CallOptions, resilient } from './resilient.js';

/** How subgraphs are called: the same for all, except for what `bySubgraph` says of one. */
export interface SubgraphCallOptions extends CallOptions {
  bySubgraph?: Readonly<Record<string, CallOptions>>;
  /** Milliseconds in which the calls of one request must all be over; 30,000 by default. */
  requestDeadlineMs?: number;
}

export interface CallObserver {
  /** Told when a subgraph's breaker opens or closes; all are closed in the beginning. */
  onBreakerChange?(event: { subgraph: string; state: BreakerState }): void;
  /** Told when a read is asked once more. */
  onRetry?(event: { subgraph: string }): void;
}

export const REQUEST_DEADLINE_MS = 30_000;

type Guard = (sources: DataSources) => DataSources;

/** Makes sources resilient, each of them once, so that a reload does not make a breaker forget. */
export function guardSources(
  options: SubgraphCallOptions | false = {},
  observer: CallObserver = {},
  log: GatewayLog = SILENT_LOG,
): Guard {
  if (options === false) return (sources) => sources;
  const { bySubgraph = {}, ...common } = options;
  const known = new Map<DataSource, DataSource>();

  function guard(subgraph: string, source: DataSource): DataSource {
    return resilient(
      source,
      { ...common, ...bySubgraph[subgraph] },
      {
        onBreakerChange: (state) => {
          log.warn({ subgraph, state }, `The breaker of a subgraph is ${state}`);
          observer.onBreakerChange?.({ subgraph, state });
        },
        onRetry: () => observer.onRetry?.({ subgraph }),
      },
    );
  }

  return (sources) =>
    Object.fromEntries(
      Object.entries(sources).map(([name, source]) => {
        const guarded = known.get(source) ?? guard(name, source);
        known.set(source, guarded).set(guarded, guarded);
        return [name, guarded];
      }),
    );
}
