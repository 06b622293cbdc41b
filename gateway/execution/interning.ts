import type { CompositeField } from '../planning/places.js';
import { type DataObject, own, setOwn } from './data.js';
import type { Repeats } from './repeats.js';

/** A field whose objects are interned, with what tells them apart. */
interface InternedField {
  readonly key: string;
  readonly path: string;
  /** Undefined where objects have to be kept apart, though what is in them may be interned. */
  readonly identity: { readonly by: string; readonly fields: readonly string[] } | undefined;
  readonly inside: readonly InternedField[];
  /** Its number among those of one answer. */
  readonly index: number;
}

/** After how many objects it must have shown that they repeat, and how often. */
const TRIAL = { objects: 64, repeats: 16 };

/**
 * The fields of a fetch whose objects may be interned: nobody else brings anything into them, so that what is alike
 * now stays alike. Undefined where nothing of that kind is likely to repeat.
 */
export function internable(
  composites: ReadonlyMap<string, CompositeField>,
  entities: boolean,
): Interning | undefined {
  let count = 0;
  const compile = (field: CompositeField, mayRepeat: boolean): InternedField => {
    const inside = [...field.composites.values()].map((each) => compile(each, true));
    const apart = inside.some(({ identity }) => !identity);
    const identity = mayRepeat && field.exclusive && !apart ? identityOf(field) : undefined;
    count += 1;
    return { key: field.key, path: field.path, identity, inside, index: count - 1 };
  };
  // A list of root objects is a list of different ones.
  const fields = [...composites.values()].map((each) => compile(each, entities)).filter(isWorthIt);
  return fields.length > 0 ? new Interning(fields) : undefined;
}

function identityOf({ fields, composites }: CompositeField) {
  const names = [...fields].filter((field) => field !== '__typename');
  const by = names.find((name) => !composites.has(name)) ?? names[0];
  return by === undefined ? undefined : { by, fields: [...fields] };
}

function isWorthIt({ identity, inside }: InternedField): boolean {
  return identity !== undefined || inside.some(isWorthIt);
}

/**
 * Makes objects of an answer that are alike one and the same object, from the innermost outwards, before anybody else
 * has seen them. So each of them is asked for, merged into and written once, however often it is in the answer.
 */
export class Interning {
  readonly #fields: readonly InternedField[];

  constructor(fields: readonly InternedField[]) {
    this.#fields = fields;
  }

  /** Notes the paths at which something repeats. */
  intern(objects: readonly unknown[], repeats: Repeats): void {
    const known: Known[] = [];
    for (const object of objects) {
      if (typeof object === 'object' && object !== null) {
        internInside(object as DataObject, this.#fields, known, repeats);
      }
    }
  }
}

function internInside(
  object: DataObject,
  fields: readonly InternedField[],
  all: Known[],
  repeats: Repeats,
): void {
  for (const field of fields) {
    const value = own(object, field.key);
    if (typeof value !== 'object' || value === null) continue;
    const one = interned(value, field, all, repeats);
    if (one !== value) setOwn(object, field.key, one);
  }
}

function interned(value: object, field: InternedField, all: Known[], repeats: Repeats): object {
  const known = all[field.index] ?? new Known(field);
  all[field.index] = known;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) {
      const element: unknown = value[i];
      if (typeof element !== 'object' || element === null) continue;
      const one = interned(element, field, all, repeats);
      if (one !== element) value[i] = one;
    }
    return known.list(value, repeats);
  }
  internInside(value as DataObject, field.inside, all, repeats);
  return known.object(value as DataObject, repeats);
}

/** The objects and lists of one field that an answer has so far. */
class Known {
  readonly #field: InternedField;
  #objects: Map<unknown, DataObject> | undefined;
  #lists: Map<unknown, unknown[]> | undefined;
  #count = 0;
  #repeats = 0;

  constructor(field: InternedField) {
    this.#field = field;
  }

  object(object: DataObject, repeats: Repeats): DataObject {
    const { identity, path } = this.#field;
    if (!identity || this.#hopeless) return object;
    this.#count += 1;
    const by = own(object, identity.by);
    this.#objects ??= new Map();
    const known = this.#objects.get(by);
    if (!known) this.#objects.set(by, object);
    if (!known || !sameFields(identity.fields, known, object)) return object;
    this.#repeats += 1;
    repeats.add(path);
    return known;
  }

  list(list: unknown[], repeats: Repeats): unknown[] {
    const { identity, path } = this.#field;
    if (!identity || this.#hopeless || list.length === 0) return list;
    this.#lists ??= new Map();
    const known = this.#lists.get(list[0]);
    if (!known) this.#lists.set(list[0], list);
    if (!known || !sameElements(known, list)) return list;
    repeats.add(path);
    return known;
  }

  get #hopeless(): boolean {
    return this.#count >= TRIAL.objects && this.#repeats < TRIAL.repeats;
  }
}

function sameFields(fields: readonly string[], a: DataObject, b: DataObject): boolean {
  for (const field of fields) if (own(a, field) !== own(b, field)) return false;
  return true;
}

function sameElements(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}
