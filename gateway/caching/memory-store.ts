import { LRUCache } from 'lru-cache';
import type { AnswerStore } from './answer-store.js';

export interface MemoryStoreOptions {
  /** Room for keys and texts, in bytes; 64 MiB by default. What was not used for longest goes first. */
  maxBytes?: number;
}

/** Bytes that an entry takes besides its key and its text. */
const OVERHEAD = 256;

/** A characters of a JavaScript string takes one byte or two. */
const bytes = (text: string, key: string) => 2 * (text.length + key.length) + OVERHEAD;

/** Keeps answers in the memory of this process. */
export function memoryStore({ maxBytes = 67_108_864 }: MemoryStoreOptions = {}): AnswerStore {
  const texts = new LRUCache<string, string>({ maxSize: maxBytes, sizeCalculation: bytes });
  return {
    get: (keys) => keys.map((key) => texts.get(key)),
    set: (key, text, seconds) => void texts.set(key, text, { ttl: seconds * 1000 }),
    close: async () => texts.clear(),
  };
}
