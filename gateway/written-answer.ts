import type { ExecutionResult } from 'graphql';

/** An answer without errors whose JSON is written already. */
export class WrittenAnswer implements ExecutionResult {
  /** `{"data":{...}}`, the whole answer. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** For those who want more than the text; parsed each time. */
  get data(): Record<string, unknown> {
    return JSON.parse(this.text).data;
  }

  /** Spread into another object, the answer would be without its data. */
  toJSON(): ExecutionResult {
    return { data: this.data };
  }
}

/** An answer as JSON. */
export function textOf(result: ExecutionResult): string {
  return result instanceof WrittenAnswer ? result.text : JSON.stringify(result);
}
