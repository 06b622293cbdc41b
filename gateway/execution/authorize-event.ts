import type { Identity } from '@waybill/kernel/identity.js';
import { GraphQLError } from 'graphql';
import type { ReviseIdentity } from '../authentication.js';
import type { Awaitable } from '../data-sources/data-source.js';
import { gatewayError, internalError, isUnauthenticated } from '../errors.js';
import type { GatewayLog } from '../log.js';
import type { Variables } from '../operation.js';
import type { RequestContext } from '../request.js';

/** An event on its way to a subscriber. */
export interface SubscriptionEvent {
  readonly identity: Identity;
  /** The operation's name. */
  readonly operation: string | undefined;
  readonly variables: Variables;
  /** What the subgraph that the event comes from says of it, under its own names. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EventAuthorization {
  /** Who callers are by now; as they were let in by default. */
  reviseIdentity?: ReviseIdentity;
  /**
   * Asked before each event of a subscription is answered, once for all who share it. Throws what ends the stream: a
   * GraphQLError with a code, or an UnauthenticatedError; the text of any other error stays in the log.
   */
  authorizeEvent?(event: SubscriptionEvent): Awaitable<void>;
}

/** Thrown into a stream whose subscriber may not have its next event; carries what to say. */
export class EventRefusedError extends Error {
  constructor(readonly error: GraphQLError) {
    super(error.message);
  }
}

/** Throws an EventRefusedError where the event is not for its subscriber. */
export async function authorize(
  { authorizeEvent }: EventAuthorization,
  event: SubscriptionEvent,
  requestId: string,
  log: GatewayLog,
): Promise<void> {
  try {
    await authorizeEvent?.(event);
  } catch (error) {
    throw new EventRefusedError(refusal(error, requestId, log));
  }
}

/** Throws an EventRefusedError where the operation is on its caller's safelist no more. */
export async function requireListed({ stillListed, requestId }: RequestContext): Promise<void> {
  if (!stillListed || (await stillListed())) return;
  const message = 'The operation is registered no more';
  throw new EventRefusedError(gatewayError('PERSISTED_QUERY_NOT_FOUND', message, { requestId }));
}

function refusal(error: unknown, requestId: string, log: GatewayLog): GraphQLError {
  if (isUnauthenticated(error)) return gatewayError('UNAUTHENTICATED', undefined, { requestId });
  if (error instanceof GraphQLError) {
    return new GraphQLError(error.message, { extensions: { ...error.extensions, requestId } });
  }
  log.error({ requestId, err: error }, 'An event could not be authorized');
  return internalError(requestId);
}
