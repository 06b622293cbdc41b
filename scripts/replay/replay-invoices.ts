import type { Client } from '../client.js';
import { Failure } from '../command-line/failure.js';
import { sum } from '../command-line/figures.js';
import type { Phase, Progress } from '../command-line/progress.js';
import { importCustomers } from '../import-customers.js';
import { customerName } from '../online-retail/build-catalog.js';
import { type PlannedInvoices, unitsOf } from '../online-retail/plan-invoices.js';
import { stockOnHand } from '../stock-on-hand.js';
import { findPlaced, type KnownOrder } from './find-placed.js';
import { followOrders, type OrderWatch, SHIPPED, SHIPPED_OR_DEAD } from './order-watch.js';
import { type Placed, placeInvoices } from './place-invoices.js';
import { planReplay, type ReplayPlan, skusOf } from './plan-replay.js';
import { readBack } from './read-back.js';
import { type ReplayReport, reportOn } from './report.js';
import { type Refunded, returnCancellations } from './return-cancellations.js';
import { shipOrders } from './ship-orders.js';
import { Stages } from './stages.js';

export interface ReplayOptions {
  client: Client;
  /** Calls at a time. */
  concurrency: number;
  progress: Progress;
  /** Aborted to stop early: what is under way is finished, nothing new is begun. */
  signal: AbortSignal;
}

interface Replay extends ReplayOptions {
  watch: OrderWatch;
}

/**
 * Places every invoice of a file as an order, ships all of them, and refunds what the file cancels. Safe to repeat: it
 * goes on where an earlier run stopped.
 */
export async function replayInvoices(
  file: string,
  planned: PlannedInvoices,
  options: ReplayOptions,
): Promise<ReplayReport> {
  const { watch, stop } = followOrders(options.client);
  const replay = { ...options, watch };
  const stages = new Stages(options.signal);
  try {
    const start = await stages.run('prepare', () => prepare(replay, planned));
    const { plan, onHand: atStart } = start;
    const placed = await stages.run('place', () => place(replay, start));
    const shippedNow = await stages.run('ship', () => ship(replay, start, placed));
    const refunded = await stages.run('refund', () => refund(replay, plan, placed));
    const expected = atStart - shippedNow + refunded.unitsBackNow;
    const { money, onHand: atEnd } = await stages.run('reconcile', () =>
      reconcile(replay, plan, placed, refunded, expected),
    );
    const stock = { atStart, atEnd, shippedNow };
    return reportOn(file, { plan, placed, refunded, money, stock, seconds: stages.seconds });
  } finally {
    stop();
  }
}

interface Start {
  plan: ReplayPlan;
  customers: Map<string, string>;
  known: Map<string, KnownOrder>;
  /** Units on hand of all products that the file sells. */
  onHand: number;
}

async function prepare({ client, watch }: Replay, planned: PlannedInvoices): Promise<Start> {
  const known = await findPlaced(
    client,
    planned.invoices.map(({ number }) => number),
  );
  await comeToRest(known, watch);
  const plan = planReplay(planned, known);
  const onHand = await unitsOnHand(client, plan);
  return { plan, known, onHand, customers: await customersOf(client, plan) };
}

/** The ids of the plan's customers. Their countries are left to the import. */
async function customersOf(client: Client, { invoices }: ReplayPlan): Promise<Map<string, string>> {
  const numbers = new Set(invoices.flatMap(({ customer }) => customer ?? []));
  const people = [...numbers].map((externalId) => ({ externalId, name: customerName(externalId) }));
  return (await importCustomers(client, people)).ids;
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

function place(replay: Replay, { plan, customers, known }: Start): Promise<Placed> {
  const { invoices } = plan;
  return inPhase(replay, 'place', invoices.length, (phase) =>
    placeInvoices(invoices, { ...replay, customers, known, phase }),
  );
}

/** Answers the units that left. */
async function ship(replay: Replay, { plan, known }: Start, { orders }: Placed): Promise<number> {
  const isOpen = ({ number }: { number: string }) => {
    const status = known.get(number)?.status;
    return orders.has(number) && !(status && SHIPPED.has(status));
  };
  const open = plan.invoices.filter(isOpen);
  const idOf = ({ number }: { number: string }) => orders.get(number) ?? '';
  const shipped = await inPhase(replay, 'ship', open.length, (phase) =>
    shipOrders(open.map(idOf), { ...replay, phase }),
  );
  return sum(open.filter((invoice) => shipped.has(idOf(invoice))).map(unitsOf));
}

function refund(replay: Replay, { refunds }: ReplayPlan, { orders }: Placed): Promise<Refunded> {
  return inPhase(replay, 'refund', refunds.length, (phase) =>
    returnCancellations(refunds, { ...replay, orders, phase }),
  );
}

async function reconcile(
  replay: Replay,
  plan: ReplayPlan,
  { orders }: Placed,
  { done }: Refunded,
  expected: number,
) {
  const ids = [...orders.values()];
  const money = await inPhase(replay, 'reconcile', ids.length, (phase) =>
    readBack(replay.client, ids, done, phase),
  );
  return { money, onHand: await settledStock(replay, plan, expected) };
}

/** Milliseconds for which returned goods may still be on their way to the shelf. */
const RESTOCK_MS = 15_000;

async function settledStock(
  { client }: Replay,
  plan: ReplayPlan,
  expected: number,
): Promise<number> {
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
