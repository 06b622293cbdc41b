import { traceparentOf } from '@waybill/kernel/callers.js';
import type { Database, Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import type { Decision } from './decision.js';
import { eventHash } from './history/chain.js';
import { changesOf } from './history/rebuild.js';
import type { OrderState } from './order.js';
import { mergedParts, type OrderParts, type WholeOrder } from './order-parts.js';
import {
  type DraftParts,
  type FactRow,
  loadDrafts,
  loadParts,
  lockOrders,
  writeOrders,
} from './order-rows.js';
import { workflowsById } from './workflows/read-workflows.js';

/** One change asked of one order: decided on its own row, or on all that belongs to it. */
export interface Change {
  orderId: string;
  /** Who asks, for the history: `user:<uuid>` or `service:<name>`. */
  actor: string;
  decide?(order: OrderState): Decision;
  decideWhole?(order: WholeOrder): Decision;
}

export interface Changed {
  /** The order as it is afterwards. */
  order: OrderState;
  /** False where the order had moved on and nothing was written. */
  applied: boolean;
}

/**
 * Carries out many changes in one transaction: the orders are locked in the order of their ids, each change is
 * decided on what the ones before it left, and state, parts, events and outbox rows are written together.
 * Undefined stands for an order that does not exist.
 */
export function changeOrders(
  db: Pick<Database, 'transaction'>,
  changes: Change[],
): Promise<Array<Changed | undefined>> {
  return db.transaction((query) => changeWithin(query, changes));
}

/** The same within a transaction of the caller's. */
export async function changeWithin(
  query: Query,
  changes: Change[],
): Promise<Array<Changed | undefined>> {
  const orders = await openOrders(query, changes);
  const results = changes.map((change) => {
    const open = orders.get(change.orderId);
    return open && carryOut(change, open);
  });
  await writeOrders(query, [...orders.values()]);
  return results;
}

/** An order in hand: what it is by now, and what is to be written of it. */
interface OpenOrder {
  order: OrderState;
  /** Hash of its last event. */
  head: string | null;
  /** When it was locked, by the database's clock: the time of its new events. */
  at: string;
  /** What is told of a draft; undefined for an order that was placed. */
  draft: DraftParts | undefined;
  /** Loaded only where a change looks at them; `stored` stays as it was loaded. */
  stored: OrderParts | undefined;
  parts: OrderParts | undefined;
  facts: FactRow[];
  changedParts: Partial<OrderParts>;
}

async function openOrders(query: Query, changes: Change[]): Promise<Map<string, OpenOrder>> {
  const orders = await lockOrders(query, unique(changes.map(({ orderId }) => orderId)));
  const whole = changes.filter((change) => change.decideWhole && orders.has(change.orderId));
  const parts = await loadParts(query, unique(whole.map(({ orderId }) => orderId)));
  const workflows = await workflowsById(
    query,
    unique([...orders.values()].flatMap(({ workflowId }) => workflowId ?? [])),
  );
  const drafted = [...orders.values()].filter(({ status }) => status === 'DRAFT');
  const drafts = await loadDrafts(
    query,
    drafted.map(({ id }) => id),
  );
  return new Map(
    [...orders].map(([id, { historyHash: head, lockedAt, ...locked }]) => {
      const order = { ...locked, workflow: workflows.get(locked.workflowId ?? '') };
      const at = new Date(lockedAt).toISOString();
      const loaded = { draft: drafts.get(id), stored: parts.get(id), parts: parts.get(id) };
      return [id, { order, head, at, ...loaded, facts: [], changedParts: {} }];
    }),
  );
}

function carryOut(change: Change, open: OpenOrder): Changed {
  const decision = decisionOn(open, change);
  open.facts.push(...factRows(open, decision, change));
  open.head = open.facts.at(-1)?.hash ?? open.head;
  open.order = { ...open.order, ...decision.patch };
  if (decision.parts) {
    open.changedParts = mergedParts(open.changedParts, decision.parts);
    open.parts = open.parts && mergedParts(open.parts, decision.parts);
  }
  return { order: open.order, applied: decision.facts.length > 0 };
}

function decisionOn({ order, parts }: OpenOrder, change: Change): Decision {
  if (change.decide) return change.decide(order);
  if (change.decideWhole && parts) return change.decideWhole({ ...order, ...parts });
  throw new Error(`a change of order ${order.id} decides nothing`);
}

/** What the decision changed is told by the last of its events. */
function factRows(
  { order, parts, draft, head, at }: OpenOrder,
  decision: Decision,
  change: Change,
): FactRow[] {
  const traceparent = traceparentOf(change);
  const isDraft = order.status === 'DRAFT';
  const changes = isDraft
    ? changesOf(order, draft, decision)
    : changesOf({ ...order, ...parts }, undefined, decision);
  let previous = head;
  let fromStatus = order.seq === 0 ? null : order.status;
  return decision.facts.map((fact, i) => {
    const seq = order.seq + i + 1;
    const event = {
      orderId: order.id,
      seq,
      id: newId(),
      type: fact.type,
      fromStatus,
      toStatus: fact.to,
      actor: change.actor,
      reason: fact.reason ?? null,
      data: { ...fact.data, seq, status: fact.to },
      changes: i === decision.facts.length - 1 ? changes : {},
      at,
    };
    previous = eventHash(previous, event);
    fromStatus = fact.to;
    return { ...event, hash: previous, traceparent };
  });
}

const unique = (ids: string[]): string[] => [...new Set(ids)];
