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
  /** By which of their fields objects here are the same; undefined where more than these fields tell them apart. */
  readonly identity: Identity | undefined;
}

export interface PlaceStep {
  readonly key: string;
  /** How many lists are in each other under the key. */
  readonly lists: number;
  /** The keys up to here, joined: a path as completion knows it. */
  readonly path: string;
}

export interface Identity {
  /** The field that tells most of them apart. */
  readonly by: string;
  readonly fields: readonly string[];
}

/** A field with sub-selections that a fetch brings. */
export interface CompositeField {
  readonly path: string;
  /** No other fetch brings anything into it: objects may have it in common. */
  readonly exclusive: boolean;
}

/** A fetch as far as it matters where its data comes to stand. */
export interface FetchOutline {
  readonly operation: PreparedOperation;
  readonly path: readonly string[];
  readonly entities: boolean;
  readonly clientNames: ReadonlyMap<string, string>;
}

/** What fetches bring at one path of the answer. */
interface Brought {
  readonly by: Set<FetchOutline>;
  readonly fields: Set<string>;
  leavesOnly: boolean;
}

/** Knows which fetches of a plan bring what, and so which objects of an answer need not be kept apart. */
export class Places {
  readonly #brought = new Map<string, Brought>();
  readonly #places = new Map<string, Place>();

  constructor(fetches: readonly FetchOutline[]) {
    for (const fetch of fetches) this.#note(fetch);
    const paths = fetches.map(({ path }) => path).sort((a, b) => a.length - b.length);
    for (const path of paths) this.#place(path);
  }

  at(path: readonly string[]): Place {
    return this.#place(path);
  }

  /** The fields with sub-selections that a fetch brings to its targets, by their response names. */
  compositesOf(fetch: FetchOutline): ReadonlyMap<string, CompositeField> {
    const depth = keysOf(fetch.path).length + 1;
    const fields = new Map<string, CompositeField>();
    walk(fetch, (path) => {
      if (path.length !== depth) return;
      const joined = path.join('.');
      fields.set(path.at(-1) ?? '', { path: joined, exclusive: this.#exclusive(joined) });
    });
    return fields;
  }

  #note(fetch: FetchOutline): void {
    const renamed = fetch.clientNames.size > 0;
    walk(fetch, (path, selected) => {
      const joined = path.join('.');
      const known = this.#brought.get(joined) ?? {
        by: new Set(),
        fields: new Set(),
        leavesOnly: true,
      };
      known.by.add(fetch);
      for (const { key, leaf } of selected) {
        known.fields.add(key);
        if (!leaf || renamed) known.leavesOnly = false;
      }
      this.#brought.set(joined, known);
    });
  }

  #exclusive(path: string): boolean {
    return this.#brought.get(path)?.by.size === 1;
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
      identity: settled ? this.#identity(steps.at(-1)?.path) : undefined,
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

  #identity(path: string | undefined): Identity | undefined {
    const brought = path === undefined ? undefined : this.#brought.get(path);
    if (!brought?.leavesOnly) return undefined;
    const fields = [...brought.fields];
    const by = fields.find((field) => field !== '__typename');
    return by === undefined ? undefined : { by, fields };
  }
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

type Selected = { readonly key: string; readonly leaf: boolean };

/** Calls back for each field with sub-selections, with its path in the answer and what is selected there. */
function walk(
  { operation: { document }, path, entities, clientNames }: FetchOutline,
  found: (path: readonly string[], selected: readonly Selected[]) => void,
): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition);
    else if (definition.kind === Kind.OPERATION_DEFINITION) operation = definition;
  }

  function select(selectionSet: SelectionSetNode, at: readonly string[]): Selected[] {
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
      return [{ key, leaf: inside === undefined }];
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
