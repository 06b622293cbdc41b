import type { Duration } from './durations.js';

/** Makes the series of each key once; keys must be few. */
export function memoized(make: (key: string) => Duration): (key: string) => Duration {
  const known = new Map<string, Duration>();
  return (key) => {
    let made = known.get(key);
    if (!made) {
      made = make(key);
      known.set(key, made);
    }
    return made;
  };
}
