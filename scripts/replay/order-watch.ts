import {
  OrderFeedDocument,
  type OrderStatus,
  OrdersSettledDocument,
} from '@waybill/schema/generated/graphql.js';
import type { Client } from '../client.js';
import { Failure } from '../command-line/failure.js';
import { chunks } from '../command-line/figures.js';

/** An order in one of these has been paid for, or never will be. */
export const SETTLED: ReadonlySet<OrderStatus> = new Set<OrderStatus>([
  'CONFIRMED',
  'PROCESSING',
  'PARTIALLY_SHIPPED',
  'SHIPPED',
  'DELIVERED',
  'CANCELLED',
  'FAILED',
  'EXPIRED',
]);

/** An order in one of these is no sale, and its invoice may be placed again. */
export const DEAD: ReadonlySet<OrderStatus> = new Set<OrderStatus>([
  'CANCELLED',
  'FAILED',
  'EXPIRED',
]);

export const SHIPPED: ReadonlySet<OrderStatus> = new Set<OrderStatus>(['SHIPPED', 'DELIVERED']);

export const SHIPPED_OR_DEAD = SHIPPED.union(DEAD);

export interface Sight {
  status: OrderStatus;
  /** On the clock of `performance.now()`. */
  at: number;
}

interface Waiter {
  since: number;
  until: ReadonlySet<OrderStatus>;
  resolve(sight: Sight): void;
  reject(error: unknown): void;
}

/** Knows where orders stand, as the feed tells it, and wakes whoever waits for one. */
export class OrderWatch {
  readonly #seen = new Map<string, Sight>();
  readonly #waiters = new Map<string, Waiter>();
  #failure: unknown;
  #lastSight = performance.now();

  see(orderId: string, status: OrderStatus, at = performance.now()): void {
    const sight = { status, at };
    // An order that stands where it stood is no sign of life.
    if (this.#seen.get(orderId)?.status !== status) this.#lastSight = at;
    this.#seen.set(orderId, sight);
    const waiter = this.#waiters.get(orderId);
    if (!waiter?.until.has(status)) return;
    this.#waiters.delete(orderId);
    waiter.resolve(sight);
  }

  /** Resolves when the order stands in one of the statuses; at once where it was already seen there. */
  until(orderId: string, until: ReadonlySet<OrderStatus>): Promise<Sight> {
    const seen = this.#seen.get(orderId);
    if (seen && until.has(seen.status)) return Promise.resolve(seen);
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      if (this.#waiters.size === 0) this.#lastSight = performance.now();
      this.#waiters.set(orderId, { since: performance.now(), until, resolve, reject });
    });
  }

  /** Orders that somebody has waited for longer than this. */
  stragglers(milliseconds: number): string[] {
    const before = performance.now() - milliseconds;
    return [...this.#waiters].filter(([, { since }]) => since < before).map(([id]) => id);
  }

  /** For how long somebody has waited while no order moved. */
  get silence(): number {
    return this.#waiters.size === 0 ? 0 : performance.now() - this.#lastSight;
  }

  /** Ends all waiting, now and later. */
  fail(error: unknown): void {
    this.#failure = error;
    for (const waiter of this.#waiters.values()) waiter.reject(error);
    this.#waiters.clear();
  }
}

/** Milliseconds after which an order is asked for, for the feed may have lost it with its connection. */
const ASK_AFTER_MS = 2_000;
/** Milliseconds without any movement after which waiting makes no sense. */
const GIVE_UP_AFTER_MS = 60_000;
/** Orders in one query. */
export const BATCH = 100;

export interface Following {
  watch: OrderWatch;
  /** Asks no more; the feed ends with its client. */
  stop(): void;
}

/** Follows all orders through the feed of the staff, and asks for those of which it is silent. */
export function followOrders(client: Client): Following {
  const watch = new OrderWatch();
  const statuses: OrderStatus[] = ['CONFIRMED', ...SHIPPED_OR_DEAD];
  void readFeed(client.subscribe(OrderFeedDocument, { statuses }), watch);
  const asking = setInterval(() => {
    ask(client, watch).catch((error) => watch.fail(error));
  }, ASK_AFTER_MS);
  return { watch, stop: () => clearInterval(asking) };
}

type Feed = AsyncGenerator<{ orderFeed: { orderId: string; to: OrderStatus | null } }>;

async function readFeed(feed: Feed, watch: OrderWatch): Promise<void> {
  try {
    for await (const { orderFeed } of feed) {
      if (orderFeed.to) watch.see(orderFeed.orderId, orderFeed.to);
    }
  } catch (error) {
    watch.fail(error);
  }
}

async function ask(client: Client, watch: OrderWatch): Promise<void> {
  if (watch.silence > GIVE_UP_AFTER_MS) {
    const seconds = GIVE_UP_AFTER_MS / 1000;
    throw new Failure(
      `no order has moved for ${seconds} s: look at the queues (npm run dead-letters)`,
    );
  }
  for (const ids of chunks(watch.stragglers(ASK_AFTER_MS), BATCH)) {
    const { nodes } = await client.run(OrdersSettledDocument, { ids });
    for (const node of nodes) {
      if (node && 'status' in node) watch.see(node.id, node.status);
    }
  }
}
