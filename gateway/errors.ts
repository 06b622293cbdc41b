import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { GatewayLog } from './log.js';

/** Every code the gateway itself puts into `extensions.code`; subgraphs add codes of their own. */
export const GATEWAY_ERROR_CODES = {
  UNAUTHENTICATED: 'The credentials are absent where they are needed, forged or expired.',
  BAD_REQUEST: 'The request is not a GraphQL request.',
  BAD_USER_INPUT: 'A variable does not fit its type.',
  GRAPHQL_PARSE_FAILED: 'The operation is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The operation does not fit the schema.',
  OPERATION_RESOLUTION_FAILURE: 'The document has no operation of that name.',
  METHOD_NOT_ALLOWED: 'Mutations are not run over GET.',
  MAX_CHARACTERS_LIMIT: 'The text of the operation is too long.',
  MAX_TOKENS_LIMIT: 'The text of the operation has too many tokens.',
  MAX_NESTING_LIMIT: 'The operation has too many brackets or selection sets within each other.',
  MAX_DEPTH_LIMIT: 'The operation has too many fields within each other.',
  MAX_SELECTIONS_LIMIT: 'The operation selects too much, fragments written out.',
  MAX_ALIASES_LIMIT: 'The operation has too many aliases.',
  MAX_ROOT_FIELDS_LIMIT: 'The operation has too many root fields.',
  MAX_DIRECTIVES_LIMIT: 'The operation has too many directives.',
  MAX_REPEATS_LIMIT: 'The operation selects the same field too often in the same place.',
  COST_ESTIMATED_TOO_EXPENSIVE: 'The operation may cost too much; ask for less in its lists.',
  PAYLOAD_TOO_LARGE: 'The request body is over the limit.',
  PERSISTED_QUERY_NOT_FOUND: 'No operation is registered under this id.',
  QUERY_NOT_IN_SAFELIST: 'The caller runs registered operations only, and this is none of them.',
  RATE_LIMITED:
    'The caller asked for too much in too short a time; `retryAfter` says how many seconds to wait.',
  RATE_LIMITS_UNAVAILABLE:
    'How much the caller has asked for cannot be found out just now, and the gateway is set to refuse then.',
  SUBGRAPH_UNAVAILABLE: 'A subgraph could not be reached, or what it answered was not GraphQL.',
  SUBGRAPH_TIMEOUT:
    'A subgraph did not answer in time; a mutation may have been done all the same.',
  DOWNSTREAM_SERVICE_ERROR:
    'A subgraph answered an error without a code; shown where errors are not masked.',
  SUBSCRIBER_TOO_SLOW: 'Events came faster than the subscriber took them.',
  TOO_MANY_OPERATIONS:
    'As many operations run on this socket as may; `limit` says how many that are.',
  INTERNAL_SERVER_ERROR:
    'Something failed unexpectedly; the log has the cause under the request id.',
} as const;

export type GatewayErrorCode = keyof typeof GATEWAY_ERROR_CODES;

/** A GraphQL error with one of the gateway's own codes; its default message is the code's meaning. */
export function gatewayError(
  code: GatewayErrorCode,
  message: string = GATEWAY_ERROR_CODES[code],
  extensions: Record<string, unknown> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...extensions } });
}

/** Ends a stream whose events came faster than its subscriber took them. */
export class SubscriberTooSlowError extends GraphQLError {
  constructor() {
    const code: GatewayErrorCode = 'SUBSCRIBER_TOO_SLOW';
    super(GATEWAY_ERROR_CODES[code], { extensions: { code } });
  }
}

/** Thrown by `authenticate` for credentials that are not accepted. */
export class UnauthenticatedError extends Error {
  readonly code = 'UNAUTHENTICATED';
}

export function isUnauthenticated(error: unknown): boolean {
  return error instanceof Error && errorCode(error) === 'UNAUTHENTICATED';
}

function errorCode(error: Error & { code?: unknown; extensions?: { code?: unknown } }): unknown {
  return error.code ?? error.extensions?.code;
}

/** How errors leave the gateway: what stays hidden, and where the cause is written instead. */
export interface ErrorPolicy {
  /** Hide the text of every error that has no code of its own. */
  readonly mask: boolean;
  readonly log: GatewayLog;
}

/** What servers put there for themselves: traces, and where and how they asked others. */
const PRIVATE_EXTENSIONS = new Set([
  'stacktrace',
  'exception',
  'debug',
  'originalError',
  'serviceName',
  'response',
  'http',
]);

/** With these codes a subgraph speaks of what the gateway asked, not of what the client did. */
const UNEXPECTED_CODES: ReadonlySet<unknown> = new Set([
  'INTERNAL_SERVER_ERROR',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
]);

/**
 * Turns an error of a subgraph's answer into what the client may see. An error with a code was meant
 * for the client; one without is a surprise, whose text goes to the log under the request id.
 */
export function publicError(
  error: GraphQLFormattedError,
  path: ReadonlyArray<string | number> | undefined,
  where: { requestId: string; subgraph: string },
  policy: ErrorPolicy,
): GraphQLError {
  const { code } = error.extensions ?? {};
  const expected = typeof code === 'string' && !UNEXPECTED_CODES.has(code);
  if (!expected) policy.log.error({ ...where, path, err: error }, 'A subgraph field failed');
  if (!expected && policy.mask) return internalError(where.requestId, path);
  const extensions = { code: 'DOWNSTREAM_SERVICE_ERROR', ...visible(error.extensions) };
  return new GraphQLError(error.message || 'A subgraph failed and did not say why', {
    ...(path && { path }),
    extensions: { ...extensions, requestId: where.requestId },
  });
}

export function internalError(
  requestId: string,
  path?: ReadonlyArray<string | number>,
): GraphQLError {
  const extensions = { code: 'INTERNAL_SERVER_ERROR', requestId };
  return new GraphQLError('Internal server error', { ...(path && { path }), extensions });
}

function visible(extensions: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(extensions).filter(([key]) => !PRIVATE_EXTENSIONS.has(key)),
  );
}
