import type { Complete } from './compile-completion.js';

/** Knows the texts of objects that an answer has in many places, so that each is written once. */
export class Repetitions {
  readonly #all: Repetition[] = [];
  #repeated: ReadonlySet<string> = new Set();

  /** Writes what stands at `path`; where that repeats, each object once. */
  once(path: string, write: Complete<string>): Complete<string> {
    const repetition = new Repetition(path);
    this.#all.push(repetition);
    repetition.begin(this.#repeated);
    return (value) => {
      const { texts } = repetition;
      if (!texts) return write(value);
      const known = texts.get(value);
      if (known !== undefined) return known;
      const text = write(value);
      texts.set(value, text);
      return text;
    };
  }

  /** Writes one answer, in which objects repeat at those paths. */
  during<Result>(repeated: ReadonlySet<string>, write: () => Result): Result {
    if (repeated.size === 0) return write();
    this.#begin(repeated);
    try {
      return write();
    } finally {
      this.#begin(new Set());
    }
  }

  #begin(repeated: ReadonlySet<string>): void {
    this.#repeated = repeated;
    for (const each of this.#all) each.begin(repeated);
  }
}

/** What repeats at one path. */
class Repetition {
  readonly #path: string;
  texts: Map<unknown, string> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  begin(repeated: ReadonlySet<string>): void {
    this.texts = repeated.has(this.#path) ? new Map() : undefined;
  }
}
