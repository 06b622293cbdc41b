import { LRUCache } from 'lru-cache';
import type { RequestContext } from '../request.js';
import { type AnswerKeys, changeKey } from './answer-keys.js';
import type { AnswerStore } from './answer-store.js';
import type { CacheWishes } from './cache-control.js';
import { CacheableAnswer } from './cacheable-answer.js';

/** Seconds for which an answer is kept at most, however long it could be. */
const MOST_SECONDS = 86_400;

/** Callers whose last change this process remembers by itself, in case that the store does not. */
const MOST_CALLERS = 10_000;

/** Answers to former requests, for whoever may see them. Who has changed something sees no older answer. */
export class AnswerCache {
  /** How often an answer was found, and how often none. */
  hits = 0;
  misses = 0;
  readonly #store: AnswerStore;
  readonly #changes = new LRUCache<string, number>({ max: MOST_CALLERS });

  constructor(store: AnswerStore) {
    this.#store = store;
  }

  /** An answer that is as fresh as the request wants it. */
  async find(
    { shared, own, change }: AnswerKeys,
    { maxAge }: CacheWishes,
  ): Promise<CacheableAnswer | undefined> {
    if (maxAge === 0) return undefined;
    const [noted, ...texts] = await this.#store.get([change, own, shared]);
    const changed = Math.max(Number(noted ?? 0), this.#changes.get(change) ?? 0);
    const now = Date.now();
    const found = texts
      .map(read)
      .find(
        (answer) =>
          answer?.isFreshAt(now) && answer.since > changed && answer.ageAt(now) <= maxAge * 1000,
      );
    if (found) this.hits += 1;
    else this.misses += 1;
    return found;
  }

  keep({ shared, own }: AnswerKeys, answer: CacheableAnswer): void {
    const { scope, maxAge } = answer.policy;
    const key = scope === 'PRIVATE' ? own : shared;
    this.#store.set(key, written(answer), Math.min(maxAge, MOST_SECONDS));
  }

  /** Everybody who is anonymous is one caller, whom nobody's change concerns. */
  noteChange(caller: RequestContext): void {
    if (caller.identity.kind === 'anonymous' && !caller.forwarded) return;
    const [key, now] = [changeKey(caller), Date.now()];
    this.#changes.set(key, now);
    this.#store.set(key, String(now), MOST_SECONDS);
  }
}

/** A line about the answer, then its text. */
function written({ text, policy, since, hash }: CacheableAnswer): string {
  return `${JSON.stringify({ ...policy, since, hash })}\n${text}`;
}

function read(kept: string | undefined): CacheableAnswer | undefined {
  if (kept === undefined) return undefined;
  const end = kept.indexOf('\n');
  try {
    const { maxAge, scope, since, hash } = JSON.parse(kept.slice(0, end));
    return new CacheableAnswer(kept.slice(end + 1), { maxAge, scope }, since, hash);
  } catch {
    return undefined;
  }
}
