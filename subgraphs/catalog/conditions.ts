interface Condition {
  name: string;
  text: string;
  /** What is chosen of by it, such as the values of one attribute; undefined where nothing is to be chosen from. */
  facet: string | undefined;
}

/**
 * Gathers the conditions of a list. Each shape of a list is a statement of its own, with the best plan for it, and goes by
 * the names of its conditions.
 */
export class Conditions {
  readonly values: unknown[];
  readonly #conditions: Condition[] = [];

  /** `values` are those of $1, $2 and so on, which stand elsewhere in the statement. */
  constructor(values: unknown[] = []) {
    this.values = [...values];
  }

  /** `$?` in the text stands for the value, wherever it is. */
  and(name: string, text: string, ...value: [] | [unknown]): void {
    this.#add(name, text, value, undefined);
  }

  /** The same for what somebody has chosen of a facet. */
  chosen(facet: string, name: string, text: string, value: unknown): void {
    this.#add(name, text, [value], facet);
  }

  /** Where a value stands that is no condition's. */
  place(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  get name(): string {
    return this.#conditions.map(({ name }) => name).join('+');
  }

  get text(): string {
    return whereOf(this.#conditions);
  }

  /** What holds whatever is chosen, and what is chosen. */
  get split(): { text: string; choices: Array<{ facet: string; text: string }> } {
    const open = this.#conditions.filter(({ facet }) => facet === undefined);
    const choices = this.#conditions.flatMap(({ facet, text }) =>
      facet === undefined ? [] : [{ facet, text }],
    );
    return { text: whereOf(open), choices };
  }

  #add(name: string, text: string, value: [] | [unknown], facet: string | undefined): void {
    if (value.length > 0) this.values.push(value[0]);
    this.#conditions.push({ name, text: text.replaceAll('$?', `$${this.values.length}`), facet });
  }
}

const whereOf = (conditions: Condition[]): string =>
  conditions.length > 0 ? `where ${conditions.map(({ text }) => text).join(' and ')}` : '';
