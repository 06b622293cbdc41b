import type { ExecutionResult, OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { Operation, Variables } from '../operation.js';
import type { RequestContext } from '../request.js';
import { textOf } from '../written-answer.js';
import type { AnswerCache } from './answer-cache.js';
import { type AnswerKeys, answerKeys, operationKey } from './answer-keys.js';
import type { CachePolicy } from './cache-policy.js';
import { CacheableAnswer, isWhole } from './cacheable-answer.js';
import type { RequestCaching } from './request-caching.js';

export interface CacheableOperationOptions {
  readonly operation: Operation;
  readonly definition: OperationDefinitionNode;
  /** Of the graph: another one has other answers. */
  readonly sdl: string;
  /** What the hints allow; undefined where the subgraphs' headers decide. */
  readonly hinted: CachePolicy | undefined;
  /** Where answers are kept, if anywhere. */
  readonly cache: AnswerCache | undefined;
}

/** A query whose answers may be kept. To a request that does not ask for that it is what it was. */
export class CacheableOperation implements Operation {
  readonly cacheable = true;
  readonly kind: OperationTypeNode;
  readonly name: string | undefined;
  readonly document: Operation['document'];
  readonly cost: number;
  readonly costWith: Operation['costWith'];
  readonly subscribe: Operation['subscribe'];
  readonly #operation: Operation;
  readonly #hinted: CachePolicy | undefined;
  readonly #cache: AnswerCache | undefined;
  readonly #key: string;
  readonly #variableNames: readonly string[];
  /** There is nothing to look for before headers have allowed something. */
  #wasCacheable: boolean;

  readonly run: Operation['run'] = (variables, context) => {
    const { caching } = context;
    if (!caching) return this.#operation.run(variables, context);
    if (!this.#cache) return this.#runAnew(variables, context, caching);
    const keys = answerKeys(this.#key, this.#variableNames, variables, context);
    return this.#runUnlessKept(this.#cache, keys, variables, context, caching);
  };

  constructor({ operation, definition, sdl, hinted, cache }: CacheableOperationOptions) {
    this.kind = operation.kind;
    this.name = operation.name;
    this.document = operation.document;
    this.cost = operation.cost;
    this.costWith = operation.costWith;
    this.subscribe = operation.subscribe;
    this.#operation = operation;
    this.#hinted = hinted;
    this.#cache = cache;
    this.#key = cache ? operationKey(sdl, operation.document, definition) : '';
    this.#variableNames = variableNames(definition);
    this.#wasCacheable = hinted !== undefined;
  }

  async #runUnlessKept(
    cache: AnswerCache,
    keys: AnswerKeys,
    variables: Variables,
    context: RequestContext,
    caching: RequestCaching,
  ): Promise<ExecutionResult> {
    const { wishes } = caching;
    const kept = this.#wasCacheable ? await cache.find(keys, wishes) : undefined;
    if (kept) {
      caching.serve(kept);
      return kept.result;
    }
    const result = await this.#runAnew(variables, context, caching);
    if (caching.answer) this.#wasCacheable = true;
    if (caching.answer && wishes.store) cache.keep(keys, caching.answer);
    return result;
  }

  #runAnew(
    variables: Variables,
    context: RequestContext,
    caching: RequestCaching,
  ): Promise<ExecutionResult> {
    const since = Date.now();
    caching.begin(this.#hinted);
    return this.#operation.run(variables, context).then((result) => {
      const { policy } = caching;
      if (policy && isWhole(result)) {
        caching.serve(new CacheableAnswer(textOf(result), policy, since));
      }
      return result;
    });
  }
}

function variableNames({ variableDefinitions = [] }: OperationDefinitionNode): string[] {
  return variableDefinitions.map(({ variable }) => variable.name.value);
}
