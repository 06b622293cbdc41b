/**
 * Gathers the conditions of a list. Each shape of a list is a statement of its own, with the best plan for it, and goes by
 * the names of its conditions.
 */
export class Conditions {
  readonly values: unknown[];
  readonly #names: string[] = [];
  readonly #texts: string[] = [];

  /** `values` are those of $1, $2 and so on, which stand elsewhere in the statement. */
  constructor(values: unknown[] = []) {
    this.values = [...values];
  }

  /** `$?` in the text stands for the value, wherever it is. */
  and(name: string, text: string, ...value: [] | [unknown]): void {
    this.#names.push(name);
    if (value.length > 0) this.values.push(value[0]);
    this.#texts.push(text.replaceAll('$?', `$${this.values.length}`));
  }

  /** Where a value stands that is no condition's. */
  place(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  get name(): string {
    return this.#names.join('+');
  }

  get text(): string {
    return this.#texts.length > 0 ? `where ${this.#texts.join(' and ')}` : '';
  }
}
