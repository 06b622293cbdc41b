import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import type { DataSource } from '../data-sources/data-source.js';
import type { Operation } from '../operation.js';
import type { DataSources } from '../planning/compile-plan.js';
import type { CallObserver } from '../resilience/subgraph-calls.js';

export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Somebody who watches the gateway at work. Most methods get a part of the gateway and answer what takes its place,
 * once per operation or source rather than once per request: where nobody watches, nothing is in between.
 */
export interface Watcher extends CallObserver {
  /** What answers HTTP requests for GraphQL. */
  http?(handle: HttpHandler): HttpHandler;
  /** Answers a message that starts an operation, on a WebSocket opened with these headers. */
  message?<Answer>(headers: object, answer: () => Promise<Answer>): Promise<Answer>;
  operation?(operation: Operation, registered: boolean): Operation;
  /** Makes an operation ready to run, for the first time. */
  compiling?(compile: () => Operation): Operation;
  source?(name: string, source: DataSource): DataSource;
  /** A request of which nothing was run got these errors. */
  refused?(errors: readonly GraphQLFormattedError[]): void;
}

/** Several watchers as one: the first sees all that the others do. */
export class Watchers {
  readonly #all: readonly Watcher[];

  constructor(all: readonly Watcher[]) {
    this.#all = all.toReversed();
  }

  http(handle: HttpHandler): HttpHandler {
    return this.#all.reduce((inner, each) => each.http?.(inner) ?? inner, handle);
  }

  message<Answer>(headers: object, answer: () => Promise<Answer>): Promise<Answer> {
    return this.#all.reduce(
      (inner, each) => () => each.message?.(headers, inner) ?? inner(),
      answer,
    )();
  }

  /** Compiles an operation, and answers it as it is watched from now on. */
  compiled(registered: boolean, compile: () => Operation): Operation {
    const compiling = this.#all.reduce(
      (inner, each) => () => each.compiling?.(inner) ?? inner(),
      compile,
    );
    return this.#all.reduce(
      (inner, each) => each.operation?.(inner, registered) ?? inner,
      compiling(),
    );
  }

  sources(sources: DataSources): DataSources {
    if (this.#all.length === 0) return sources;
    const watched = Object.entries(sources).map(([name, source]) => [
      name,
      this.#all.reduce((inner, each) => each.source?.(name, inner) ?? inner, source),
    ]);
    return Object.fromEntries(watched);
  }

  /** Tells every watcher what `other` is told of the calls to subgraphs. */
  calls(other: CallObserver): CallObserver {
    const all = [other, ...this.#all];
    return {
      onBreakerChange: (event) => all.forEach((each) => void each.onBreakerChange?.(event)),
      onRetry: (event) => all.forEach((each) => void each.onRetry?.(event)),
    };
  }

  refused(errors: readonly GraphQLFormattedError[] = []): void {
    for (const each of this.#all) each.refused?.(errors);
  }
}

export const NOBODY = new Watchers([]);
