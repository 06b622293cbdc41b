import type { ServerResponse } from 'node:http';
import type { HTTPGraphQLResponse } from '@apollo/server';
import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import { textOf } from '../written-answer.js';

export const RESPONSE_JSON = 'application/graphql-response+json';
const PLAIN_JSON = 'application/json';

/**
 * The media type of a GraphQL answer: the one of GraphQL over HTTP for clients that ask for it, plain JSON
 * for those that accept it or say nothing; undefined when the client accepts neither.
 */
export function negotiate(accept: string | undefined): string | undefined {
  if (!accept) return PLAIN_JSON;
  if (accept.includes(RESPONSE_JSON)) return RESPONSE_JSON;
  return /application\/(json|\*)|\*\/\*/.test(accept) ? PLAIN_JSON : undefined;
}

/**
 * The status of a well-formed request whose operation is not run: 400, or 200 for clients that name plain JSON and
 * nothing newer. GraphQL over HTTP wants it so, because many of those read the body of nothing but a 200.
 */
export function refusalStatus(accept: string | undefined): number {
  const plain = accept?.includes(PLAIN_JSON) && !accept.includes(RESPONSE_JSON);
  return plain ? 200 : 400;
}

/** Sends a whole answer; `headers` come on top of type, length and request id. */
export function send(
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

/** Sends an execution result; without `data` nothing was run, and the request was at fault. */
export function sendResult(
  response: ServerResponse,
  result: ExecutionResult,
  type: string,
  accept: string | undefined,
): void {
  const status = 'data' in result ? 200 : refusalStatus(accept);
  send(response, status, type, textOf(result), { 'cache-control': 'no-store' });
}

export function sendErrors(
  response: ServerResponse,
  status: number,
  errors: ReadonlyArray<GraphQLError | GraphQLFormattedError>,
  requestId: string,
  type = PLAIN_JSON,
  headers: Record<string, string> = {},
): void {
  const withId = errors.map(({ message, locations, path, extensions }) => ({
    ...{ message, locations, path },
    extensions: { ...extensions, requestId },
  }));
  const text = JSON.stringify({ errors: withId });
  send(response, status, type, text, { 'cache-control': 'no-store', ...headers });
}

/** Sends what Apollo Server answered, as a whole or piece by piece. */
export async function sendApollo(
  response: ServerResponse,
  { status = 200, headers, body }: HTTPGraphQLResponse,
): Promise<void> {
  const head: Record<string, string | number> = Object.fromEntries(headers);
  if (body.kind === 'complete') {
    head['content-length'] = Buffer.byteLength(body.string);
    response.writeHead(status, head).end(body.string);
    return;
  }
  response.writeHead(status, head);
  for await (const chunk of body.asyncIterator) response.write(chunk);
  response.end();
}
