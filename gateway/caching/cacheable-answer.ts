import { hash } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import { WrittenAnswer } from '../written-answer.js';
import type { CachePolicy } from './cache-policy.js';

/** The text of an answer without errors, and how it may be kept. */
export class CacheableAnswer {
  readonly text: string;
  readonly policy: CachePolicy;
  /** When its data began to be fetched, in milliseconds since 1970. */
  readonly since: number;
  #hash: string | undefined;

  constructor(text: string, policy: CachePolicy, since: number, hash?: string) {
    this.text = text;
    this.policy = policy;
    this.since = since;
    this.#hash = hash;
  }

  /** Identifies the text. */
  get hash(): string {
    this.#hash ??= hash('sha1', this.text, 'base64url');
    return this.#hash;
  }

  /** Milliseconds it has been kept; clocks of several machines may differ a little. */
  ageAt(now: number): number {
    return Math.max(0, now - this.since);
  }

  isFreshAt(now: number): boolean {
    return this.ageAt(now) < this.policy.maxAge * 1000;
  }

  /** The answer for those who want more than its text. */
  get result(): ExecutionResult {
    return new WrittenAnswer(this.text);
  }
}

/** Whether an answer is one that may be given again: errors, and nulls they would explain, are not. */
export function isWhole(answer: ExecutionResult): boolean {
  if (answer instanceof WrittenAnswer) return true;
  const { data, errors, extensions } = answer;
  return data != null && errors === undefined && extensions === undefined;
}
