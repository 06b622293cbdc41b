import { getOperationAST, Kind } from 'graphql';
import type { Operation, Variables } from '../operation.js';
import type { RequestContext } from '../request.js';
import { rateLimitError } from './announce.js';
import type { RateLimitPolicy, Verdict } from './bucket.js';
import type { RateLimitStore } from './store.js';

/** Tells the client what became of its request. */
export type TellVerdict = (verdict: Verdict) => void;

/** What one request is charged. */
export class Charge {
  readonly #store: RateLimitStore;
  readonly #key: string;
  readonly #policy: RateLimitPolicy;
  readonly #tell: TellVerdict | undefined;
  #settled = false;

  constructor(
    store: RateLimitStore,
    key: string,
    policy: RateLimitPolicy,
    tell: TellVerdict | undefined,
  ) {
    this.#store = store;
    this.#key = key;
    this.#policy = policy;
    this.#tell = tell;
  }

  /** Takes what the operation costs. Throws RATE_LIMITED where the caller has not as much left. */
  async take(operation: Operation, variables: Variables): Promise<void> {
    this.#settled = true;
    if (isIntrospection(operation)) return;
    await this.#take(Math.max(1, operation.costWith(variables)));
  }

  /** What was refused before it could be run costs one unit, so that nobody sends rubbish without end. */
  async settle(): Promise<void> {
    if (this.#settled) return;
    this.#settled = true;
    await this.#take(1);
  }

  async #take(cost: number): Promise<void> {
    const verdict = await this.#store.take(this.#key, cost, this.#policy);
    this.#tell?.(verdict);
    if (!verdict.allowed) throw rateLimitError(verdict);
  }
}

/** Answers a request; where that fails before anything was charged, it is charged as refused. */
export function charged<Answer>(
  { charge }: RequestContext,
  answer: () => Promise<Answer>,
): Promise<Answer> {
  if (!charge) return answer();
  return answer().catch(async (error: unknown) => {
    await charge.settle();
    throw error;
  });
}

/** Questions about the schema cost no subgraph anything. */
function isIntrospection({ document, name }: Operation): boolean {
  const selections = getOperationAST(document, name)?.selectionSet.selections ?? [];
  return selections.every((each) => each.kind === Kind.FIELD && each.name.value.startsWith('__'));
}
