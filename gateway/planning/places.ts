import {
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { PreparedOperation } from '../data-sources/data-source.js';

/** A place in the answer at which fetches apply, found from another place or from the top. */
export interface Place {
  /** As the planner puts it, `@` standing for each element of a list. */
  readonly path: readonly string[];
  /** The nearest place above that is settled, too. */
  readonly from: Place | undefined;
  /** The steps from there, or from the top. */
  readonly steps: readonly PlaceStep[];
  /** One fetch alone brings the objects here and on the way here: once found, they stay the same ones. */
  readonly settled: boolean;
}

export interface PlaceStep {
  readonly key: string;
  /** How many lists are in each other under the key. */
  readonly lists: number;
  /** The keys up to here, joined: a path as completion knows it. */
  readonly path: string;
}

/** A field with sub-selections, as a fetch brings it. */
export interface CompositeField {
  readonly key: string;
  readonly path: string;
  /** No other fetch brings anything into it: objects may have it in common. */
  readonly exclusive: boolean;
  /** All fields selected in it. */
  readonly fields: ReadonlySet<string>;
  /** Those of them that have sub-selections. */
  readonly composites: ReadonlyMap<string, CompositeField>;
}

/** A fetch as far as it matters where its data comes to stand. */
export interface FetchOutline {
  readonly operation: PreparedOperation;
  readonly path: readonly string[];
  readonly entities: boolean;
  readonly clientNames: ReadonlyMap<string, string>;
}

/** Knows which fetches of a plan bring what, and so which objects of an answer need not be kept apart. */
export class Places {
  /** By whom something is brought into the objects at a path. */
  readonly #bringers = new Map<string, Set<FetchOutline>>();
  readonly #places = new Map<string, Place>();

  constructor(fetches: readonly FetchOutline[]) {
    for (const fetch of fetches) {
      walk(fetch, (path) => {
        const joined = path.join('.');
        const known = this.#bringers.get(joined) ?? new Set();
        this.#bringers.set(joined, known.add(fetch));
      });
    }
    const paths = fetches.map(({ path }) => path).sort((a, b) => a.length - b.length);
    for (const path of paths) this.#place(path);
  }

  at(path: readonly string[]): Place {
    return this.#place(path);
  }

  /** The fields with sub-selections that a fetch brings to its targets. */
  compositesOf(fetch: FetchOutline): ReadonlyMap<string, CompositeField> {
    const top = new Map<string, CompositeField>();
    const known = new Map<string, Building>();
    walk(fetch, (path, keys) => {
      const field = this.#building(known, path, top, keysOf(fetch.path).length);
      for (const key of keys) field.fields.add(key);
    });
    return top;
  }

  #building(
    known: Map<string, Building>,
    path: readonly string[],
    top: Map<string, CompositeField>,
    depth: number,
  ): Building {
    const joined = path.join('.');
    const field = known.get(joined);
    if (field) return field;
    const key = path.at(-1) ?? '';
    const exclusive = this.#exclusive(joined);
    const made = { key, path: joined, exclusive, fields: new Set<string>(), composites: new Map() };
    known.set(joined, made);
    const above =
      path.length - 1 === depth
        ? top
        : this.#building(known, path.slice(0, -1), top, depth).composites;
    above.set(key, made);
    return made;
  }

  #exclusive(path: string): boolean {
    return this.#bringers.get(path)?.size === 1;
  }

  #place(path: readonly string[]): Place {
    const id = path.join('.');
    const known = this.#places.get(id);
    if (known) return known;
    const from = this.#settledAbove(path);
    const steps = stepsOf(path);
    const settled = steps.every((step) => this.#exclusive(step.path));
    const place: Place = {
      ...{ path, from, settled },
      steps: steps.slice(from ? keysOf(from.path).length : 0),
    };
    this.#places.set(id, place);
    return place;
  }

  #settledAbove(path: readonly string[]): Place | undefined {
    for (let length = path.length - 1; length > 0; length -= 1) {
      const above = this.#places.get(path.slice(0, length).join('.'));
      if (above?.settled) return above;
    }
    return undefined;
  }
}

interface Building extends CompositeField {
  readonly fields: Set<string>;
  readonly composites: Map<string, CompositeField>;
}

function stepsOf(path: readonly string[]): PlaceStep[] {
  const steps: Array<{ key: string; lists: number; path: string }> = [];
  for (const each of path) {
    const last = steps.at(-1);
    if (each === '@' && last) last.lists += 1;
    else steps.push({ key: each, lists: 0, path: last ? `${last.path}.${each}` : each });
  }
  return steps;
}

function keysOf(path: readonly string[]): string[] {
  return stepsOf(path).map(({ key }) => key);
}

/** Calls back for each field with sub-selections: its path in the answer, and the keys of what is selected there. */
function walk(
  { operation: { document }, path, entities, clientNames }: FetchOutline,
  found: (path: readonly string[], keys: readonly string[]) => void,
): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
    else if (definition.kind === Kind.OPERATION_DEFINITION) operation = definition;
  }

  function select(selectionSet: SelectionSetNode, at: readonly string[]): string[] {
    return selectionSet.selections.flatMap((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return select(selection.selectionSet, at);
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        return fragment ? select(fragment.selectionSet, at) : [];
      }
      const name = selection.alias?.value ?? selection.name.value;
      const key = clientNames.get(name) ?? name;
      const { selectionSet: inside } = selection;
      if (inside) found([...at, key], select(inside, [...at, key]));
      return [key];
    });
  }

  const top = operation?.selectionSet.selections[0];
  const base = keysOf(path);
  if (!entities) {
    if (operation) select(operation.selectionSet, base);
  } else if (top?.kind === Kind.FIELD && top.selectionSet) {
    select(top.selectionSet, base);
  }
}
