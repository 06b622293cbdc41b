import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What a selection set comes to with every fragment written out where it is spread. */
export interface Counts {
  readonly depth: number;
  readonly nesting: number;
  readonly selections: number;
  readonly aliases: number;
  readonly directives: number;
  /** Fields of the selection set itself. */
  readonly ownFields: number;
}

const NONE: Counts = {
  depth: 0,
  nesting: 0,
  selections: 0,
  aliases: 0,
  directives: 0,
  ownFields: 0,
};

/** Thrown for selection sets so deep that going on would take too much of the stack. */
export class TooNested extends Error {}

/** Thrown for a fragment that contains itself. */
export class FragmentCycle extends Error {}

/**
 * Counts what is selected. Every fragment is counted once and its counts added wherever it is spread, so that this
 * takes time in proportion to the text, whatever the fragments multiply to.
 */
export class SelectionCounter {
  readonly #maxNesting: number;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #counted = new Map<string, Counts | 'counting'>();

  constructor({ definitions }: DocumentNode, maxNesting: number) {
    this.#maxNesting = maxNesting;
    for (const each of definitions) {
      if (each.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(each.name.value, each);
    }
  }

  /** Whether a fragment has been counted, on its own or where it is spread. */
  has({ name }: FragmentDefinitionNode): boolean {
    return this.#counted.has(name.value);
  }

  /** Throws TooNested or FragmentCycle. */
  count(definition: OperationDefinitionNode | FragmentDefinitionNode): Counts {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      return this.#fragment(definition.name.value, 1);
    const variables = definition.variableDefinitions ?? [];
    const selected = this.#selectionSet(definition.selectionSet, 1);
    return sum([...[definition, ...variables].map(withDirectives), selected]);
  }

  #selectionSet(set: SelectionSetNode | undefined, level: number): Counts {
    if (!set) return NONE;
    if (level > this.#maxNesting) throw new TooNested();
    const counts = sum(set.selections.map((each) => this.#selection(each, level)));
    return { ...counts, nesting: counts.nesting + 1 };
  }

  #selection(selection: SelectionNode, level: number): Counts {
    const own = { ...withDirectives(selection), selections: 1 };
    switch (selection.kind) {
      case Kind.FIELD: {
        const inner = this.#selectionSet(selection.selectionSet, level + 1);
        const aliases = selection.alias ? 1 : 0;
        const field = { ...own, aliases, depth: inner.depth + 1 };
        return { ...sum([field, inner]), ownFields: 1 };
      }
      case Kind.INLINE_FRAGMENT:
        return sum([own, this.#selectionSet(selection.selectionSet, level + 1)]);
      case Kind.FRAGMENT_SPREAD:
        return sum([own, this.#fragment(selection.name.value, level + 1)]);
    }
  }

  #fragment(name: string, level: number): Counts {
    const known = this.#counted.get(name);
    if (known === 'counting') throw new FragmentCycle();
    if (known) return known;
    const fragment = this.#fragments.get(name);
    if (!fragment) return NONE;
    this.#counted.set(name, 'counting');
    const selected = this.#selectionSet(fragment.selectionSet, level);
    const counts = sum([withDirectives(fragment), selected]);
    this.#counted.set(name, counts);
    return counts;
  }
}

function withDirectives({ directives = [] }: { directives?: readonly unknown[] }): Counts {
  return directives.length === 0 ? NONE : { ...NONE, directives: directives.length };
}

/** Adds what adds up, and keeps the most of depths. Sums stop at the largest safe integer. */
function sum(all: readonly Counts[]): Counts {
  let { depth, nesting, selections, aliases, directives, ownFields } = NONE;
  for (const each of all) {
    depth = Math.max(depth, each.depth);
    nesting = Math.max(nesting, each.nesting);
    selections = plus(selections, each.selections);
    aliases = plus(aliases, each.aliases);
    directives = plus(directives, each.directives);
    ownFields = plus(ownFields, each.ownFields);
  }
  return { depth, nesting, selections, aliases, directives, ownFields };
}

const plus = (a: number, b: number) => Math.min(a + b, Number.MAX_SAFE_INTEGER);
