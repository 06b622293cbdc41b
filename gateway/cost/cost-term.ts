/** A cost that may depend on variables. Parts are shared where fragments are, so that terms stay as small as the text. */
export interface Term {
  readonly fixed: number;
  readonly parts: readonly Part[];
}

interface Part {
  /** How often `of` counts. */
  readonly size: Size | undefined;
  readonly of: Term;
}

/** How many things a list holds. */
export interface Size {
  /** What each slicing argument asks for: a number, or a variable with what it is without a value. */
  readonly asked: ReadonlyArray<{
    readonly variable?: string;
    readonly number: number | undefined;
  }>;
  /** Holds where no slicing argument has a value. */
  readonly assumed: number;
}

export const NOTHING: Term = { fixed: 0, parts: [] };

export const constant = (fixed: number): Term => ({ fixed, parts: [] });

/** Sums stop here: what is that large is too large, and stays a number that JSON has. */
const saturated = (sum: number) => Math.min(sum, Number.MAX_SAFE_INTEGER);

export function plus(terms: readonly Term[]): Term {
  const parts = terms.flatMap((of) => (of.parts.length === 0 ? [] : { size: undefined, of }));
  const fixed = terms.reduce((sum, of) => (of.parts.length === 0 ? sum + of.fixed : sum), 0);
  return { fixed: saturated(fixed), parts };
}

export function times(size: Size, of: Term): Term {
  const isKnown = size.asked.every(({ variable }) => variable === undefined);
  if (!isKnown || of.parts.length > 0) return { fixed: 0, parts: [{ size, of }] };
  return constant(saturated(sizeWith(size, {}) * of.fixed));
}

type Variables = Readonly<Record<string, unknown>>;

/** The value of a term; every part of it is evaluated once. */
export function evaluate(
  term: Term,
  variables: Variables,
  known = new Map<Term, number>(),
): number {
  if (term.parts.length === 0) return term.fixed;
  const before = known.get(term);
  if (before !== undefined) return before;
  let sum = term.fixed;
  for (const { size, of } of term.parts) {
    sum += (size ? sizeWith(size, variables) : 1) * evaluate(of, variables, known);
  }
  known.set(term, saturated(sum));
  return saturated(sum);
}

function sizeWith({ asked, assumed }: Size, variables: Variables): number {
  const numbers = asked.flatMap(({ variable, number }) => {
    const given = variable === undefined ? undefined : ownValue(variables, variable);
    return lengthOf(given) ?? number ?? [];
  });
  return numbers.length > 0 ? saturated(Math.max(0, ...numbers)) : assumed;
}

function lengthOf(given: unknown): number | undefined {
  if (Array.isArray(given)) return given.length;
  return typeof given === 'number' && Number.isFinite(given) ? given : undefined;
}

/** Variables may be called as what every object inherits. */
function ownValue(variables: Variables, name: string): unknown {
  return Object.hasOwn(variables, name) ? variables[name] : undefined;
}
