import { percentile } from '@waybill/scripts/command-line/figures.js';

export interface Load {
  seconds: number;
  /** Requests on their way at a time. */
  concurrency: number;
}

/** What one stretch of load came to; times in milliseconds. */
export interface Driven {
  requests: number;
  seconds: number;
  p50: number;
  p99: number;
}

/** Asks again as soon as an answer is there, on every lane, until time is up. Rejects with the first failure. */
export async function drive({ seconds, concurrency }: Load, ask: () => Promise<void>) {
  const times: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  const lane = async () => {
    for (let from = start; from < end; from = performance.now()) {
      await ask();
      times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return summary(times, (performance.now() - start) / 1000);
}

function summary(times: readonly number[], seconds: number): Driven {
  const [p50 = 0, p99 = 0] = [percentile(times, 0.5), percentile(times, 0.99)];
  return { requests: times.length, seconds, p50, p99 };
}
