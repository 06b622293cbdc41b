import type { Client } from '../client.js';
import { Failure } from '../command-line/failure.js';
import { sum } from '../command-line/figures.js';
import type { Phase, Progress } from '../command-line/progress.js';
import { importCustomers } from '../import-customers.js';
import { customerName } from '../online-retail/build-catalog.js';
import { stockOnHand } from '../stock-on-hand.js';
import { findPlaced, type KnownOrder } from './find-placed.js';
import { followOrders, type OrderWatch, SHIPPED, SHIPPED_OR_DEAD } from './order-watch.js';
import { type Placed, placeInvoices } from './place-invoices.js';
import { planReplay, type ReplayPlan, skusOf, unitsOf } from './plan-replay.js';
import { readBack } from './read-back.js';
import { type Refunded, refundCancellations } from './refund-cancellations.js';
import { type ReplayReport, reportOn } from './report.js';
import { shipOrders } from './ship-orders.js';
import { Stages } from './stages.js';

export interface ReplayOptions {
  client: Client;
  /** Only the first so many invoices of the file. */
  limit?: number | undefined;
  /** Calls at a time. */
  concurrency: number;
  progress: Progress;
  /** Aborted to stop early: what is under way is finished, nothing new is begun. */
  signal: AbortSignal;
}

interface Replay extends ReplayOptions {
  plan: ReplayPlan;
  watch: OrderWatch;
}

/**
 * Places every invoice of a file as an order, ships all of them, and refunds what the file cancels. Safe to repeat: it
 * goes on where an earlier run stopped.
 */
export async function replayFile(file: string, options: ReplayOptions): Promise<ReplayReport> {
  const plan = await planReplay(file, options.limit);
  const { watch, stop } = followOrders(options.client);
  const replay = { ...options, plan, watch };
  const stages = new Stages(options.signal);
  try {
    const start = await stages.run('prepare', () => prepare(replay));
    const placed = await stages.run('place', () => place(replay, start));
    const shippedNow = await stages.run('ship', () => ship(replay, start, placed));
    const refunded = await stages.run('refund', () => refund(replay, placed));
    const found = await stages.run('reconcile', () =>
      reconcile(replay, placed, refunded, start.onHand - shippedNow + refunded.unitsBackNow),
    );
    const stock = { atStart: start.onHand, atEnd: found.onHand, shippedNow };
    const { money } = found;
    return reportOn(file, { plan, placed, refunded, money, stock, seconds: stages.seconds });
  } finally {
    stop();
  }
}

interface Start {
  customers: Map<string, string>;
  known: Map<string, KnownOrder>;
  /** Units on hand of all products that the file sells. */
  onHand: number;
}

async function prepare({ client, plan, watch }: Replay): Promise<Start> {
  const numbers = [...new Set(plan.invoices.flatMap(({ customer }) => customer ?? []))];
  // Without a country: the one that the import knows stays.
  const people = numbers.map((externalId) => ({ externalId, name: customerName(externalId) }));
  const { ids } = await importCustomers(client, people);
  const known = await findPlaced(
    client,
    plan.invoices.map(({ number }) => number),
  );
  await comeToRest(known, watch);
  return { customers: ids, known, onHand: await unitsOnHand(client, plan) };
}

/** Orders that an interrupted run left in mid-way still change the stock. */
async function comeToRest(known: Map<string, KnownOrder>, watch: OrderWatch): Promise<void> {
  const resting = new Set([...SHIPPED_OR_DEAD, 'CONFIRMED' as const]);
  for (const order of known.values()) {
    watch.see(order.id, order.status);
    order.status = (await watch.until(order.id, resting)).status;
  }
}

/** Throws where the catalog lacks a product: then every order of it would fail. */
async function unitsOnHand(client: Client, plan: ReplayPlan): Promise<number> {
  const skus = skusOf(plan.invoices);
  const levels = await stockOnHand(client, skus);
  const missing = skus.length - levels.size;
  if (missing > 0) {
    throw new Failure(
      `${missing} of the file's ${skus.length} products are not in the catalog: run npm run import -- FILE first`,
    );
  }
  return sum([...levels.values()].map(({ onHand }) => onHand));
}

function place(replay: Replay, { customers, known }: Start): Promise<Placed> {
  const { invoices } = replay.plan;
  return inPhase(replay, 'place', invoices.length, (phase) =>
    placeInvoices(invoices, { ...replay, customers, known, phase }),
  );
}

/** Answers the units that left. */
async function ship(replay: Replay, { known }: Start, { orders }: Placed): Promise<number> {
  const isOpen = ({ number }: { number: string }) => {
    const status = known.get(number)?.status;
    return orders.has(number) && !(status && SHIPPED.has(status));
  };
  const open = replay.plan.invoices.filter(isOpen);
  const idOf = ({ number }: { number: string }) => orders.get(number) ?? '';
  const shipped = await inPhase(replay, 'ship', open.length, (phase) =>
    shipOrders(open.map(idOf), { ...replay, phase }),
  );
  return sum(open.filter((invoice) => shipped.has(idOf(invoice))).map(unitsOf));
}

function refund(replay: Replay, { orders }: Placed): Promise<Refunded> {
  const { refunds } = replay.plan;
  return inPhase(replay, 'refund', refunds.length, (phase) =>
    refundCancellations(refunds, { ...replay, orders, phase }),
  );
}

async function reconcile(replay: Replay, placed: Placed, refunded: Refunded, expected: number) {
  const ids = [...placed.orders.values()];
  const money = await inPhase(replay, 'reconcile', ids.length, (phase) =>
    readBack(replay.client, ids, refunded.done, phase),
  );
  return { money, onHand: await settledStock(replay, expected) };
}

/** Milliseconds for which returned goods may still be on their way to the shelf. */
const RESTOCK_MS = 15_000;

async function settledStock({ client, plan }: Replay, expected: number): Promise<number> {
  const deadline = Date.now() + RESTOCK_MS;
  for (;;) {
    const onHand = await unitsOnHand(client, plan);
    if (onHand === expected || Date.now() > deadline) return onHand;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function inPhase<T>(
  { progress }: Replay,
  name: string,
  total: number,
  work: (phase: Phase) => Promise<T>,
): Promise<T> {
  const phase = progress.phase(name, total);
  return work(phase).finally(phase.done);
}
