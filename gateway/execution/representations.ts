import type { DataObject } from './data.js';
import { own } from './data.js';
import type { Representation } from './representation.js';

/** What is asked of `_entities`: each entity once, for all the targets that it stands for. */
export class Representations {
  /** The targets of each representation. */
  readonly groups: DataObject[][] = [];
  readonly #representation: Representation;
  readonly #texts: string[] = [];
  /** By the field that tells most apart. */
  readonly #byField = new Map<unknown, DataObject[]>();
  /** By their text, where a field does not suffice. */
  #byText: Map<string, DataObject[]> | undefined;

  /** Those that lack a required field are left out. */
  constructor(representation: Representation, targets: readonly DataObject[]) {
    this.#representation = representation;
    for (const target of targets) this.#add(target);
  }

  get count(): number {
    return this.groups.length;
  }

  /** For a subgraph that takes JSON. */
  get text(): string {
    return `[${this.#texts.join()}]`;
  }

  /** For a subgraph that takes objects; to be read before anything else changes the targets. */
  get values(): DataObject[] {
    return this.groups.map(([target]) => this.#representation.select(target ?? {}) ?? {});
  }

  #add(target: DataObject): void {
    const plain = this.#representation.plainFor(target);
    const field = plain?.by === undefined ? undefined : comparable(own(target, plain.by));
    const alike = field === undefined ? undefined : this.#byField.get(field);
    if (plain && alike?.[0] && sameFields(plain.keys, alike[0], target)) {
      alike.push(target);
      return;
    }
    const text = this.#representation.write(target, plain);
    if (text === undefined) return;
    const quick = field !== undefined && !alike;
    const known = quick && !this.#byText ? undefined : this.#knownByText().get(text);
    if (known) {
      known.push(target);
      return;
    }
    const group = [target];
    this.groups.push(group);
    this.#texts.push(text);
    this.#byText?.set(text, group);
    if (quick) this.#byField.set(field, group);
  }

  #knownByText(): Map<string, DataObject[]> {
    this.#byText ??= new Map(this.#texts.map((text, i) => [text, this.groups[i] ?? []]));
    return this.#byText;
  }
}

/** Two objects may stand for the same: then only their text tells. */
function comparable(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? undefined : value;
}

function sameFields(keys: readonly string[], a: DataObject, b: DataObject): boolean {
  for (const key of keys) if (own(a, key) !== own(b, key)) return false;
  return true;
}
