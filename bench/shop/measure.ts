import { mkdir } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Closing } from '@waybill/deploy/closing.js';
import { install } from '../gateway/install.js';
import type { Driven, Load } from '../gateway/processes/drive.js';
import { rotated } from '../gateway/samples.js';
import { startProgram, type Worker } from '../gateway/worker.js';
import { type Meter, postgresCpu, processCpu, residentMemory } from '../measure/meters.js';
import { type DatabaseServer, startDatabaseServer } from '../servers/database-server.js';
import { Comparison } from './compare.js';
import { benchSearches } from './data/searches.js';
import { isPrepared, type Prepared, prepare, type ShopSize, shopData } from './prepare.js';
import type { ShopLoad } from './processes/load.js';
import {
  KINDS,
  type Kind,
  PAGE,
  type Question,
  type RunningShop,
  type Shop,
  type ShopName,
} from './questions.js';
import { vendureShop } from './vendure.js';
import { waybillShop } from './waybill.js';

export interface ShopBenchOptions extends Load, ShopSize {
  rounds: number;
  only: readonly ShopName[];
  /** Where the databases are; one that was filled before is used again. */
  folder: string;
  tell(line: string): void;
}

/** One system with one kind of question in one round. Null where the machine does not say. */
export interface Sample {
  shop: ShopName;
  kind: Kind;
  round: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** CPU seconds per 1,000 requests: of the process that answers, and of all of PostgreSQL. */
  nodeCpu: number | null;
  postgresCpu: number | null;
  /** Resident memory of the process that answers, in megabytes (10^6 bytes). */
  rssMb: number | null;
}

export interface ShopMeasured {
  samples: Sample[];
  /** How many different questions of each kind are asked. */
  asked: Record<Kind, number>;
  /** The machine's load average over a minute, before and after. */
  loadAverage: [before: number, after: number];
}

/** Seconds of load before each measurement, for the process has just started. */
const WARM_UP = 3;
const SEARCHES = 40;
const LOAD = fileURLToPath(new URL('./processes/load.js', import.meta.url));

/** Fills both systems, holds their answers against each other, and measures them in turns: only one runs at a time. */
export async function measureShops(
  options: ShopBenchOptions,
  parts: Closing,
): Promise<ShopMeasured> {
  const before = loadavg()[0] ?? 0;
  const { folder, tell, rounds } = options;
  await mkdir(folder, { recursive: true });
  await isPrepared(folder, options);
  await install('vendure', tell);
  tell('Starting PostgreSQL');
  const server = await startDatabaseServer(folder);
  parts.add(server.stop);
  const prepared = await prepare(server, folder, options, tell);
  const shops = shopsOf(server, prepared, options);
  const questions = questionsOf(options);
  const load = await startProgram<object>([LOAD], {}, undefined);
  parts.add(load.stop);
  const bench = { ...options, questions, load, postgres: postgresCpu(server.pid) };
  const comparison = new Comparison();
  const samples: Sample[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const shop of rotated(shops, round)) {
      tell(`Round ${round + 1} of ${rounds}: ${shop.name}`);
      const running = await shop.start();
      parts.add(running.stop);
      for (const kind of KINDS) {
        const requests = await comparison.requests(shop, running, questions[kind]);
        const measured = await measure(running, requests, bench);
        samples.push({ shop: shop.name, kind, round, ...measured });
      }
      await running.stop();
    }
  }
  const asked = Object.fromEntries(KINDS.map((kind) => [kind, questions[kind].length]));
  return {
    samples,
    asked: asked as Record<Kind, number>,
    loadAverage: [before, loadavg()[0] ?? 0],
  };
}

function shopsOf(server: DatabaseServer, prepared: Prepared, options: ShopBenchOptions): Shop[] {
  const { customers, orders } = shopData(options);
  const owners = orders.map(({ customer }) => customer);
  const { folder, only } = options;
  const { numbers } = prepared;
  const pages = pagesOf(options);
  const own = { databaseUrls: server.models, folder, customers, owners, pages, numbers };
  const shops: Shop[] = [
    vendureShop({ ...prepared, customers, owners }),
    waybillShop({ ...own, name: 'waybill' }),
    waybillShop({ ...own, name: 'caching' }),
  ];
  return shops.filter(({ name }) => only.includes(name));
}

const pagesOf = ({ products }: ShopSize) => Math.ceil(products / PAGE);

/** Every page of the list, from the first to the last; every search; every order. */
function questionsOf(size: ShopSize): Record<Kind, Question[]> {
  const { catalog, orders } = shopData(size);
  const searches = benchSearches(catalog, SEARCHES);
  const pages = Array.from({ length: pagesOf(size) }, (_, page) => page);
  return {
    list: pages.map((page) => ({ kind: 'list', page })),
    search: searches.map((words) => ({ kind: 'search', words })),
    facets: searches.map((words) => ({ kind: 'facets', words })),
    order: orders.map((_, order) => ({ kind: 'order', order })),
  };
}

interface Measuring extends Load {
  load: Worker<object>;
  postgres: Meter;
}

async function measure(
  { url, pid }: RunningShop,
  requests: ShopLoad['requests'],
  { load, postgres, seconds, concurrency }: Measuring,
): Promise<Omit<Sample, 'shop' | 'kind' | 'round'>> {
  const drive = (how: Load) => load.ask<Driven>({ ...how, url, requests } satisfies ShopLoad);
  await drive({ seconds: WARM_UP, concurrency });
  const meters = [processCpu(pid), postgres];
  const before = await Promise.all(meters.map((meter) => meter()));
  const driven = await drive({ seconds, concurrency });
  const after = await Promise.all(meters.map((meter) => meter()));
  const [nodeCpu = null, postgresCpu = null] = before.map((from, i) => {
    const until = after[i];
    return from === undefined || until === undefined
      ? null
      : ((until - from) / driven.requests) * 1000;
  });
  const { p50, p99 } = driven;
  const rssMb = (await residentMemory(pid)()) ?? null;
  return { perSecond: driven.requests / driven.seconds, p50, p99, nodeCpu, postgresCpu, rssMb };
}
