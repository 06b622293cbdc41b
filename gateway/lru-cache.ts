/** Keeps the most recently used values as long as their keys together are within `maxKeyLength` characters. */
export class LruCache<Value> {
  readonly #values = new Map<string, Value>();
  readonly #maxKeyLength: number;
  #keyLength = 0;

  constructor(maxKeyLength: number) {
    this.#maxKeyLength = maxKeyLength;
  }

  get size(): number {
    return this.#values.size;
  }

  get(key: string): Value | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    if (!this.#values.has(key)) this.#keyLength += key.length;
    this.#values.set(key, value);
    for (const oldest of this.#values.keys()) {
      if (this.#keyLength <= this.#maxKeyLength) return;
      this.#values.delete(oldest);
      this.#keyLength -= oldest.length;
    }
  }
}
