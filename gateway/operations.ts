import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { gatewayError } from './errors.js';
import type { GraphqlParams } from './graphql-params.js';
import type { PersistedOperations } from './persisted-operations.js';
import {
  type CompiledOperation,
  type Compiler,
  compileDocument,
  compileText,
} from './planning/compile-operation.js';

/** Text of operations kept compiled, in characters; a plan takes a small multiple of its text. */
const CACHED_CHARACTERS = 4_000_000;

/** The gateway's operations: registered ones are kept for good, others as long as they are in use. */
export class Operations {
  readonly #compiler: Compiler;
  readonly #persisted: PersistedOperations;
  readonly #registered = new Map<string, CompiledOperation>();
  readonly #adHoc = new LRUCache<string, CompiledOperation>({
    maxSize: CACHED_CHARACTERS,
    sizeCalculation: (_, key) => key.length,
  });

  constructor(compiler: Compiler, persisted: PersistedOperations) {
    this.#compiler = compiler;
    this.#persisted = persisted;
  }

  /** The registered operation of that id; undefined when there is none. */
  registered(id: string, operationName?: string): CompiledOperation | undefined {
    const key = operationName ? `${id} ${operationName}` : id;
    const known = this.#registered.get(key);
    if (known) return known;
    const text = this.#persisted.text(id);
    if (text === undefined) return undefined;
    const operation = compileText(this.#compiler, text, operationName);
    this.#registered.set(key, operation);
    return operation;
  }

  /** Compiles text from a client, or finds it compiled. Throws an AggregateError of GraphQLErrors. */
  adHoc(text: string, operationName: string | undefined, validated?: DocumentNode) {
    const key = `${operationName ?? ''}\n${text}`;
    const known = this.#adHoc.get(key);
    if (known) return known;
    const operation = validated
      ? compileDocument(this.#compiler, validated, operationName)
      : compileText(this.#compiler, text, operationName);
    this.#adHoc.set(key, operation);
    return operation;
  }

  /** What a request asks to run, for a transport that compiles ad-hoc operations by itself. */
  resolve(params: GraphqlParams, allowAdHoc: boolean): CompiledOperation {
    const { persistedId, operationName, query } = params;
    const known = persistedId ? this.registered(persistedId, operationName) : undefined;
    if (known) return known;
    if (query === undefined) throw new AggregateError([nothingToRun(params)]);
    return allowAdHoc ? this.adHoc(query, operationName) : this.safelisted(query, operationName);
  }

  /** The registered operation with this very text; throws where there is none. */
  safelisted(text: string, operationName: string | undefined): CompiledOperation {
    const id = this.#persisted.idOfText(text);
    const operation = id === undefined ? undefined : this.registered(id, operationName);
    if (!operation) throw new AggregateError([gatewayError('QUERY_NOT_IN_SAFELIST')]);
    return operation;
  }
}

/** Why a request that carries no text cannot be run. */
export function nothingToRun({ persistedId }: GraphqlParams) {
  return persistedId
    ? gatewayError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound')
    : gatewayError('BAD_REQUEST', 'The request has neither a "query" nor the id of one');
}
