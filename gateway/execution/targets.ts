import { type DataObject, isDataObject, own } from './data.js';

export type ClientPath = Array<string | number>;

/** The objects at `path` below `data`, in order; null ones are left out. */
export function targetsAt(data: DataObject, path: readonly string[]): DataObject[] {
  const targets: DataObject[] = [];
  visit(data, path, 0, (target) => targets.push(target));
  return targets;
}

/** The client's paths of the same objects in the same order, with list indices. Only errors need them. */
export function pathsAt(data: DataObject, path: readonly string[]): ClientPath[] {
  const paths: ClientPath[] = [];
  const current: ClientPath = [];
  visit(data, path, 0, () => paths.push([...current]), current);
  return paths;
}

function visit(
  value: unknown,
  path: readonly string[],
  depth: number,
  found: (target: DataObject) => void,
  current?: ClientPath,
): void {
  if (Array.isArray(value)) {
    const next = path[depth] === '@' ? depth + 1 : depth;
    for (let i = 0; i < value.length; i += 1) {
      current?.push(i);
      visit(value[i], path, next, found, current);
      current?.pop();
    }
    return;
  }
  if (!isDataObject(value)) return;
  const key = path[depth];
  if (key === undefined) {
    found(value);
    return;
  }
  current?.push(key);
  visit(own(value, key), path, depth + 1, found, current);
  current?.pop();
}

/** The part of a path that holds for all elements alike: up to the first list. */
export function commonPath(path: readonly string[]): ClientPath | undefined {
  const list = path.indexOf('@');
  const common = list < 0 ? [...path] : path.slice(0, list);
  return common.length > 0 ? common : undefined;
}
