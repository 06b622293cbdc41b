import { setImmediate as breathe } from 'node:timers/promises';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { discreet } from './discretion.js';
import { gatewayError } from './errors.js';
import type { Graph } from './graph.js';
import type { GraphqlParams } from './graphql-params.js';
import { overCost } from './limits/limits.js';
import { NOBODY, type Watchers } from './observability/watcher.js';
import type { Operation, Variables } from './operation.js';
import type { PersistedOperations } from './persisted-operations.js';
import {
  compileDocument,
  type ReadingRules,
  readOperation,
  requireLimits,
} from './read-operation.js';
import type { Safelist } from './safelist.js';

/** Text of operations kept compiled, in characters; a plan takes a small multiple of its text. */
const CACHED_CHARACTERS = 4_000_000;

/** Most ad hoc operations that are compiled anew before another graph is taken over. */
const MOST_CARRIED_OVER = 500;

/** What is compiled for one graph: registered operations for good, others as long as they are in use. */
class Compiled {
  readonly graph: Graph;
  readonly registered = new Map<string, Operation>();
  /** Operations of safelists. Those of several callers with the same text are the same. */
  readonly safelisted = operationCache();
  readonly adHoc = operationCache();

  constructor(graph: Graph) {
    this.graph = graph;
  }
}

function operationCache(): LRUCache<string, Operation> {
  return new LRUCache({ maxSize: CACHED_CHARACTERS, sizeCalculation: (_, key) => key.length });
}

/** Finds what a request asks to run, compiled for the graph of the moment. */
export class Operations {
  readonly #rules: ReadingRules;
  readonly #persisted: PersistedOperations;
  readonly #watchers: Watchers;
  /** How often an operation was found compiled. */
  hits = 0;
  #compiled: Compiled;

  constructor(
    graph: Graph,
    rules: ReadingRules,
    persisted: PersistedOperations,
    watchers: Watchers = NOBODY,
  ) {
    this.#compiled = new Compiled(graph);
    this.#rules = rules;
    this.#persisted = persisted;
    this.#watchers = watchers;
  }

  /** How many operations are compiled. */
  get sizes(): { registered: number; adHoc: number } {
    const { registered, safelisted, adHoc } = this.#compiled;
    return { registered: registered.size + safelisted.size, adHoc: adHoc.size };
  }

  get graph(): Graph {
    return this.#compiled.graph;
  }

  /** The registered operation of that id; undefined when there is none. */
  registered(id: string, operationName?: string): Operation | undefined {
    return this.#registered(this.#compiled, operationName ? `${operationName}\n${id}` : id);
  }

  /**
   * Refuses text from a client that is over a limit, for a transport that reads such text by itself. Throws an
   * AggregateError of GraphQLErrors.
   */
  admit(text: string, operationName: string | undefined, variables: Variables): void {
    const known = this.#compiled.adHoc.get(textKey(text, operationName));
    if (known) this.#requireAffordable(text, known, variables);
    else this.#requireLimits(this.graph, text, variables);
  }

  /**
   * Compiles text from a client, or finds it compiled. `validated` is its document, if somebody has parsed and
   * validated it against `schema`. Throws an AggregateError of GraphQLErrors.
   */
  adHoc(
    text: string,
    operationName: string | undefined,
    variables: Variables = {},
    validated?: { document: DocumentNode; schema: GraphQLSchema },
  ): Operation {
    const { graph, adHoc } = this.#compiled;
    const key = textKey(text, operationName);
    const known = adHoc.get(key);
    if (known) {
      this.#requireAffordable(text, known, variables);
      this.hits += 1;
      return known;
    }
    this.#requireLimits(graph, text, variables);
    const operation = this.#compile(false, () =>
      validated?.schema === graph.apiSchema
        ? compileDocument(graph, validated.document, operationName)
        : readOperation(graph, this.#rules, text, operationName),
    );
    adHoc.set(key, operation);
    return operation;
  }

  /**
   * What a caller with a safelist asks to run: by its id, and what text comes with it counts for nothing. Throws an
   * AggregateError of GraphQLErrors.
   */
  listed(safelist: Safelist, params: GraphqlParams): Operation {
    const { persistedId, operationName, query, variables } = params;
    const text = persistedId === undefined ? undefined : safelist.text(persistedId);
    if (persistedId === undefined || text === undefined) {
      throw new AggregateError([
        query === undefined ? nothingToRun(params) : gatewayError('QUERY_NOT_IN_SAFELIST'),
      ]);
    }
    const operation = this.#safelisted(this.#compiled, textKey(text, operationName));
    requireCost(operation, variables, safelist.maxCost);
    safelist.onUse?.(persistedId);
    return operation;
  }

