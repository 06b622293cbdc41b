/** An object of an answer under way. Its keys are response names that a client chose: beware of `__proto__`. */
export type DataObject = Record<string, unknown>;

export function isDataObject(value: unknown): value is DataObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object's own property; never something inherited, whatever the key. */
export function own(object: DataObject, key: string): unknown {
  const value = object[key];
  // All that objects inherit are methods, but for this one; asking for each key whether it is inherited takes long.
  if (typeof value !== 'function' && key !== '__proto__') return value;
  return Object.hasOwn(object, key) ? value : undefined;
}

/** Sets the object's own property, also under the name `__proto__`. */
export function setOwn(object: DataObject, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else
    Object.defineProperty(object, key, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
}

/**
 * Merges what a fetch brought into the data there is. Lists of equal length merge element by element,
 * since two fetches of one list mean the same list.
 */
export function mergeInto(target: DataObject, source: DataObject): void {
  for (const key of Object.keys(source)) mergeValue(target, key, source[key]);
}

/** Merges the value of one field. */
export function mergeValue(target: DataObject, key: string, value: unknown): void {
  if (value !== undefined) setOwn(target, key, merged(own(target, key), value));
}

function merged(existing: unknown, value: unknown): unknown {
  if (existing === undefined || existing === null || existing === value) return value;
  if (isDataObject(value) && isDataObject(existing)) {
    mergeInto(existing, value);
    return existing;
  }
  if (Array.isArray(value) && Array.isArray(existing) && value.length === existing.length) {
    for (let i = 0; i < value.length; i += 1) existing[i] = merged(existing[i], value[i]);
    return existing;
  }
  return value;
}

/** A deep copy of plain data; what a scalar made out of another class, such as a Date, stays the same one. */
export function copyOf<Data>(value: Data): Data {
  if (Array.isArray(value)) return value.map(copyOf) as Data;
  if (!isDataObject(value) || !isPlain(value)) return value;
  const copy: DataObject = {};
  for (const key of Object.keys(value)) setOwn(copy, key, copyOf(value[key]));
  return copy as Data;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
