import type { Refusal } from '../stock/allocate.js';

export interface Items extends Array<{ sku: string; quantity: number }> {}

export interface ModelItem {
  quantity: number;
  consumed: number;
  released: number;
}

interface ModelHold {
  state: string;
  overdue: boolean;
  items: Map<string, ModelItem>;
  refusal?: Refusal;
}

/** One input of any stock command, for an order. */
export interface Asked {
  orderId: string;
  /** Tells shipments, releases, additions and restocks from each other. */
  key: string;
  items: Items;
  ttlSeconds: number;
}

type Answer = Refusal | { outcome: string };

/** What the stock commands shall do: in memory, one input after the other, without a thought for speed. */
export class StockModel {
  readonly onHand = new Map<string, number>();
  readonly holds = new Map<string, ModelHold>();
  readonly #kept = new Map<string, Answer>();

  reserveStock({ orderId, items, ttlSeconds }: Asked): Answer {
    const hold = this.holds.get(orderId);
    if (hold) return againReserved(hold, items);
    const refusal = this.#refuse(items);
    this.holds.set(orderId, {
      state: refusal ? 'REFUSED' : 'HELD',
      overdue: ttlSeconds <= 0,
      items: refusal ? new Map() : held(items),
      ...(refusal && { refusal }),
    });
    return refusal ?? { outcome: 'RESERVED' };
  }

  commitStock({ orderId }: Asked): Answer {
    const hold = this.holds.get(orderId);
    if (hold && isAlive(hold)) hold.state = 'COMMITTED';
    const committed = ['COMMITTED', 'CONSUMED'].includes(hold?.state ?? '');
    return { outcome: committed ? 'COMMITTED' : 'NOT_HELD' };
  }

  addToHold({ orderId, key, items }: Asked): Answer {
    const hold = this.holds.get(orderId);
    const kept = this.#kept.get(`add ${key}`);
    if (kept && kept.outcome !== 'RESERVED') return kept;
    if (kept && hold?.state === 'CONSUMED') return kept;
    if (!hold || !isAlive(hold)) return { outcome: 'NOT_HELD' };
    return kept ?? this.#keep(`add ${key}`, this.#refuse(items) ?? added(hold, items));
  }

  extendHold({ orderId }: Asked): Answer {
    const hold = this.holds.get(orderId);
    return { outcome: hold && isAlive(hold) ? 'EXTENDED' : 'NOT_HELD' };
  }

  consumeStock({ orderId, key, items }: Asked): Answer {
    const hold = this.holds.get(orderId);
    const kept = this.#kept.get(`consume ${key}`);
    const states = ['COMMITTED', 'CONSUMED', 'RELEASED'];
    if (kept) return kept;
    if (!hold || !states.includes(hold.state) || !has(hold, items))
      return { outcome: 'NOT_COMMITTED' };
    for (const { sku, quantity } of items) {
      unitsOf(hold, sku).consumed += quantity;
      this.onHand.set(sku, (this.onHand.get(sku) ?? 0) - quantity);
    }
    if (isActive(hold) && activeItems(hold).length === 0) hold.state = 'CONSUMED';
    return this.#keep(`consume ${key}`, { outcome: 'CONSUMED' });
  }

  releaseItems({ orderId, key, items }: Asked): Answer {
    const hold = this.holds.get(orderId);
    const kept = this.#kept.get(`release ${key}`);
    if (kept) return kept;
    if (!hold || !has(hold, items)) {
      const isOver = hold?.state === 'RELEASED' || hold?.state === 'EXPIRED';
      return { outcome: isOver ? 'ENDED' : 'NOT_HELD' };
    }
    for (const { sku, quantity } of items) unitsOf(hold, sku).released += quantity;
    if (items.length > 0 && activeItems(hold).length === 0) hold.state = endOf(hold);
    return this.#keep(`release ${key}`, { outcome: 'RELEASED' });
  }

  releaseStock({ orderId }: Asked): Answer {
    const hold = this.holds.get(orderId);
    if (!hold) this.holds.set(orderId, { state: 'REFUSED', overdue: true, items: new Map() });
    if (!hold || !isActive(hold)) {
      return { outcome: hold?.state === 'RELEASED' ? 'RELEASED' : 'NOTHING_HELD' };
    }
    releaseRest(hold);
    hold.state = endOf(hold);
    return { outcome: 'RELEASED' };
  }

