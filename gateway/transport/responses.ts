import type { ServerResponse } from 'node:http';
import type { HTTPGraphQLResponse } from '@apollo/server';

export const RESPONSE_JSON = 'application/graphql-response+json';
export const JSON_TYPE = 'application/json';

/**
 * The media type of a GraphQL answer: the one of GraphQL over HTTP for clients that ask for it, plain JSON
 * for those that accept it or say nothing; undefined when the client accepts neither.
 */
export function negotiate(accept: string | undefined): string | undefined {
  if (!accept || accept === JSON_TYPE) return JSON_TYPE;
  if (accept.includes(RESPONSE_JSON)) return RESPONSE_JSON;
  return /application\/(json|\*)|\*\/\*/.test(accept) ? JSON_TYPE : undefined;
}

/**
 * The status of a well-formed request whose operation is not run: 400, or 200 for clients that name plain JSON and
 * nothing newer. GraphQL over HTTP wants it so, because many of those read the body of nothing but a 200.
 */
export function refusalStatus(accept: string | undefined): number {
  const plain = accept?.includes(JSON_TYPE) && !accept.includes(RESPONSE_JSON);
  return plain ? 200 : 400;
}

/** Names and values in turn, as Node sends them fastest. */
export type RawHeaders = readonly string[];

export const NOT_KEPT: RawHeaders = ['cache-control', 'no-store'];

/** Sends a whole answer; `headers` come on top of type and length. */
export function send(
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
  headers: RawHeaders = [],
): void {
  sendText(response, status, ['content-type', `${type}; charset=utf-8`, ...headers], text);
}

function sendText(response: ServerResponse, status: number, head: string[], text: string): void {
  const bytes = Buffer.byteLength(text);
  head.push('content-length', String(bytes));
  // In text that is one byte a character, there is nothing to encode.
  response.writeHead(status, head).end(text, bytes === text.length ? 'latin1' : 'utf8');
}

/** Sends what Apollo Server answered, as a whole or piece by piece. */
export async function sendApollo(
  response: ServerResponse,
  { status = 200, headers, body }: HTTPGraphQLResponse,
  own: RawHeaders,
): Promise<void> {
  const head = [...own];
  for (const [name, value] of headers) head.push(name, value);
  if (body.kind === 'complete') return sendText(response, status, head, body.string);
  response.writeHead(status, head);
  for await (const chunk of body.asyncIterator) response.write(chunk);
  response.end();
}
