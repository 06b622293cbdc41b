import type { Question } from '../../testing/oracle.js';
import type { TestSubgraph } from '../../testing/subgraph.js';

/** A small graph that shows one feature of federation, and what is asked of it. */
export interface Kind {
  readonly name: string;
  /** New subgraphs at each call, with data of their own. */
  subgraphs(): readonly TestSubgraph[];
  readonly questions: Readonly<Record<string, string | HeldQuestion>>;
  /** Literals that random operations give to arguments of that name. */
  readonly values?: Readonly<Record<string, string>>;
  /** Fields that random operations never ask for, since stock answers them in another way. */
  readonly withoutAtRandom?: readonly string[];
  /**
   * Stock forgets the type of an object when a subgraph that has it as an interface object brings more of it, and then
   * leaves out what depends on the type: of random operations, it need not answer all.
   */
  readonly stockForgetsTypes?: boolean;
}

export interface HeldQuestion extends Question {
  /** What we answer where stock breaks a rule, or has no answer to compare with. */
  readonly ours?: { readonly rule: string; readonly data: unknown; readonly errors?: OurError[] };
}

export interface OurError {
  readonly message: string;
  readonly path?: ReadonlyArray<string | number>;
  readonly code: string;
}
