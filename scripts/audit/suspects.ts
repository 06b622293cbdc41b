import { type Merged, mergeAll, mergeSome, type Source } from './merge.js';
import { ORDER_SOURCES, type OrderFacts } from './order-facts.js';
import { REFUND_SOURCES, type RefundFacts } from './refund-facts.js';
import type { Circumstances, Rule } from './rule.js';
import type { Snapshots } from './snapshots.js';

/** What breaks a rule by what several databases say together. They were read at different instants, so it may not last. */
export interface Suspect {
  rule: number;
  kind: 'order' | 'refund';
  id: string;
  what: string;
  /** Whose job could explain it; undefined where no order is known. */
  orderId: string | undefined;
}

/** The same suspicion has the same key in every look. */
export const keyOf = ({ rule, kind, id }: Suspect) => `${rule} ${kind} ${id}`;

interface Reading {
  snapshots: Snapshots;
  rules: readonly Rule[];
  now: Circumstances;
}

/** Compares everything, chunk by chunk; tells of each chunk how many orders it had. */
export async function* suspectsOfAll(
  reading: Reading,
  onOrders: (count: number) => void,
): AsyncGenerator<Suspect> {
  const { snapshots } = reading;
  for await (const chunk of mergeAll<Omit<OrderFacts, 'id'>>(snapshots, ORDER_SOURCES)) {
    for (const facts of chunk) yield* aboutOrder(facts as OrderFacts, reading);
    onOrders(chunk.length);
  }
  for await (const chunk of mergeAll<Omit<RefundFacts, 'id'>>(snapshots, REFUND_SOURCES)) {
    for (const facts of chunk) yield* aboutRefund(facts as RefundFacts, reading);
  }
}

/** Compares only what was suspected before. */
export async function suspectsAmong(
  reading: Reading,
  before: readonly Suspect[],
): Promise<Suspect[]> {
  const read = <Row extends object>(
    kind: Suspect['kind'],
    sources: Record<keyof Row & string, Source>,
  ): Promise<Merged<Row>[]> => {
    const ids = [...new Set(before.filter((each) => each.kind === kind).map(({ id }) => id))];
    return ids.length > 0 ? mergeSome(reading.snapshots, sources, ids) : Promise.resolve([]);
  };
  const orders = await read<Omit<OrderFacts, 'id'>>('order', ORDER_SOURCES);
  const refunds = await read<Omit<RefundFacts, 'id'>>('refund', REFUND_SOURCES);
  const known = new Set(before.map(keyOf));
  return [
    ...orders.flatMap((facts) => aboutOrder(facts as OrderFacts, reading)),
    ...refunds.flatMap((facts) => aboutRefund(facts as RefundFacts, reading)),
  ].filter((suspect) => known.has(keyOf(suspect)));
}

function aboutOrder(facts: OrderFacts, { rules, now }: Reading): Suspect[] {
  const { id } = facts;
  return rules.flatMap(({ number: rule, order }) =>
    (order?.(facts, now) ?? []).map((what) => ({ rule, kind: 'order', id, what, orderId: id })),
  );
}

function aboutRefund(facts: RefundFacts, { rules }: Reading): Suspect[] {
  const { id, asked, takenIn } = facts;
  return rules.flatMap(({ number: rule, refund }) =>
    (refund?.(facts) ?? []).map((what) => ({
      rule,
      kind: 'refund',
      id,
      what,
      orderId: asked?.orderId ?? takenIn?.orderId,
    })),
  );
}
