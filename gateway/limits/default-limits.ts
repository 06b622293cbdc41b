/** What an operation that is not registered may ask for at most; `Infinity` switches a single limit off. */
export interface Limits {
  /** Characters of the text; 100,000 by default. */
  readonly maxCharacters: number;
  /** Lexical tokens of the text; 5,000 by default. */
  readonly maxTokens: number;
  /** Brackets of any kind within brackets, and selection sets within selection sets; 100 by default. */
  readonly maxNesting: number;
  /** Fields within fields; 20 by default. */
  readonly maxDepth: number;
  /** Fields, fragments spread and inline fragments; 1,000 by default. */
  readonly maxSelections: number;
  /** Aliases, also of `__typename`; 50 by default. */
  readonly maxAliases: number;
  /** Fields of the query, mutation or subscription itself; 20 by default. */
  readonly maxRootFields: number;
  /** Directives; 50 by default. */
  readonly maxDirectives: number;
  /** Selections of one field in the same place, which GraphQL merges; 100 by default. */
  readonly maxRepeats: number;
  /** Estimated cost, by `@cost` and `@listSize`; 100,000 by default. */
  readonly maxCost: number;
  /** Things that a list is taken to hold where neither the schema nor an argument says so; 10 by default. */
  readonly listSize: number;
}

export type LimitOptions = Partial<Limits>;

export type LimitName = Exclude<keyof Limits, 'listSize'>;

export const DEFAULT_LIMITS: Limits = {
  maxCharacters: 100_000,
  maxTokens: 5_000,
  maxNesting: 100,
  maxDepth: 20,
  maxSelections: 1_000,
  maxAliases: 50,
  maxRootFields: 20,
  maxDirectives: 50,
  maxRepeats: 100,
  maxCost: 100_000,
  listSize: 10,
};
