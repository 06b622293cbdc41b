import type { IncomingMessage } from 'node:http';
import type { Awaitable } from '../data-sources/data-source.js';
import { gatewayError } from '../errors.js';
import { type GraphqlParams, parseJson, readParams, readSearch } from '../graphql-params.js';
import { readBody } from './read-body.js';

/** What came over HTTP, before anybody looked for an operation in it. */
export interface RawRequest {
  /** The query string with its question mark, or an empty string. */
  readonly search: string;
  /** The JSON of the body; undefined where there is none. */
  readonly body: unknown;
}

/** A GraphQL request over HTTP. */
export interface HttpRequest extends RawRequest {
  readonly params: GraphqlParams;
}

/** Reads a GraphQL request; throws errors with codes for whatever is not one, at once or later. */
export function readRequest(
  request: IncomingMessage,
  maxBodyBytes: number,
): Awaitable<HttpRequest> {
  const search = searchOf(request);
  if (request.method === 'GET') {
    return { body: undefined, search, params: readSearch(new URLSearchParams(search)) };
  }
  if (request.method !== 'POST') {
    throw gatewayError('METHOD_NOT_ALLOWED', 'GraphQL is answered over GET and POST');
  }
  if (!isJson(request)) {
    throw gatewayError('BAD_REQUEST', 'The content-type must be application/json', {
      http: { status: 415 },
    });
  }
  return readBody(request, maxBodyBytes).then((text) => {
    const body = parseJson(text);
    return { body, search, params: readParams(body) };
  });
}

/** Reads a request for a server that says by itself what is wrong with it; throws for text that is not JSON. */
export async function readAsItIs(
  request: IncomingMessage,
  maxBodyBytes: number,
): Promise<RawRequest> {
  const text = await readBody(request, maxBodyBytes);
  const body = isJson(request) && text !== '' ? parseJson(text) : undefined;
  return { search: searchOf(request), body };
}

function searchOf({ url = '' }: IncomingMessage): string {
  const mark = url.indexOf('?');
  return mark < 0 ? '' : url.slice(mark);
}

/** A browser asks before it sends JSON to a foreign origin; other types it would just send. */
function isJson({ headers }: IncomingMessage): boolean {
  const type = headers['content-type'];
  return (
    type === 'application/json' || /^application\/(json|graphql\+json)\s*(;|$)/i.test(type ?? '')
  );
}
