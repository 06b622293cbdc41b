import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DEMO_PEOPLE } from '@waybill/deploy/seed.js';
import { ImportProductsDocument } from '@waybill/schema/generated/graphql.js';
import type { AuditReport } from '../audit/audit-books.js';
import { auditDatabases } from '../audit/audit-databases.js';
import { noProgress } from '../command-line/progress.js';
import { openSession } from '../staff-session.js';
import { chance } from './chance.js';
import { checkJournal } from './check-journal.js';
import { insist, NeverAnswered } from './insist.js';
import { type Acknowledged, type Action, openJournal, readJournal } from './journal.js';
import { live, type Shop } from './live.js';
import type { MistreatedSystem } from './own-system.js';
import { PRODUCTS, planLife } from './plan-life.js';
import { watchOrders } from './sightings.js';
import { type Strike, strike } from './strikes.js';
import { unsettledOrders } from './unsettled.js';
import { type ProcessWatch, watchProcesses } from './watch-processes.js';

export interface FaultsPlan {
  /** Every choice follows from it: which orders, which faults, how long. */
  seed: number;
  orders: number;
  /** For how long orders are placed and faults strike. */
  milliseconds: number;
  /** Milliseconds between two faults. */
  pauseMs: readonly [least: number, most: number];
  strikes: readonly Strike[];
  /** Milliseconds after the last fault within which everything must have come to rest. */
  settleMs: number;
  /** Where the journal is written. */
  folder: string;
  /** Told what happens, a line at a time. */
  say(line: string): void;
  signal: AbortSignal;
}

export interface Struck {
  /** Seconds after the beginning. */
  at: number;
  kind: Strike;
  what: string;
}

export interface FaultsReport {
  seed: number;
  clean: boolean;
  strikes: Struck[];
  orders: { planned: number; statuses: Record<string, number>; unheard: number };
  /** Acknowledged requests by kind, and how many of them had to be repeated. */
  acknowledged: Partial<Record<Action, number>>;
  repeated: number;
  /** Seconds from the last fault until everything had come to rest; null: not within the time that it had. */
  settledSeconds: number | null;
  audit: AuditReport;
  findings: string[];
}

/** Connections of each client to the gateway. */
const CONNECTIONS = 16;

/** Orders are placed and mistreated; then what clients were promised is held against the databases. */
export async function runFaults(system: MistreatedSystem, plan: FaultsPlan): Promise<FaultsReport> {
  const file = join(plan.folder, 'journal.jsonl');
  const over = new AbortController();
  const findings: string[] = [];
  const people = await logIn(system.url);
  const journal = await openJournal(file);
  plan.signal.addEventListener('abort', () => over.abort(), { once: true });
  try {
    const shop: Shop = {
      ...people,
      journal,
      sightings: watchOrders(people.staff, over.signal),
      run: `faults-${plan.seed}`,
      over: over.signal,
      find: (finding) => void findings.push(finding),
    };
    await stockUp(shop);
    const lives = liveAll(plan, shop);
    const watch = watchProcesses(system, shop.find);
    over.signal.addEventListener('abort', watch.stop, { once: true });
    const strikes = await strikeAll(system, plan, watch);
    const settledSeconds = await settle(system, plan, lives);
    over.abort();
    await lives.done;
    plan.signal.throwIfAborted();
    const entries = await readJournal(file);
    return await conclude(system, plan, { strikes, settledSeconds, entries, findings });
  } finally {
    over.abort();
    await journal.close();
    await Promise.all([people.staff.close(), people.customer.close()]);
  }
}

async function logIn(url: string) {
  const session = { url, connections: CONNECTIONS };
  const [staff, customer] = await Promise.all([
    openSession(session, credentialsOf('staff')),
    openSession(session, credentialsOf('customer')),
  ]);
  return { staff, customer };
}

function credentialsOf(name: keyof typeof DEMO_PEOPLE) {
  const { email, password } = DEMO_PEOPLE[name];
  return { email, password };
}

async function stockUp({ staff, over }: Shop): Promise<void> {
  const products = PRODUCTS.map(({ sku, onHand }) => ({ sku, title: sku, price: '10.00', onHand }));
  await insist(() => staff.run(ImportProductsDocument, { input: { products } }), over);
}

interface Lives {
  /** How many are not over yet. */
  readonly left: number;
  done: Promise<void>;
}

