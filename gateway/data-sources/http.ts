import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { Pool } from 'undici';
import { prepareOperation } from '../planning/prepare-operation.js';
import type { DataSource, SubgraphAnswer, SubgraphRequest } from './data-source.js';
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
  /** Most connections kept open; 128 by default. */
  connections?: number;
  /** Events of a subscription that may wait for a slow client before it is cut off; 1,000 by default. */
  maxWaitingEvents?: number;
}

const PING = prepareOperation('{ __typename }', undefined);

/** A subgraph behind HTTP: a pool of kept-alive connections, request bodies prepared ahead. */
export function httpSource(options: HttpSourceOptions): DataSource {
  const { origin, pathname, search } = new URL(options.url);
  const timeout = options.timeoutMs ?? 30_000;
  const pool = new Pool(origin, {
    connections: options.connections ?? 128,
    headersTimeout: timeout,
    bodyTimeout: timeout,
  });
  const execute = async (request: SubgraphRequest) => {
    const { body } = await pool.request({
      method: 'POST',
      path: pathname + search,
      headers: requestHeaders(options, request),
      body: requestBody(request),
    });
    return parseAnswer(await body.text());
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

function parseAnswer(text: string): SubgraphAnswer {
  const answer: unknown = JSON.parse(text);
  if (typeof answer === 'object' && answer && ('data' in answer || 'errors' in answer)) {
    return answer as SubgraphAnswer;
  }
  throw new Error('The subgraph answered something that is not GraphQL');
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
