import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { createClient, type Client as WebSocketClient } from 'graphql-ws';
import { Pool } from 'undici';
import { Failure } from './command-line/failure.js';

/** A GraphQL error as it is answered. */
interface AnsweredError {
  message: string;
  extensions?: { code?: string; requestId?: string };
}

interface Answer<Result> {
  data?: Result | null;
  errors?: readonly AnsweredError[];
}

export interface ClientOptions {
  /** With or without `/graphql`. */
  url: string;
  /** Sent as a bearer token where there is one; asked before each request. */
  token?: () => Promise<string | undefined>;
  /** Requests at a time; more wait. */
  connections?: number;
  /**
   * How often to ask again when the connection breaks or the server is too busy. Only for callers whose operations
   * may safely be repeated.
   */
  retries?: number;
}

/** The error codes of an answer, for callers that can do something about them. */
export class AnsweredErrors extends Failure {
  readonly codes: readonly string[];

  constructor(operation: string, errors: readonly AnsweredError[]) {
    const [first, ...more] = errors.map(describe);
    super(`${operation}: ${first}${more.length > 0 ? ` and ${more.length} more errors` : ''}`);
    this.codes = errors.map(({ extensions }) => extensions?.code ?? '');
  }
}

function describe({ message, extensions }: AnsweredError): string {
  const { code, requestId } = extensions ?? {};
  return `${message} (${[code, requestId && `request ${requestId}`].filter(Boolean).join(', ')})`;
}

/** Runs persisted operations by their hash: over kept-alive HTTP connections, subscriptions over one WebSocket. */
export class Client {
  readonly #options: ClientOptions;
  readonly #origin: string;
  readonly #path: string;
  readonly #pool: Pool;
  #socket: WebSocketClient | undefined;

  constructor(options: ClientOptions) {
    const url = new URL(options.url);
    this.#options = options;
    this.#origin = url.origin;
    this.#path = url.pathname === '/' ? '/graphql' : url.pathname;
    this.#pool = new Pool(url.origin, { connections: options.connections ?? 1 });
  }

  /** The operation's data. Throws a Failure that says in one line what is wrong. */
  async run<Result, Variables>(
    operation: TypedDocumentNode<Result, Variables>,
    variables: Variables,
  ): Promise<Result> {
    const body = JSON.stringify({ ...byHash(operation), variables });
    return dataOf(nameOf(operation), JSON.parse(await this.#post(body)) as Answer<Result>);
  }

  /** The events of a subscription until it ends or the caller leaves the loop; a lost connection is taken up again. */
  async *subscribe<Result, Variables>(
    operation: TypedDocumentNode<Result, Variables>,
    variables: Variables,
  ): AsyncGenerator<Result> {
    // graphql-ws insists on a text; an empty one leaves the word to the hash.
    const payload = {
      query: '',
      ...byHash(operation),
      variables: { ...variables } as Record<string, unknown>,
    };
    try {
      for await (const event of this.#openSocket().iterate<Result>(payload)) {
        yield dataOf(nameOf(operation), event as Answer<Result>);
      }
    } catch (error) {
      throw brokenOff(nameOf(operation), this.#origin, error);
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
    // A socket that could not be opened cannot be closed either.
    await Promise.resolve(this.#socket?.dispose()).catch(() => {});
  }

  async #post(body: string): Promise<string> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const { statusCode, text } = await this.#send(body);
        if (statusCode < 500 && statusCode !== 429) return checked(text, this.#origin);
        if (attempt >= (this.#options.retries ?? 0)) return checked(text, this.#origin);
      } catch (error) {
        if (attempt >= (this.#options.retries ?? 0) || neverReached(error)) {
          throw unreachable(this.#origin, error);
        }
      }
      await pause(100 * 2 ** attempt);
    }
  }

  async #send(body: string): Promise<{ statusCode: number; text: string }> {
    const token = await this.#options.token?.();
    const response = await this.#pool.request({
      path: this.#path,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body,
    });
    return { statusCode: response.statusCode, text: await response.body.text() };
  }

  #openSocket(): WebSocketClient {
    this.#socket ??= createClient({
      url: `${this.#origin.replace(/^http/, 'ws')}${this.#path}`,
      connectionParams: async () => ({ token: await this.#options.token?.() }),
      retryAttempts: 10,
      shouldRetry: () => true,
    });
    return this.#socket;
  }
}

/** Codegen keeps the hash of the text beside the parsed document. */
function byHash(operation: object) {
  const { hash = '' } = (operation as { __meta__?: { hash?: string } }).__meta__ ?? {};
  return {
    extensions: { persistedQuery: { version: 1, sha256Hash: hash.replace('sha256:', '') } },
  };
}

function nameOf(operation: TypedDocumentNode<unknown, never>): string {
  const definition = operation.definitions[0];
  const name = definition && 'name' in definition ? definition.name?.value : undefined;
  return name ?? 'the operation';
}

function dataOf<Result>(name: string, { data, errors }: Answer<Result>): Result {
  if (errors?.length) throw new AnsweredErrors(name, errors);
  if (data == null) throw new Failure(`${name}: the answer has no data`);
  return data;
}

/** Something that is no GraphQL server may answer at the address too. */
function checked(text: string, origin: string): string {
  if (text.startsWith('{')) return text;
  throw new Failure(`what answers at ${origin} is not Waybill: ${text.slice(0, 60).trim()}`);
}

function neverReached(error: unknown): boolean {
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(codeOf(error));
}

function unreachable(origin: string, error: unknown): Error {
  if (error instanceof Failure) return error;
  if (neverReached(error)) return new Failure(`nothing answers at ${origin}: run npm start first`);
  return new Failure(`the connection to ${origin} broke off (${(error as Error).message})`);
}

/** graphql-ws throws the GraphQL errors of a refusal as a list, and a lost connection as a CloseEvent. */
function brokenOff(name: string, origin: string, error: unknown): Error {
  if (error instanceof Failure) return error;
  if (Array.isArray(error)) return new AnsweredErrors(name, error);
  return new Failure(`the live connection to ${origin} broke off`);
}

function codeOf(error: unknown): string {
  const { code, errors } = error as { code?: string; errors?: Array<{ code?: string }> };
  return code ?? errors?.[0]?.code ?? '';
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
