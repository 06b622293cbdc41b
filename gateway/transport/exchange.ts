import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Charge } from '../rate-limits/charge.js';
import { requestIdFrom } from '../request.js';
import { negotiate, type RawHeaders, send } from './responses.js';

/** A GraphQL request over HTTP, and the way to answer it under its request id. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly headers: IncomingHttpHeaders;
  readonly requestId: string;
  /** The media type of the answer; undefined when the client accepts none that we have. */
  readonly type: string | undefined;
  /** Given once it is known who asks, where the caller's rate is limited. */
  charge: Charge | undefined;

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.request = request;
    this.response = response;
    this.headers = request.headers;
    this.requestId = requestIdFrom(this.headers['x-request-id']);
    this.type = negotiate(this.headers.accept);
  }

  get isGet(): boolean {
    return this.request.method === 'GET';
  }

  answer(status: number, type: string, text: string, headers: RawHeaders): void {
    send(this.response, status, type, text, ['x-request-id', this.requestId, ...headers]);
  }
}
