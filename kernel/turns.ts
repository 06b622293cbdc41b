/** Runs at most `limit` pieces of work at once, the others in the order in which they came. */
export function turns(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: Array<() => void> = [];
  let running = 0;
  return async (work) => {
    if (running < limit) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      // Whoever waits takes over this place; only without them does it become free.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
