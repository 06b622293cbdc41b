import { setTimeout as delay } from 'node:timers/promises';
import type { Phase } from '../command-line/progress.js';
import type { Rule, Statement, Violation } from './rule.js';
import { RULES } from './rules/index.js';
import type { Books, Snapshots } from './snapshots.js';
import { keyOf, type Suspect, suspectsAmong, suspectsOfAll } from './suspects.js';

export interface AuditOptions {
  /** Seconds after which an order that does not move counts as lost, where no job of it is waiting. */
  graceSeconds: number;
  /** Milliseconds for which what could be a step under way is looked at again. */
  patienceMs: number;
  /** Violations of one rule that are named; all are counted. */
  named: number;
  /** Ids of orders with a job that is waiting or running. Asked only where something is suspected. */
  liveJobs(): Promise<ReadonlySet<string>>;
  /** Told how many orders were compared. */
  orders?: Pick<Phase, 'advance'>;
  /** Told before each pause how many suspicions are left. */
  onSuspects?(count: number): void;
}

export interface AuditReport {
  clean: boolean;
  seconds: number;
  rules: RuleReport[];
}

export interface RuleReport {
  number: number;
  title: string;
  /** How many `things` the rule was held against. */
  checked: number;
  things: string;
  violations: number;
  /** The first of them. */
  named: Violation[];
}

/** Suspicions of one rule that are followed up; with more, the system is beyond counting them one by one. */
const FOLLOWED = 1000;

/** Milliseconds between looks: short ones first, since most steps take a moment. */
const PAUSES = [50, 200, 500, 1000];

/**
 * Holds the databases against every rule, while the system goes on working.
 *
 * Within one database a look sees one instant, at which every transaction is either done or not begun: what is wrong
 * there is a violation at once. Between databases a step may be under way: money captured of which the order has not
 * heard, an order moved on since its payments were read. Such a finding is a suspicion. It becomes a violation when it
 * is in every look until the patience is over, and no job of its order was there that could explain it.
 */
export async function auditBooks(books: Books, options: AuditOptions): Promise<AuditReport> {
  const start = performance.now();
  const first = await books.look((snapshots) => lookAtAll(snapshots, options));
  const lasting = await followUp(books, [...first.suspects.values()], options);
  const rules = first.rules.map((rule) => {
    const own = lasting.filter((suspect) => suspect.rule === rule.number);
    const beyond = first.beyond.get(rule.number) ?? 0;
    const named = [...rule.named, ...own.map(({ id, what }) => ({ id, what }))];
    const violations = rule.violations + own.length + (own.length > 0 ? beyond : 0);
    return { ...rule, violations, named: named.slice(0, options.named) };
  });
  return {
    clean: rules.every(({ violations }) => violations === 0),
    seconds: (performance.now() - start) / 1000,
    rules,
  };
}

async function lookAtAll(snapshots: Snapshots, options: AuditOptions) {
  const suspects = new Map<string, Suspect>();
  const counts = new Map<number, number>();
  const beyond = new Map<number, number>();
  const reading = { snapshots, rules: RULES, now: options };
  const onOrders = (count: number) => options.orders?.advance(count);
  for await (const suspect of suspectsOfAll(reading, onOrders)) {
    const { rule } = suspect;
    const key = keyOf(suspect);
    if (suspects.has(key)) continue;
    const count = (counts.get(rule) ?? 0) + 1;
    counts.set(rule, count);
    if (count <= FOLLOWED) suspects.set(key, suspect);
    else beyond.set(rule, count - FOLLOWED);
  }
  const rules = await Promise.all(RULES.map((rule) => lookWithin(snapshots, rule, options.named)));
  return { rules, suspects, beyond };
}

async function lookWithin(snapshots: Snapshots, rule: Rule, named: number): Promise<RuleReport> {
  const { number, title, things, count, within = [] } = rule;
  const [counted] = await snapshots.query<{ checked: string }>(count.database, count.text);
  const found = await Promise.all(within.map((each) => firstOf(snapshots, each, named)));
  if (rule.through) found.push(await firstThrough(rule.through(snapshots), named));
  return {
    number,
    title,
    checked: Number(counted?.checked),
    things,
    violations: found.reduce((sum, { total }) => sum + total, 0),
    named: found.flatMap(({ rows }) => rows),
  };
}

async function firstOf(snapshots: Snapshots, { database, text }: Statement, named: number) {
  const rows = await snapshots.query<Violation & { total: string }>(
    database,
    `select id::text, what, count(*) over () as total from (${text}) found order by id limit $1`,
    [named],
  );
  const total = Number(rows[0]?.total ?? 0);
  return { total, rows: rows.map(({ id, what }) => ({ id, what })) };
}

async function firstThrough(violations: AsyncIterable<Violation>, named: number) {
  const rows: Violation[] = [];
  let total = 0;
  for await (const violation of violations) {
    total += 1;
    if (rows.length < named) rows.push(violation);
  }
  return { total, rows };
}

/** What is suspected in every look, and of which no job was alive in any. */
async function followUp(
  books: Books,
  suspects: Suspect[],
  options: AuditOptions,
): Promise<Suspect[]> {
  const until = performance.now() + options.patienceMs;
  let left = await withoutJobs(suspects, options);
  for (let looks = 0; left.length > 0 && (looks === 0 || performance.now() < until); looks++) {
    options.onSuspects?.(left.length);
    const pause = PAUSES[looks] ?? (PAUSES.at(-1) as number);
    await delay(Math.min(pause, Math.max(0, until - performance.now())));
    const before = left;
    const again = await books.look((snapshots) =>
      suspectsAmong({ snapshots, rules: RULES, now: options }, before),
    );
    left = await withoutJobs(again, options);
  }
  return left;
}

/**
 * An order with a job is not at rest. The queues are read after the databases: an event that had left the outbox by
 * then is a job by now, or has had its effect, which the next look sees.
 */
async function withoutJobs(suspects: Suspect[], { liveJobs }: AuditOptions): Promise<Suspect[]> {
  if (suspects.length === 0) return [];
  const live = await liveJobs();
  return suspects.filter(({ orderId }) => orderId === undefined || !live.has(orderId));
}
