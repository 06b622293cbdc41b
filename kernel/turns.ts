/** Thrown at once where the waiting line is full. */
export class LineFull extends Error {
  constructor() {
    super('too much work is waiting');
  }
}

/** Runs at most `limit` pieces of work at once, the others in the order in which they came; at most `line` wait. */
export function turns(
  limit: number,
  line = Number.POSITIVE_INFINITY,
): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: Array<() => void> = [];
  let running = 0;
  return async (work) => {
    if (running < limit) running += 1;
    else if (waiting.length >= line) throw new LineFull();
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
