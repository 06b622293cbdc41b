import { loadavg } from 'node:os';
import type { Closing } from '@waybill/deploy/closing.js';
import { Failure } from '@waybill/scripts/command-line/failure.js';
import { processCpu, residentMemory } from '../measure/meters.js';
import { type Contender, type ContenderName, startContenders } from './contenders.js';
import { type Cores, chooseCores } from './cores.js';
import { firstDifference } from './difference.js';
import { QUERY_NAMES, type QueryName } from './graph/queries.js';
import type { Load } from './processes/drive.js';
import { rotated, type Sample } from './samples.js';

export interface GatewayBenchOptions extends Load {
  rounds: number;
  /** Those to measure, beside stock. */
  only: readonly ContenderName[];
  tell(line: string): void;
}

/** An answer that is not stock's. */
export interface Difference {
  contender: ContenderName;
  query: QueryName;
  /** The first place in the answer. */
  at: string;
}

export interface GatewayMeasured {
  cores: Cores;
  contenders: ContenderName[];
  /** What is not measured, for it would be the cost of something else. */
  differences: Difference[];
  /** Length of stock's answers. */
  bytes: Record<QueryName, number>;
  samples: Sample[];
  /** The machine's load average over a minute, before and after. */
  loadAverage: [before: number, after: number];
}

/** Other people's gateways may answer otherwise, which is then said. */
const MAY_DIFFER: ReadonlySet<ContenderName> = new Set(['hive', 'hiveRust', 'mercurius']);

/** Seconds of load before each measurement; more in the first round, while Node still compiles what runs often. */
const WARM_UP = 1;
const FIRST_WARM_UP = 4;

/** Starts everything, compares the answers, then measures each contender with each query in every round. */
export async function measureGateways(
  options: GatewayBenchOptions,
  parts: Closing,
): Promise<GatewayMeasured> {
  const before = loadavg()[0] ?? 0;
  const cores = chooseCores();
  options.tell('Starting subgraphs and gateways');
  const contenders = await startContenders({ cores, ...options }, parts);
  const { bytes, differences } = await compareAnswers(contenders);
  const agreeing = (query: QueryName) =>
    contenders.filter(({ name }) => !differences.some((each) => isAbout(each, name, query)));
  const samples: Sample[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    options.tell(`Round ${round + 1} of ${options.rounds}`);
    for (const query of QUERY_NAMES) {
      // Whoever goes first meets another machine than whoever goes last.
      for (const contender of rotated(agreeing(query), round)) {
        samples.push(await measure(contender, query, round, options));
      }
    }
  }
  const names = contenders.map(({ name }) => name);
  const loadAverage: [number, number] = [before, loadavg()[0] ?? 0];
  return { cores, contenders: names, differences, bytes, samples, loadAverage };
}

export function isAbout(difference: Difference, contender: ContenderName, query: QueryName) {
  return difference.contender === contender && difference.query === query;
}

/** Throws a Failure where an answer of ours is not stock's, or where stock's is not right. */
async function compareAnswers([stock, ...others]: Contender[]) {
  const lengths: Array<[QueryName, number]> = [];
  const differences: Difference[] = [];
  for (const query of QUERY_NAMES) {
    const text = (await stock?.answer(query)) ?? '{}';
    const right = JSON.parse(text);
    if (right.errors) throw new Failure(`stock answers "${query}" with errors: ${text}`);
    for (const { name, answer } of others) {
      const at = firstDifference(JSON.parse(await answer(query)), right);
      if (at === undefined) continue;
      if (!MAY_DIFFER.has(name)) throw new Failure(`${name} answers "${query}" otherwise at ${at}`);
      differences.push({ contender: name, query, at });
    }
    lengths.push([query, Buffer.byteLength(JSON.stringify(right))]);
  }
  return { bytes: Object.fromEntries(lengths) as Record<QueryName, number>, differences };
}

async function measure(
  { name, pid, drive }: Contender,
  query: QueryName,
  round: number,
  { seconds, concurrency }: Load,
): Promise<Sample> {
  const warmUp = round === 0 ? FIRST_WARM_UP : WARM_UP;
  await drive(query, { seconds: warmUp, concurrency });
  const cpu = processCpu(pid);
  const before = await cpu();
  const driven = await drive(query, { seconds, concurrency });
  const after = await cpu();
  const cpuSeconds = before === undefined || after === undefined ? null : after - before;
  return {
    ...{ contender: name, query, round },
    cpuPer1000: cpuSeconds && (cpuSeconds / driven.requests) * 1000,
    perSecond: driven.requests / driven.seconds,
    p50: driven.p50,
    p99: driven.p99,
    rssMb: (await residentMemory(pid)()) ?? null,
    coresUsed: cpuSeconds && cpuSeconds / driven.seconds,
  };
}