  /** How many holds come to their end. */
  expireHolds(): number {
    const overdue = [...this.holds.values()].filter(
      (hold) => hold.state === 'HELD' && hold.overdue,
    );
    for (const hold of overdue) {
      releaseRest(hold);
      hold.state = 'EXPIRED';
    }
    return overdue.length;
  }

  restock({ key, items }: Asked): Answer {
    const kept = this.#kept.get(`restock ${key}`);
    if (kept) return kept;
    for (const { sku, quantity } of items) {
      this.onHand.set(sku, (this.onHand.get(sku) ?? 0) + quantity);
    }
    return this.#keep(`restock ${key}`, { outcome: 'RESTOCKED' });
  }

  /** Whether so many of it can be on hand. */
  setStock(sku: string, onHand: number): boolean {
    const possible = this.onHand.has(sku) && onHand >= this.reserved(sku);
    if (possible) this.onHand.set(sku, onHand);
    return possible;
  }

  runOut(orderId: string): void {
    const hold = this.holds.get(orderId);
    if (hold) hold.overdue = true;
  }

  reserved(sku: string): number {
    const holds = [...this.holds.values()].filter(isActive);
    return holds.reduce((all, { items }) => all + active(items.get(sku)), 0);
  }

  #keep(key: string, answer: Answer): Answer {
    this.#kept.set(key, answer);
    return answer;
  }

  #refuse(items: Items): Refusal | undefined {
    const wanted = [...held(items)].map(([sku, { quantity }]) => ({ sku, requested: quantity }));
    const skus = wanted.map(({ sku }) => sku).filter((sku) => !this.onHand.has(sku));
    if (skus.length > 0) return { outcome: 'NOT_SELLABLE', skus };
    const shortages = wanted
      .map((each) => ({ ...each, available: this.#available(each.sku) }))
      .filter(({ requested, available }) => requested > available);
    return shortages.length > 0 ? { outcome: 'SHORT', shortages } : undefined;
  }

  #available(sku: string): number {
    return (this.onHand.get(sku) ?? 0) - this.reserved(sku);
  }
}

function againReserved(hold: ModelHold, items: Items): Answer {
  if (hold.refusal) return hold.refusal;
  if (isAlive(hold) || hold.state === 'CONSUMED') return { outcome: 'RESERVED' };
  const shortages = [...held(items)].map(([sku, { quantity }]) => ({
    sku,
    requested: quantity,
    available: 0,
  }));
  return { outcome: 'SHORT', shortages };
}

function held(items: Items): Map<string, ModelItem> {
  const hold = { items: new Map<string, ModelItem>() };
  for (const { sku, quantity } of items) unitsOf(hold, sku).quantity += quantity;
  return hold.items;
}

function added(hold: ModelHold, items: Items): Answer {
  for (const { sku, quantity } of items) unitsOf(hold, sku).quantity += quantity;
  return { outcome: 'RESERVED' };
}

function unitsOf({ items }: Pick<ModelHold, 'items'>, sku: string): ModelItem {
  const item = items.get(sku) ?? { quantity: 0, consumed: 0, released: 0 };
  items.set(sku, item);
  return item;
}

const active = (item: ModelItem | undefined) =>
  item ? item.quantity - item.consumed - item.released : 0;

const activeItems = ({ items }: ModelHold) =>
  [...items]
    .map(([sku, item]) => ({ sku, quantity: active(item) }))
    .filter(({ quantity }) => quantity > 0);

const has = (hold: ModelHold, items: Items) =>
  [...held(items)].every(([sku, { quantity }]) => quantity <= active(hold.items.get(sku)));

const isActive = ({ state }: ModelHold) => state === 'HELD' || state === 'COMMITTED';

const isAlive = (hold: ModelHold) =>
  hold.state === 'COMMITTED' || (hold.state === 'HELD' && !hold.overdue);

const endOf = ({ items }: ModelHold) =>
  [...items.values()].some(({ consumed }) => consumed > 0) ? 'CONSUMED' : 'RELEASED';

function releaseRest({ items }: ModelHold): void {
  for (const item of items.values()) item.released = item.quantity - item.consumed;
}
