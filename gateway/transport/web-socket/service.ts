import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type ExecutionResult, GraphQLError } from 'graphql';
import {
  type Authenticate,
  credentialsIn,
  hasCredentials,
  type ReviseIdentity,
  revised,
  type Session,
  sessionOf,
  webSocketCredentials,
} from '../../authentication.js';
import type { Engine } from '../../engine.js';
import { gatewayError, internalError, isUnauthenticated } from '../../errors.js';
import { type Forwarded, type PickHeaders, webSocketHeaders } from '../../forwarded-headers.js';
import { type GraphqlParams, readParams } from '../../graphql-params.js';
import type { AnswerStream } from '../../operation.js';
import { charged } from '../../rate-limits/charge.js';
import type { ClientAddress } from '../../rate-limits/client-address.js';
import type { RateLimiter } from '../../rate-limits/rate-limiter.js';
import { type RequestContext, requestIdFrom } from '../../request.js';
import { type SafelistFor, stillListed } from '../../safelist.js';
import type { Service } from './connection.js';
import type { Answered } from './running-operation.js';

export interface WebSocketEndpoint {
  readonly engine: Engine;
  readonly authenticate: Authenticate;
  readonly reviseIdentity: ReviseIdentity | undefined;
  readonly allowAdHoc: boolean;
  readonly safelistFor: SafelistFor | undefined;
  readonly rateLimiter: RateLimiter | undefined;
  readonly pickHeaders: PickHeaders | undefined;
  readonly addressOf: ClientAddress | undefined;
}

type Payload = Readonly<Record<string, unknown>>;

/** What the gateway serves to one client. */
export class GatewayService implements Service {
  readonly #endpoint: WebSocketEndpoint;
  readonly #headers: IncomingHttpHeaders;
  readonly #request: IncomingMessage | undefined;
  readonly #address: string | undefined;
  #params: Payload | undefined;

  /** `request` is the client's upgrade; it is large, and kept no longer than somebody needs it. */
  constructor(endpoint: WebSocketEndpoint, request: IncomingMessage) {
    const { headers } = request;
    const { authorization, 'x-api-key': apiKey, traceparent, tracestate } = headers;
    this.#endpoint = endpoint;
    this.#headers = endpoint.pickHeaders
      ? headers
      : { authorization, 'x-api-key': apiKey, traceparent, tracestate };
    this.#request = endpoint.rateLimiter && request;
    this.#address = endpoint.addressOf?.(request);
  }

  async connect(params: Payload | undefined): Promise<Session> {
    const { engine, authenticate, pickHeaders } = this.#endpoint;
    if (pickHeaders) this.#params = params;
    try {
      return sessionOf(await authenticate(webSocketCredentials(params, this.#headers)));
    } catch (error) {
      if (!isUnauthenticated(error)) engine.log.error({ err: error }, 'Nobody knows who connects');
      throw error;
    }
  }

  start(payload: Payload, connected: Session): Promise<Answered> {
    const { watchers } = this.#endpoint.engine;
    return watchers.message(this.#headers, () => this.#start(payload, connected));
  }

  refused(errors: readonly GraphQLError[]): void {
    this.#endpoint.engine.watchers.refused(errors);
  }

  async #start(payload: Payload, connected: Session): Promise<Answered> {
    const requestId = requestIdFrom(undefined);
    const failure = (error: unknown) => refusalErrors(this.#endpoint, error, requestId);
    const refused = (errors: readonly GraphQLError[] = []) => {
      this.refused(errors);
      return { refused: errors, failure };
    };
    try {
      const params = readParams(payload);
      const own = await ownSession(this.#endpoint, payload);
      const identity = own?.identity ?? revised(this.#endpoint.reviseIdentity, connected.identity);
      const charge =
        this.#request && this.#endpoint.rateLimiter?.accountOf(this.#request, identity);
      const forwarded = this.#forwarded(payload);
      const context = {
        ...{ identity, requestId, address: this.#address },
        ...{ forwarded, text: true, charge },
      };
      const answer = await charged(context, () => run(this.#endpoint, params, context));
      if (isRefusal(answer)) return refused(answer.errors);
      return { answer, failure, expiresAt: own?.expiresAt };
    } catch (error) {
      return refused(failure(error));
    }
  }

  #forwarded(payload: Payload): Forwarded | undefined {
    const { pickHeaders } = this.#endpoint;
    return pickHeaders?.(webSocketHeaders(this.#headers, this.#params, headersIn(payload)));
  }
}

async function run(
  { engine, allowAdHoc, safelistFor }: WebSocketEndpoint,
  params: GraphqlParams,
  context: RequestContext,
): Promise<AnswerStream | ExecutionResult> {
  const safelist = await safelistFor?.(context.identity);
  const operation = safelist
    ? engine.operations.listed(safelist, params)
    : engine.operations.resolve(params, allowAdHoc);
  if (context.charge) await context.charge.take(operation, params.variables);
  if (operation.kind !== 'subscription') return operation.run(params.variables, context);
  const listed = safelist && safelistFor && stillListed(safelistFor, context.identity, params);
  return operation.subscribe(params.variables, { ...context, stillListed: listed });
}

/** GraphiQL sends the headers of its editor along with each operation; they outdo the connection's. */
function headersIn({ extensions }: Payload): Record<string, unknown> | undefined {
  return ((extensions ?? {}) as { headers?: Record<string, unknown> }).headers;
}

async function ownSession(
  { authenticate }: WebSocketEndpoint,
  payload: Payload,
): Promise<Session | undefined> {
  const credentials = credentialsIn(headersIn(payload));
  if (!hasCredentials(credentials)) return undefined;
  return sessionOf(await authenticate(credentials));
}

function isRefusal(answer: AnswerStream | ExecutionResult): answer is ExecutionResult {
  return !(Symbol.asyncIterator in answer) && !('data' in answer);
}

function refusalErrors(
  { engine }: WebSocketEndpoint,
  error: unknown,
  requestId: string,
): readonly GraphQLError[] {
  const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
  if (errors.every((each) => each instanceof GraphQLError)) {
    return errors.map((each) => withRequestId(each, requestId));
  }
  if (isUnauthenticated(error)) {
    return [gatewayError('UNAUTHENTICATED', undefined, { requestId })];
  }
  engine.log.error({ requestId, err: error }, 'An operation failed');
  return [internalError(requestId)];
}

function withRequestId(error: GraphQLError, requestId: string): GraphQLError {
  const { message, nodes, source, positions, path } = error;
  const { http: _http, ...extensions } = error.extensions;
  return new GraphQLError(message, {
    ...{ nodes, source, positions, path },
    extensions: { ...extensions, requestId },
  });
}
