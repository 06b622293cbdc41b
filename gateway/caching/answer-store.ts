/**
 * Where a response cache keeps its answers. It never throws or rejects: a store that is away or slow has nothing,
 * and what it cannot keep is lost.
 */
export interface AnswerStore {
  /** What is kept under each of the keys. */
  get(
    keys: readonly string[],
  ): ReadonlyArray<string | undefined> | Promise<ReadonlyArray<string | undefined>>;
  /** Keeps a text for that many seconds, if there is room. */
  set(key: string, text: string, seconds: number): void;
  close(): Promise<void>;
}
