import { type CacheWishes, cacheWishes, policyOfHeader } from './cache-control.js';
import {
  type CachePolicy,
  isCacheable,
  NOT_CACHEABLE,
  restricted,
  UNRESTRICTED,
} from './cache-policy.js';
import type { CacheableAnswer } from './cacheable-answer.js';

/** What a request wants of caches, and what they may do with its answer. */
export class RequestCaching {
  readonly wishes: CacheWishes;
  readonly forwarded: readonly string[];
  #answer: CacheableAnswer | undefined;
  #policy = NOT_CACHEABLE;
  #headersDecide = false;

  /** `cacheControl` is the header of the request, `forwarded` names those that subgraphs get. */
  constructor(cacheControl: string | undefined, forwarded: readonly string[] = []) {
    this.forwarded = forwarded;
    this.wishes = cacheWishes(cacheControl);
  }

  /** Begins with what the hints allow; where there are none, with what subgraphs will say in their headers. */
  begin(hinted: CachePolicy | undefined): void {
    this.#policy = hinted ?? UNRESTRICTED;
    this.#headersDecide = hinted === undefined;
  }

  /** Heeds the `Cache-Control` of a subgraph's answer, or that it has none. */
  restrict(header: string | undefined): void {
    if (header !== undefined) this.#policy = restricted(this.#policy, policyOfHeader(header));
    else if (this.#headersDecide) this.#policy = NOT_CACHEABLE;
  }

  /** The answer as it is to be sent; undefined where it may not be cached. */
  get answer(): CacheableAnswer | undefined {
    return this.#answer;
  }

  serve(answer: CacheableAnswer): void {
    this.#answer = answer;
  }

  /** What may be done with an answer, now that everything for it has been fetched; undefined for nothing. */
  get policy(): CachePolicy | undefined {
    return isCacheable(this.#policy) ? this.#policy : undefined;
  }
}
