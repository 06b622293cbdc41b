import type { SecureContextOptions } from 'node:tls';
import type { Identity } from '@waybill/kernel/identity.js';
import { type TraceHeaders, traceHeaders } from '@waybill/kernel/tracing.js';
import type { HttpAnswer } from '../http-client/answer-reader.js';
import { HttpClient } from '../http-client/http-client.js';
import { Pace } from '../http-client/pace.js';
import { prepareOperation } from '../planning/prepare-operation.js';
import { callerHeaders } from './caller-headers.js';
import type {
  CallHandle,
  DataSource,
  PreparedOperation,
  SubgraphAnswer,
  SubgraphRequest,
} from './data-source.js';
import { SubgraphStatusError } from './failures.js';
import { SubscriptionSockets } from './subscription-sockets.js';

export interface HttpSourceOptions {
  /** Where the subgraph answers GraphQL over HTTP. */
  url: string;
  /** Where it answers graphql-transport-ws; by default the same address under ws. */
  wsUrl?: string;
  /** Where a GET says with 200 that the subgraph is ready; by default it is asked `{ __typename }`, on nobody's behalf. */
  readyUrl?: string;
  /**
   * Headers by which the subgraph knows the caller, besides those that are forwarded; on a WebSocket also its
   * connectionParams. None by default. `address` is where the client is, for mutations of a gateway that tells.
   */
  headersFor?(identity: Identity, address?: string): Record<string, string>;
  /** Milliseconds to wait for an answer, or for a WebSocket to open; 30,000 by default. */
  timeoutMs?: number;
  /** Largest answer that is taken, in bytes as sent; 32 MiB by default. */
  maxAnswerBytes?: number;
  /** Most connections kept open; 128 by default. */
  connections?: number;
  /**
   * Most reads of one turn of the event loop that share a connection, for a subgraph that works on all of them at once, as
   * Node's servers do; 1 by default. Only such share as are answered quickly, and none waits long behind another.
   */
  pipelining?: number;
  /** Events of a subscription that may wait for a slow client before it is cut off; 1,000 by default. */
  maxWaitingEvents?: number;
  /**
   * One WebSocket for the subscriptions of all callers, which takes less than half of the memory: each of them comes
   * with the headers of its own caller in `extensions.headers`, where the subgraph has to look for them. Without it,
   * the default, each caller has a WebSocket of their own.
   */
  multiplex?: boolean;
  /** For https and wss: whom to trust (`ca`), and who we are (`cert`, `key`). */
  tls?: SecureContextOptions;
}

/** Milliseconds for which a subgraph may think about whether it is ready. */
const READY_TIMEOUT_MS = 5_000;

const PING = prepareOperation('{ __typename }', undefined);

/** A subgraph behind HTTP: kept-alive connections, requests prepared ahead. */
export function httpSource(options: HttpSourceOptions): DataSource {
  const { timeoutMs = 30_000, connections = 128, maxAnswerBytes = 33_554_432 } = options;
  const { pipelining, tls } = options;
  const url = new URL(options.url);
  const client = new HttpClient(url, { connections, pipelining, maxAnswerBytes, tls });
  const paces = new WeakMap<PreparedOperation, Pace>();
  const sockets = new SubscriptionSockets(options);
  const start =
    `POST ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\n` +
    'content-type: application/json\r\naccept: application/json\r\n';
  const execute = (request: SubgraphRequest, call?: CallHandle) => {
    const head = start + headerLines(options, request);
    const pace = request.operation.kind === 'query' ? paceOf(paces, request.operation) : undefined;
    return client.send(head, requestBody(request), timeoutMs, call, pace).then(subgraphAnswer);
  };
  return {
    execute,
    subscribe: (request) => sockets.subscribe(request),
    ready: () => (options.readyUrl ? askReady(client, options.readyUrl) : ping(client, start)),
    close: () => {
      sockets.close();
      return client.close();
    },
  };
}

function paceOf(paces: WeakMap<PreparedOperation, Pace>, operation: PreparedOperation): Pace {
  const known = paces.get(operation);
  if (known) return known;
  const pace = new Pace();
  paces.set(operation, pace);
  return pace;
}

function headerLines(options: HttpSourceOptions, { context }: SubgraphRequest): string {
  const headers = callerHeaders(options, context);
  let lines = `x-request-id: ${context.requestId}\r\n`;
  for (const name in headers) lines += headerLine(name, headers[name] ?? '');
  return lines + traceLines(traceHeaders());
}

/** The trace that the subgraph goes on with, where there is one. */
function traceLines({ traceparent, tracestate }: TraceHeaders): string {
  if (!traceparent) return '';
  const line = headerLine('traceparent', traceparent);
  return tracestate ? line + headerLine('tracestate', tracestate) : line;
}

const NOT_IN_A_NAME = /[^!#$%&'*+.^_`|~\dA-Za-z-]/;
const NOT_IN_A_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** Names are few, and come again with each request. */
const soundNames = new Set<string>();

/** A header may carry what a client sent: it must not become two. */
function headerLine(name: string, value: string): string {
  if (!(soundNames.has(name) || isSound(name)) || NOT_IN_A_VALUE.test(value)) {
    throw new Error(`The header "${name}" has characters that no header may have`);
  }
  return `${name}: ${value}\r\n`;
}

function isSound(name: string): boolean {
  const sound = !NOT_IN_A_NAME.test(name);
  if (sound && soundNames.size < 100) soundNames.add(name);
  return sound;
}

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

type Asked = Pick<SubgraphRequest, 'operation' | 'variables' | 'variablesText'>;

function requestBody(request: Asked): string {
  const variables = request.variablesText?.() ?? JSON.stringify(request.variables);
  return `${request.operation.bodyStart}${variables}}`;
}

function subgraphAnswer({ head, text }: HttpAnswer): SubgraphAnswer {
  const answer = parseAnswer(text, head.status);
  // Always: that is for the header to say, and not for the body.
  answer.cacheControl = head.cacheControl;
  return answer;
}

/** An answer is what is GraphQL, whatever its status: many servers put one on their errors, too. */
function parseAnswer(text: string, status: number): Writable<SubgraphAnswer> {
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

async function askReady(client: HttpClient, url: string): Promise<void> {
  const { host, pathname, search } = new URL(url);
  const head = `GET ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\n`;
  const answer = await client.send(head, '', READY_TIMEOUT_MS);
  const { status } = answer.head;
  if (status !== 200) throw new Error(`The subgraph answered ${status}`);
}

/** A subgraph that wants to know first who asks is there, too: nobody does. */
async function ping(client: HttpClient, start: string): Promise<void> {
  const body = requestBody({ operation: PING, variables: {} });
  const { head, text } = await client.send(start, body, READY_TIMEOUT_MS);
  const { status } = head;
  if (status === 401 || status === 403) return;
  const { errors } = parseAnswer(text, status);
  if (errors?.length) throw new Error('The subgraph answered with errors');
}
