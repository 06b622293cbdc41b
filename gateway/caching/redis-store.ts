import { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import type { GatewayLog } from '../log.js';
import type { AnswerStore } from './answer-store.js';

export interface RedisStoreOptions {
  /** Redis or Valkey. */
  url: string;
  /** Separates systems that share one server. */
  prefix: string;
  /** Milliseconds to wait for Redis, which is then left alone for a second; 50 by default. */
  deadlineMs?: number;
  /** Room that this process takes up at most, in bytes of keys and texts; 64 MiB by default. */
  maxBytes?: number;
  log: GatewayLog;
}

/** Milliseconds for which nobody waits for a Redis that has been away or slow. */
const REST_MS = 1_000;

/** Keeps answers in Redis, for all processes that use the same prefix. */
export function redisStore(options: RedisStoreOptions): AnswerStore {
  return new RedisStore(options);
}

class RedisStore implements AnswerStore {
  readonly #redis: Redis;
  readonly #prefix: string;
  readonly #log: GatewayLog;
  /** What this process has written; the queues that share a server must not run out of memory by it. */
  readonly #own: LRUCache<string, number>;
  #restsUntil = 0;
  #away = false;

  constructor({ url, prefix, deadlineMs = 50, maxBytes = 67_108_864, log }: RedisStoreOptions) {
    this.#prefix = prefix;
    this.#log = log;
    this.#own = new LRUCache<string, number>({
      maxSize: maxBytes,
      sizeCalculation: (size) => size,
      dispose: (_, key, reason) => {
        if (reason === 'evict') this.#attempt(this.#redis.unlink(key));
      },
    });
    this.#redis = new Redis(url, {
      commandTimeout: deadlineMs,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
    });
    this.#redis.on('error', (error) => this.#failed(error));
  }

  async get(keys: readonly string[]): Promise<ReadonlyArray<string | undefined>> {
    if (!this.#usable) return [];
    try {
      const texts = await this.#redis.mget(keys.map((key) => this.#prefix + key));
      this.#away = false;
      return texts.map((text) => text ?? undefined);
    } catch (error) {
      this.#failed(error);
      return [];
    }
  }

  set(key: string, text: string, seconds: number): void {
    if (!this.#usable) return;
    const name = this.#prefix + key;
    const size = name.length + Buffer.byteLength(text);
    this.#own.set(name, size);
    if (this.#own.has(name)) this.#attempt(this.#redis.set(name, text, 'EX', seconds));
  }

  async close(): Promise<void> {
    this.#redis.disconnect();
  }

  get #usable(): boolean {
    return this.#redis.status === 'ready' && this.#restsUntil <= Date.now();
  }

  #attempt(command: Promise<unknown>): void {
    command.catch((error: unknown) => this.#failed(error));
  }

  /** Says so once, until Redis answers again. */
  #failed(error: unknown): void {
    this.#restsUntil = Date.now() + REST_MS;
    if (!this.#away) this.#log.warn({ err: error }, 'The response cache has no Redis');
    this.#away = true;
  }
}
