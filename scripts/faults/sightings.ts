import { setTimeout as delay } from 'node:timers/promises';
import { OrdersSettledDocument } from '@waybill/schema/generated/graphql.js';
import type { Client } from '../client.js';
import { chunks } from '../command-line/figures.js';
import { insist } from './insist.js';

/** Where orders stand, as a client sees it that looks every now and then. */
export interface Sightings {
  /** Resolves with the status once the order stands in one of these. Rejects when `signal` is aborted. */
  until(orderId: string, statuses: readonly string[], signal: AbortSignal): Promise<string>;
  /** Where it stands now. Rejects when `signal` is aborted first. */
  now(orderId: string, signal: AbortSignal): Promise<string | undefined>;
}

const EVERY_MS = 400;
const AT_ONCE = 100;

/** Looks for everybody who waits, until `signal` is aborted. While nobody answers, it looks again. */
export function watchOrders(client: Client, signal: AbortSignal): Sightings {
  const seen = new Map<string, string>();
  const waiting = new Map<string, number>();

  async function look(): Promise<void> {
    for (const ids of chunks([...waiting.keys()], AT_ONCE)) {
      const { nodes } = await client.run(OrdersSettledDocument, { ids });
      for (const node of nodes) {
        if (node && 'status' in node) seen.set(node.id, node.status);
      }
    }
  }

  async function watch(): Promise<void> {
    while (!signal.aborted) {
      await look().catch(() => {});
      await delay(EVERY_MS, undefined, { signal }).catch(() => {});
    }
  }
  void watch();

  return {
    async now(orderId, own) {
      const ask = () => client.run(OrdersSettledDocument, { ids: [orderId] });
      const [node] = (await insist(ask, own)).answer.nodes;
      return node && 'status' in node ? node.status : undefined;
    },
    async until(orderId, statuses, own) {
      waiting.set(orderId, (waiting.get(orderId) ?? 0) + 1);
      try {
        for (;;) {
          const status = seen.get(orderId);
          if (status && statuses.includes(status)) return status;
          await delay(EVERY_MS / 2, undefined, { signal: own });
        }
      } finally {
        const rest = (waiting.get(orderId) ?? 1) - 1;
        if (rest > 0) waiting.set(orderId, rest);
        else waiting.delete(orderId);
      }
    },
  };
}
