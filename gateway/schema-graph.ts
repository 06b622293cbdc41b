import { type ExecutionResult, execute, type GraphQLSchema, printSchema, subscribe } from 'graphql';
import { revised } from './authentication.js';
import { OperationCosts } from './cost/operation-cost.js';
import { internalError, UnauthenticatedError } from './errors.js';
import {
  authorize,
  type EventAuthorization,
  EventRefusedError,
  requireListed,
  type SubscriptionEvent,
} from './execution/authorize-event.js';
import { EventStream } from './execution/event-stream.js';
import type { Graph } from './graph.js';
import { DEFAULT_LIMITS } from './limits/default-limits.js';
import { type GatewayLog, SILENT_LOG } from './log.js';
import type { AnswerStream, Operation } from './operation.js';
import type { RequestContext } from './request.js';

export interface SchemaOptions extends EventAuthorization {
  /** An executable schema to serve in place of a supergraph; graphql-js runs its operations. */
  schema: GraphQLSchema;
  /** The context that resolvers get; the gateway's own (identity, request id) by default. */
  contextFor?(context: RequestContext): object;
}

/** A plain schema behind the gateway's transports. */
export function schemaGraph(
  options: SchemaOptions & { log?: GatewayLog },
  listSize = DEFAULT_LIMITS.listSize,
): Graph {
  const { schema, contextFor = (own) => own } = options;
  const costs = new OperationCosts(schema, listSize);
  const compile: Graph['compile'] = (document, definition): Operation => {
    const { operation: kind, name } = definition;
    const argumentsFor = (variableValues: object, context: RequestContext) => ({
      schema,
      document,
      operationName: name?.value,
      variableValues: variableValues as Record<string, unknown>,
      contextValue: contextFor(context),
    });
    return {
      ...{ document, kind, name: name?.value },
      ...costs.of(document, definition),
      run: async (variables, context) => execute(argumentsFor(variables, context)),
      subscribe: async (variables, context) => {
        const answer = await subscribe(argumentsFor(variables, context));
        if (!(Symbol.asyncIterator in answer)) return answer;
        return watched(options, answer, { operation: name?.value, variables }, context);
      },
    };
  };
  return { apiSchema: schema, fullSchema: schema, sdl: printSchema(schema), costs, compile };
}

/** The stream, each of its events authorized; it can be left at any time, and tells nobody why it failed. */
function watched(
  { log = SILENT_LOG, ...options }: EventAuthorization & { log?: GatewayLog },
  stream: AsyncIterable<ExecutionResult>,
  subscription: Pick<SubscriptionEvent, 'operation' | 'variables'>,
  context: RequestContext,
): AnswerStream {
  const { identity, requestId } = context;
  const authorizeEvent = async (event: SubscriptionEvent) => {
    const isOther = revised(options.reviseIdentity, identity) !== identity;
    if (isOther) throw new UnauthenticatedError('Roles have changed');
    await options.authorizeEvent?.(event);
  };
  const answer = async (event: ExecutionResult) => {
    if (!event.data) return event;
    await requireListed(context);
    await authorize(
      { authorizeEvent },
      { ...subscription, identity, data: event.data },
      requestId,
      log,
    );
    return event;
  };
  const failure = (error: unknown) => {
    if (error instanceof EventRefusedError) return error.error;
    log.error({ requestId, err: error }, 'A subscription failed');
    return internalError(requestId);
  };
  return new EventStream(stream, answer, (error) => ({ data: null, errors: [failure(error)] }));
}
