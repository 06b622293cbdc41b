import type { Identity, Place, PlaceStep } from '../planning/places.js';
import { type DataObject, isDataObject, own, setOwn } from './data.js';
import type { Run } from './run.js';

export type ClientPath = Array<string | number>;

/**
 * The objects at a place, each of them once, in order; null ones are left out. Where nothing tells objects apart,
 * they become one and the same: the answer has it in many places, but it is fetched, merged and written once.
 */
export function targetsAt(run: Run, place: Place): readonly DataObject[] {
  const known = run.targets.get(place);
  if (known) return known;
  const { from, steps, identity } = place;
  let objects = from ? targetsAt(run, from) : [run.data];
  const last = identity && steps.at(-1);
  for (const step of last ? steps.slice(0, -1) : steps) objects = objectsBelow(objects, step, run);
  if (last) objects = new Unification(identity, last).below(objects, run);
  if (place.settled) run.targets.set(place, objects);
  return objects;
}

function objectsBelow(objects: readonly DataObject[], step: PlaceStep, run: Run): DataObject[] {
  const found: DataObject[] = [];
  for (const object of objects) collect(own(object, step.key), step.lists, found);
  return run.repeated.has(step.path) ? [...new Set(found)] : found;
}

function collect(value: unknown, lists: number, found: DataObject[]): void {
  if (Array.isArray(value)) for (const each of value) collect(each, lists - 1, found);
  else if (lists <= 0 && isDataObject(value)) found.push(value);
}

/** Puts one object in the place of all those that are the same. */
class Unification {
  readonly #identity: Identity;
  readonly #step: PlaceStep;
  readonly #known = new Map<unknown, DataObject>();
  readonly #found: DataObject[] = [];
  #repeats = false;

  constructor(identity: Identity, step: PlaceStep) {
    this.#identity = identity;
    this.#step = step;
  }

  below(objects: readonly DataObject[], { repeated }: Run): DataObject[] {
    const { key, lists, path } = this.#step;
    for (const object of objects) {
      const value = own(object, key);
      if (Array.isArray(value)) this.#list(value, lists - 1);
      else if (lists <= 0 && isDataObject(value)) setOwn(object, key, this.#one(value));
    }
    // The lists themselves may have been there many times before.
    const found = repeated.has(path) ? [...new Set(this.#found)] : this.#found;
    if (this.#repeats) repeated.add(path);
    return found;
  }

  #list(list: unknown[], lists: number): void {
    list.forEach((value, i) => {
      if (Array.isArray(value)) this.#list(value, lists - 1);
      else if (lists <= 0 && isDataObject(value)) list[i] = this.#one(value);
    });
  }

  #one(object: DataObject): DataObject {
    const by = own(object, this.#identity.by);
    const known = this.#known.get(by);
    if (known === object) return known;
    if (known && this.#identity.fields.every((field) => own(known, field) === own(object, field))) {
      this.#repeats = true;
      return known;
    }
    if (!known) this.#known.set(by, object);
    this.#found.push(object);
    return object;
  }
}

/** Where a client sees each of the objects at `path`, in the order of the answer. Only errors need it. */
export class ClientPaths {
  readonly #all = new Map<DataObject, Array<{ order: number; path: ClientPath }>>();
  #count = 0;

  constructor(data: DataObject, path: readonly string[]) {
    this.#visit(data, path, 0, []);
  }

  of(objects: readonly DataObject[]): ClientPath[] {
    const places = objects.flatMap((object) => this.#all.get(object) ?? []);
    return places.sort((a, b) => a.order - b.order).map(({ path }) => path);
  }

  #visit(value: unknown, path: readonly string[], depth: number, current: ClientPath): void {
    if (Array.isArray(value)) {
      const next = path[depth] === '@' ? depth + 1 : depth;
      for (const [i, each] of value.entries()) this.#visit(each, path, next, [...current, i]);
      return;
    }
    if (!isDataObject(value)) return;
    const key = path[depth];
    if (key !== undefined) this.#visit(own(value, key), path, depth + 1, [...current, key]);
    else {
      const places = this.#all.get(value) ?? [];
      places.push({ order: this.#count++, path: current });
      this.#all.set(value, places);
    }
  }
}

/** The part of a path that holds for all elements alike: up to the first list. */
export function commonPath(path: readonly string[]): ClientPath | undefined {
  const list = path.indexOf('@');
  const common = list < 0 ? [...path] : path.slice(0, list);
  return common.length > 0 ? common : undefined;
}