  /** What a request asks to run, for a transport that compiles ad-hoc operations by itself. */
  resolve(params: GraphqlParams, allowAdHoc: boolean): Operation {
    const { persistedId, operationName, query, variables } = params;
    const known = persistedId ? this.registered(persistedId, operationName) : undefined;
    if (known) return known;
    if (query === undefined) throw new AggregateError([nothingToRun(params)]);
    return allowAdHoc
      ? this.adHoc(query, operationName, variables)
      : this.safelisted(query, operationName);
  }

  /** The registered operation with this very text; throws where there is none. */
  safelisted(text: string, operationName: string | undefined): Operation {
    const id = this.#persisted.idOfText(text);
    const operation = id === undefined ? undefined : this.registered(id, operationName);
    if (!operation) throw new AggregateError([gatewayError('QUERY_NOT_IN_SAFELIST')]);
    return operation;
  }

  /**
   * Takes over another graph. What is in use is compiled for it beforehand, one operation at a time between
   * requests, so that no request waits for all the planning; whatever runs already ends as it began.
   */
  async takeOver(graph: Graph): Promise<void> {
    const next = new Compiled(graph);
    const { registered, safelisted, adHoc } = this.#compiled;
    for (const key of [...registered.keys()]) {
      await breathe();
      attempt(() => this.#registered(next, key));
    }
    for (const key of [...safelisted.keys()].reverse()) {
      await breathe();
      attempt(() => this.#safelisted(next, key));
    }
    // The most recently used come first, and have to be set last.
    for (const key of [...adHoc.keys()].slice(0, MOST_CARRIED_OVER).reverse()) {
      await breathe();
      const [name, text] = splitKey(key);
      const read = () => {
        this.#requireLimits(graph, text, {});
        return readOperation(graph, this.#rules, text, name);
      };
      attempt(() => next.adHoc.set(key, this.#compile(false, read)));
    }
    this.#compiled = next;
  }

  #compile(registered: boolean, compile: () => Operation): Operation {
    const { introspection } = this.#rules;
    return this.#watchers.compiled(registered, () =>
      introspection ? compile() : discreet(compile()),
    );
  }

  /** What is known to be within all other limits may still ask for too much by its variables. */
  #requireAffordable(text: string, operation: Operation, variables: Variables): void {
    const { limits } = this.#rules;
    if (limits && !this.#isRegistered(text)) requireCost(operation, variables, limits.maxCost);
  }

  #requireLimits(graph: Graph, text: string, variables: Variables): void {
    if (!this.#isRegistered(text)) requireLimits(graph, this.#rules, text, variables);
  }

  #isRegistered(text: string): boolean {
    return this.#persisted.idOfText(text) !== undefined;
  }

  #safelisted({ graph, safelisted }: Compiled, key: string): Operation {
    const known = safelisted.get(key);
    if (known) {
      this.hits += 1;
      return known;
    }
    const [operationName, text] = splitKey(key);
    const operation = this.#compile(true, () =>
      readOperation(graph, this.#rules, text, operationName),
    );
    safelisted.set(key, operation);
    return operation;
  }

  #registered({ graph, registered }: Compiled, key: string): Operation | undefined {
    const known = registered.get(key);
    if (known) {
      this.hits += 1;
      return known;
    }
    const [operationName, id] = key.includes('\n') ? splitKey(key) : [undefined, key];
    const text = this.#persisted.text(id);
    if (text === undefined) return undefined;
    const operation = this.#compile(true, () =>
      readOperation(graph, this.#rules, text, operationName),
    );
    registered.set(key, operation);
    return operation;
  }
}

const textKey = (text: string, operationName: string | undefined) =>
  `${operationName ?? ''}\n${text}`;

function splitKey(key: string): [operationName: string | undefined, rest: string] {
  const end = key.indexOf('\n');
  return [key.slice(0, end) || undefined, key.slice(end + 1)];
}

/** Throws an AggregateError where this would cost more than it may. */
function requireCost({ costWith }: Operation, variables: Variables, maxCost = Infinity): void {
  const cost = costWith(variables);
  if (cost > maxCost) throw new AggregateError([overCost(maxCost, cost)]);
}

/** What does not fit the new graph is no reason against it: whoever asks for it will be told. */
function attempt(compile: () => void): void {
  try {
    compile();
  } catch {}
}

/** Why a request that carries no text cannot be run. */
export function nothingToRun({ persistedId }: GraphqlParams) {
  return persistedId
    ? gatewayError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound')
    : gatewayError('BAD_REQUEST', 'The request has neither a "query" nor the id of one');
}