function liveAll({ seed, orders, milliseconds }: FaultsPlan, shop: Shop): Lives {
  let left = orders;
  const each = Array.from({ length: orders }, async (_, index) => {
    const life = planLife(index + 1, { orders, milliseconds }, chance(seed, index + 1));
    try {
      await delay(life.startsAt, undefined, { signal: shop.over });
      await live(life, shop);
      left -= 1;
    } catch (error) {
      // Whoever still waits when time is up, waits for an order that is found unsettled, or for an answer.
      if (error instanceof NeverAnswered) {
        shop.find(`order ${life.number} had no answer to the end: ${error.message}`);
      } else if (!shop.over.aborted) throw error;
    }
  });
  return {
    get left() {
      return left;
    },
    done: Promise.all(each).then(() => {}),
  };
}

/** Each kind strikes equally often, in an order drawn anew every round. */
async function strikeAll(
  system: MistreatedSystem,
  plan: FaultsPlan,
  watch: ProcessWatch,
): Promise<Struck[]> {
  const start = performance.now();
  const draw = chance(plan.seed, 0);
  const struck: Struck[] = [];
  const left = () => plan.milliseconds - (performance.now() - start);
  let round: Strike[] = [];
  while (!plan.signal.aborted) {
    const pause = draw.between(...plan.pauseMs);
    await delay(Math.min(pause, Math.max(0, left())), undefined, { signal: plan.signal }).catch(
      () => {},
    );
    if (left() <= 0) break;
    if (round.length === 0) round = draw.shuffled(plan.strikes);
    const kind = round.pop();
    if (!kind) continue;
    const at = (performance.now() - start) / 1000;
    const what = await strike(kind, system, draw, watch);
    struck.push({ at, kind, what });
    plan.say(`${at.toFixed(1).padStart(6)} s  ${what}`);
  }
  return struck;
}

/** Waits until nobody waits any more and every order has come to rest; null where that takes too long. */
async function settle(
  system: MistreatedSystem,
  { settleMs, say, signal }: FaultsPlan,
  lives: Lives,
): Promise<number | null> {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  for (let told = 0; !signal.aborted; ) {
    const unsettled = await unsettledOrders(system.databaseUrls.orders);
    if (lives.left === 0 && unsettled.length === 0) return seconds();
    if (seconds() * 1000 > settleMs) return null;
    if (seconds() > told) {
      say(`${lives.left} orders are still being seen to, ${unsettled.length} have not settled`);
      told = seconds() + 5;
    }
    await delay(250, undefined, { signal }).catch(() => {});
  }
  return null;
}

interface Outcome {
  strikes: Struck[];
  settledSeconds: number | null;
  entries: Acknowledged[];
  findings: string[];
}

async function conclude(
  { databaseUrls, queuesPrefix }: MistreatedSystem,
  plan: FaultsPlan,
  { strikes, settledSeconds, entries, findings }: Outcome,
): Promise<FaultsReport> {
  const checked = await checkJournal(entries, databaseUrls.orders, `faults-${plan.seed}`);
  const unsettled = await unsettledOrders(databaseUrls.orders);
  const patienceMs = Math.min(3000, plan.settleMs);
  const limits = { graceSeconds: plan.settleMs / 1000, patienceMs, named: 20 };
  const audit = await auditDatabases({ databaseUrls, queuesPrefix }, limits, noProgress);
  const all = [
    ...findings,
    ...checked.findings,
    ...unsettled.map(({ id, status, attention }) =>
      attention ? `order ${id} needs attention: ${attention}` : `order ${id} is still ${status}`,
    ),
    ...audit.rules.flatMap(({ number, named }) =>
      named.map(({ id, what }) => `invariant ${number}: ${id}: ${what}`),
    ),
  ];
  const acknowledged: FaultsReport['acknowledged'] = {};
  for (const { action } of entries) acknowledged[action] = (acknowledged[action] ?? 0) + 1;
  return {
    seed: plan.seed,
    clean: all.length === 0,
    strikes,
    orders: { planned: plan.orders, statuses: checked.statuses, unheard: checked.unheard },
    acknowledged,
    repeated: entries.filter(({ attempts }) => attempts > 1).length,
    settledSeconds,
    audit,
    findings: all,
  };
}
