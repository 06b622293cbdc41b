import type { Meter } from './meters.js';

/** What the meters said at one moment of `performance.now()`. */
export interface Reading<Name extends string = string> {
  at: number;
  values: Partial<Record<Name, number>>;
}

export interface Sampler<Name extends string> {
  /** Reads once more and answers everything that was read. */
  stop(): Promise<Array<Reading<Name>>>;
}

/** Milliseconds between two readings: seldom enough to cost nothing, and in between is interpolated. */
const EVERY_MS = 500;

/** Reads meters at intervals until it is stopped. */
export function startSampling<Name extends string>(meters: Record<Name, Meter>): Sampler<Name> {
  const readings: Array<Reading<Name>> = [];
  let reading = Promise.resolve();
  const read = () => {
    reading = reading.then(async () => {
      readings.push(await readAll(meters, readings.at(-1)));
    });
    return reading;
  };
  void read();
  const timer = setInterval(read, EVERY_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await read();
      return readings;
    },
  };
}

/** A process that has ended keeps the value it had. */
async function readAll<Name extends string>(
  meters: Record<Name, Meter>,
  before: Reading<Name> | undefined,
): Promise<Reading<Name>> {
  const at = performance.now();
  const values: Partial<Record<Name, number>> = { ...before?.values };
  for (const [name, meter] of Object.entries(meters) as Array<[Name, Meter]>) {
    const value = await meter();
    if (value !== undefined) values[name] = value;
  }
  return { at, values };
}

/** By how much a meter rose between two moments; undefined where it never said anything. */
export function rise<Name extends string>(
  readings: ReadonlyArray<Reading<Name>>,
  name: Name,
  from: number,
  until: number,
): number | undefined {
  const known = readings.flatMap(({ at, values }) => {
    const value = values[name];
    return value === undefined ? [] : [{ at, value }];
  });
  if (known.length === 0) return undefined;
  return valueAt(known, until) - valueAt(known, from);
}

interface Point {
  at: number;
  value: number;
}

/** On the line between the two readings around a moment; before the first and after the last nothing changes. */
function valueAt(points: readonly Point[], at: number): number {
  const after = points.findIndex((point) => point.at >= at);
  const [before, next] = [points.at(after === -1 ? -1 : Math.max(0, after - 1)), points[after]];
  if (!before) return 0;
  if (!next || next.at === before.at || at <= before.at) return before.value;
  return before.value + ((next.value - before.value) * (at - before.at)) / (next.at - before.at);
}
