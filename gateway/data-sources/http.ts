import { EventEmitter } from 'node:events';
import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { errors, Pool } from 'undici';
import { prepareOperation } from '../planning/prepare-operation.js';
import type { CallHandle, DataSource, SubgraphAnswer, SubgraphRequest } from './data-source.js';
import { AnswerTooLargeError, SubgraphStatusError } from './failures.js';
import { subscribeOverWebSocket } from './web-socket-subscription.js';

export interface HttpSourceOptions {
  /** Where the subgraph answers GraphQL over HTTP. */
  url: string;
  /** Where it answers graphql-transport-ws; by default the same address under ws. */
  wsUrl?: string;
  /** Where a GET says with 200 that the subgraph is ready; by default it is asked `{ __typename }`. */
  readyUrl?: string;
  /** Headers by which the subgraph knows the caller; on a WebSocket also its connectionParams. */
  headersFor(identity: Identity): Record<string, string>;
  /** Milliseconds to wait for an answer; 30,000 by default. */
  timeoutMs?: number;
  /** Largest answer that is taken, in bytes as sent; 32 MiB by default. */
  maxAnswerBytes?: number;
  /** Most connections kept open; 128 by default. */
  connections?: number;
  /** Events of a subscription that may wait for a slow client before it is cut off; 1,000 by default. */
  maxWaitingEvents?: number;
}

const PING = prepareOperation('{ __typename }', undefined);

/** A subgraph behind HTTP: a pool of kept-alive connections, request bodies prepared ahead. */
export function httpSource(options: HttpSourceOptions): DataSource {
  const { origin, pathname, search } = new URL(options.url);
  const { timeoutMs: timeout = 30_000, maxAnswerBytes = 33_554_432 } = options;
  const pool = new Pool(origin, {
    connections: options.connections ?? 128,
    headersTimeout: timeout,
    bodyTimeout: timeout,
    maxResponseSize: maxAnswerBytes,
  });
  const execute = async (request: SubgraphRequest, call?: CallHandle) => {
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: pathname + search,
      headers: requestHeaders(options, request),
      body: requestBody(request),
      ...(call && { signal: signalOf(call) }),
    });
    return parseAnswer(await wholeText(body, maxAnswerBytes), statusCode);
  };
  return {
    execute,
    subscribe: async (request) => subscribeOverWebSocket(options, request),
    ready: () => (options.readyUrl ? askReady(pool, options.readyUrl) : ping(execute)),
    close: () => pool.close(),
  };
}

function requestHeaders(options: HttpSourceOptions, { context }: SubgraphRequest) {
  return {
    ...options.headersFor(context.identity),
    'content-type': 'application/json',
    accept: 'application/json',
    'x-request-id': context.requestId,
  };
}

function requestBody({ operation, variables }: SubgraphRequest): string {
  return `${operation.bodyStart}${JSON.stringify(variables)}}`;
}

/** undici takes an emitter for a signal, at a fraction of what an AbortController costs. */
function signalOf(call: CallHandle): EventEmitter {
  const signal = new EventEmitter();
  call.cancel = () => signal.emit('abort');
  return signal;
}

/** What fails from here on has been answered in part, so it is not for asking again. */
async function wholeText(body: { text(): Promise<string> }, maxBytes: number): Promise<string> {
  try {
    return await body.text();
  } catch (cause) {
    if (cause instanceof errors.ResponseExceededMaxSizeError) {
      throw new AnswerTooLargeError(maxBytes);
    }
    throw new Error('The answer broke off', { cause });
  }
}

/** An answer is what is GraphQL, whatever its status: many servers put one on their errors, too. */
function parseAnswer(text: string, status: number): SubgraphAnswer {
  const answer = parsed(text);
  if (typeof answer === 'object' && answer && ('data' in answer || 'errors' in answer)) {
    return answer as SubgraphAnswer;
  }
  throw new SubgraphStatusError(status);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function askReady(pool: Pool, url: string): Promise<void> {
  const { pathname, search } = new URL(url);
  const { statusCode, body } = await pool.request({ method: 'GET', path: pathname + search });
  await body.dump();
  if (statusCode !== 200) throw new Error(`The subgraph answered ${statusCode}`);
}

async function ping(execute: (request: SubgraphRequest) => Promise<SubgraphAnswer>) {
  const context = { identity: ANONYMOUS, requestId: 'readiness' };
  const { errors } = await execute({ operation: PING, variables: {}, context });
  if (errors?.length) throw new Error('The subgraph answered with errors');
}
