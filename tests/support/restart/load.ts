export interface Load {
  /** Whatever was no answer, or no good one. */
  readonly failures: readonly unknown[];
  /** Resolves when as many more have been answered. */
  more(count: number): Promise<void>;
  /** Ends the load when what is under way is answered. */
  stop(): Promise<void>;
}

/** Keeps `clients` busy: each does `act` again and again, and it has to resolve. */
export function load(clients: number, act: (client: number) => Promise<void>): Load {
  const failures: unknown[] = [];
  const waiting: Array<{ until: number; resolve: () => void }> = [];
  let answered = 0;
  let stopped = false;

  async function client(number: number): Promise<void> {
    while (!stopped) {
      await act(number).catch((error) => failures.push(error));
      answered += 1;
      for (const { until, resolve } of waiting) if (answered >= until) resolve();
    }
  }

  const all = Array.from({ length: clients }, (_, number) => client(number));
  return {
    failures,
    more: (count) => new Promise((resolve) => waiting.push({ until: answered + count, resolve })),
    stop: async () => {
      stopped = true;
      await Promise.all(all);
    },
  };
}
