import { GraphQLError } from 'graphql';
import type { Engine } from '../engine.js';
import { gatewayError, internalError, isUnauthenticated } from '../errors.js';
import type { Charge } from '../rate-limits/charge.js';
import type { Exchange } from './exchange.js';
import { JSON_TYPE, NOT_KEPT, type RawHeaders, refusalStatus } from './responses.js';

/** Answers a request that failed before anything was run, with the errors that are meant for the client. */
export async function refuse(engine: Engine, exchange: Exchange, failure: unknown): Promise<void> {
  const { requestId, type = JSON_TYPE, charge, headers } = exchange;
  const error = charge ? await chargedFor(charge, failure) : failure;
  const expected = publicErrors(error);
  if (expected.length === 0) engine.log.error({ requestId, err: error }, 'A request failed');
  const errors = expected.length > 0 ? expected : [internalError(requestId)];
  engine.watchers.refused(errors);
  const isOperation = error instanceof AggregateError && expected.length > 0;
  const status = isOperation ? refusalStatus(headers.accept) : Math.max(...errors.map(statusOf));
  const text = JSON.stringify({ errors: errors.map((each) => shown(each, requestId)) });
  exchange.answer(status, type, text, [...NOT_KEPT, ...(HEADERS[status] ?? [])]);
}

/** What is refused is charged, too; whoever has nothing left for that is told so instead. */
async function chargedFor(charge: Charge, failure: unknown): Promise<unknown> {
  return charge.settle().then(
    () => failure,
    (limited: unknown) => limited,
  );
}

/** What of a failure was meant for the client; nothing for a surprise. */
function publicErrors(error: unknown): readonly GraphQLError[] {
  if (isUnauthenticated(error)) return [gatewayError('UNAUTHENTICATED')];
  const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
  return errors.every((each) => each instanceof GraphQLError) ? errors : [];
}

const STATUS: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  METHOD_NOT_ALLOWED: 405,
  PAYLOAD_TOO_LARGE: 413,
  INTERNAL_SERVER_ERROR: 500,
  // As Apollo Server does: some clients take the body of nothing but a 200.
  PERSISTED_QUERY_NOT_FOUND: 200,
};

const HEADERS: Readonly<Record<number, RawHeaders>> = {
  401: ['www-authenticate', 'Bearer'],
  405: ['allow', 'GET, POST'],
  413: ['connection', 'close'],
};

function statusOf({ extensions }: GraphQLError): number {
  const { code, http } = extensions as { code?: string; http?: { status?: number } };
  return http?.status ?? STATUS[code ?? ''] ?? 400;
}

function shown({ message, locations, path, extensions }: GraphQLError, requestId: string) {
  const { http: _http, ...rest } = extensions;
  return { message, locations, path, extensions: { ...rest, requestId } };
}
