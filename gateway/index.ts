export type { Authenticate, Credentials, ReviseIdentity, Session } from './authentication.js';
export { bearerToken } from './bearer-token.js';
export type { AnswerStore } from './caching/answer-store.js';
export { type MemoryStoreOptions, memoryStore } from './caching/memory-store.js';
export {
  type CheckOperation,
  type OperationProblem,
  type OperationReport,
  operationChecker,
} from './check-operation.js';
export {
  createGateway,
  type Gateway,
  type GatewayOptions,
  type InProcessOperation,
} from './create-gateway.js';
export type { DataSource, SubgraphAnswer, SubgraphRequest } from './data-sources/data-source.js';
export { type HttpSourceOptions, httpSource } from './data-sources/http.js';
export { type InProcessSourceOptions, inProcessSource } from './data-sources/in-process.js';
export type { DataSourceFor, DataSourcesSetting } from './data-sources/subgraph-sources.js';
export { GATEWAY_ERROR_CODES, type GatewayErrorCode, UnauthenticatedError } from './errors.js';
export type { EventAuthorization, SubscriptionEvent } from './execution/authorize-event.js';
export type { FetchEvent } from './execution/run.js';
export { FreshCache, type FreshCacheOptions } from './fresh-cache.js';
export type { GraphiqlOptions, GraphiqlSetting } from './graphiql.js';
export { type JwtAuthenticationOptions, jwtAuthentication } from './jwt-authentication.js';
export { DEFAULT_LIMITS, type LimitOptions, type Limits } from './limits/default-limits.js';
export type { GatewayLog } from './log.js';
export type { MetricsOptions } from './observability/metrics.js';
export type { AnswerStream } from './operation.js';
export {
  type PersistedManifest,
  PersistedOperationsError,
  type PersistedOperationsInput,
  readManifest,
} from './persisted-operations.js';
export type { RateLimitPolicy } from './rate-limits/bucket.js';
export { type ClientAddress, clientAddress } from './rate-limits/client-address.js';
export { type MemoryRateLimitOptions, memoryRateLimits } from './rate-limits/memory-store.js';
export type { RateLimitOptions } from './rate-limits/rate-limiter.js';
export type { RateLimitStore } from './rate-limits/store.js';
export type { BreakerOptions, BreakerState } from './resilience/circuit-breaker.js';
export type { CallOptions } from './resilience/resilient.js';
export type { RetryBudgetOptions } from './resilience/retry-budget.js';
export type { SubgraphCallOptions } from './resilience/subgraph-calls.js';
export type { Safelist, SafelistFor } from './safelist.js';
export { composeSubgraphs, type NamedSubgraph, type SubgraphDefinition } from './supergraph.js';
export {
  SUPERGRAPH_ERROR_CODES,
  SupergraphError,
  type SupergraphErrorCode,
} from './supergraph-error.js';
export { forwardTo, type PassThrough } from './transport/pass-through.js';
export type { WebSocketOptions } from './transport/web-socket-server.js';
