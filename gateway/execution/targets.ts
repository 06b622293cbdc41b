import type { Place, PlaceStep } from '../planning/places.js';
import { type DataObject, isDataObject, own } from './data.js';
import type { Run } from './run.js';

export type ClientPath = Array<string | number>;

/** The objects at a place, each of them once, in order; null ones are left out. */
export function targetsAt(run: Run, place: Place): readonly DataObject[] {
  const known = run.targets.get(place);
  if (known) return known;
  const { from, steps, settled } = place;
  let objects = from ? targetsAt(run, from) : [run.data];
  for (const step of steps) objects = objectsBelow(objects, step, run);
  if (settled) run.targets.set(place, objects);
  return objects;
}

function objectsBelow(objects: readonly DataObject[], step: PlaceStep, run: Run): DataObject[] {
  const found: DataObject[] = [];
  for (const object of objects) collect(own(object, step.key), step.lists, found);
  return run.repeats.paths.has(step.path) ? [...new Set(found)] : found;
}

function collect(value: unknown, lists: number, found: DataObject[]): void {
  if (Array.isArray(value)) for (const each of value) collect(each, lists - 1, found);
  else if (lists <= 0 && isDataObject(value)) found.push(value);
}

/** Where a client sees each of the objects at `path`, in the order of the answer. Only errors need it. */
export class ClientPaths {
  readonly #all = new Map<DataObject, Array<{ rank: number; path: ClientPath }>>();
  #count = 0;

  constructor(data: DataObject, path: readonly string[]) {
    this.#visit(data, path, 0, []);
  }

  of(objects: readonly DataObject[]): ClientPath[] {
    const places = objects.flatMap((object) => this.#all.get(object) ?? []);
    return places.sort((a, b) => a.rank - b.rank).map(({ path }) => path);
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
      places.push({ rank: this.#count++, path: current });
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
