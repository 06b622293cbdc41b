import type {
  Awaitable,
  DataSource,
  SubgraphAnswer,
  SubgraphRequest,
} from '../data-sources/data-source.js';
import { Call, type CallRules } from './call.js';
import {
  type BreakerOptions,
  type BreakerState,
  CircuitBreaker,
  type Clock,
} from './circuit-breaker.js';
import { openStream } from './open-stream.js';
import { RetryBudget, type RetryBudgetOptions } from './retry-budget.js';

export interface CallOptions {
  /** Milliseconds a subgraph has to answer a call, retries included; 10,000 by default. */
  deadlineMs?: number;
  /** Stops asking a subgraph that fails; false leaves it off. */
  breaker?: BreakerOptions | false;
  /** Asks once more where a read got no answer at all; false never does. */
  retryBudget?: RetryBudgetOptions | false;
}

export interface ResilienceHooks {
  onBreakerChange?: (state: BreakerState) => void;
  /** A read is asked once more. */
  onRetry?: () => void;
  clock?: Clock;
}

export interface ResilientSource extends DataSource {
  /** Undefined where the breaker is left off. */
  readonly breaker: CircuitBreaker | undefined;
}

/** Gives each call of a source a deadline, a circuit breaker and, for reads, a retry out of a budget. */
export function resilient(
  source: DataSource,
  options: CallOptions = {},
  hooks: ResilienceHooks = {},
): ResilientSource {
  const { clock = () => performance.now(), onBreakerChange, onRetry } = hooks;
  const { deadlineMs = 10_000, breaker = {}, retryBudget = {} } = options;
  const rules: CallRules = {
    source,
    deadlineMs,
    breaker: breaker ? new CircuitBreaker(breaker, onBreakerChange, clock) : undefined,
    retryBudget: retryBudget ? new RetryBudget(retryBudget, clock) : undefined,
    onRetry,
  };
  return {
    breaker: rules.breaker,
    execute: (request: SubgraphRequest): Awaitable<SubgraphAnswer> =>
      new Call(rules, request).run(),
    subscribe: (request) => openStream(rules, request),
    ready: () => source.ready(),
    close: () => source.close(),
  };
}
