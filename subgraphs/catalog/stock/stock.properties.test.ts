import { newId } from '@waybill/kernel/ids.js';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestCatalog, STAFF, type TestCatalog } from '../testing/catalog.js';
import { type Asked, StockModel } from '../testing/stock-model.js';

let catalog: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
});
afterAll(() => catalog.close());

const SKUS = ['A', 'B', 'C'];
const ORDERS = [0, 1, 2, 3];

const sku = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(...SKUS) },
  { weight: 1, arbitrary: fc.constant('UNKNOWN') },
);

/** What may be asked for an order; a key that is drawn again is a command that is asked again. */
interface Wish extends Pick<Asked, 'items' | 'ttlSeconds'> {
  order: number;
  key: number;
}

const wish: fc.Arbitrary<Wish> = fc.record({
  order: fc.constantFrom(...ORDERS),
  key: fc.nat({ max: 4 }),
  items: fc.array(fc.record({ sku, quantity: fc.constantFrom(1, 1, 2, 3) }), { maxLength: 2 }),
  ttlSeconds: fc.constantFrom(900, 900, 900, 0),
});

/** By what a command tells one request from another. */
const BY_ORDER = ['reserveStock', 'commitStock', 'extendHold', 'releaseStock'] as const;
const BY_KEY = ['addToHold', 'consumeStock', 'releaseItems', 'restock'] as const;
const OTHERS = ['expireHolds', 'setStock', 'runOut'] as const;
type Batched = (typeof BY_ORDER | typeof BY_KEY)[number];
type Name = Batched | (typeof OTHERS)[number];

interface Step {
  name: Name;
  wishes: Wish[];
}

/** Parts are moved more often than holds come to their end as a whole. */
const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('addToHold' as const, 'consumeStock', 'releaseItems') },
  { weight: 1, arbitrary: fc.constantFrom('runOut' as const, 'expireHolds') },
  { weight: 2, arbitrary: fc.constantFrom(...BY_ORDER, ...BY_KEY, ...OTHERS) },
);
const step: fc.Arbitrary<Step> = fc.record({
  name,
  wishes: fc.array(wish, { minLength: 1, maxLength: 4 }),
});

/** A shop of its own in the one database, and the model of what it should be. */
interface Shop {
  model: StockModel;
  /** One id for each name, in this shop only. */
  id(name: string): string;
}

async function openShop(onHand: number): Promise<Shop> {
  const ids = new Map<string, string>();
  const id = (name: string) => ids.get(name) ?? ids.set(name, newId()).get(name) ?? '';
  const model = new StockModel();
  for (const each of SKUS) {
    await catalog.stock(id(each), onHand);
    model.onHand.set(id(each), onHand);
  }
  return { model, id };
}

async function carryOut(shop: Shop, { name, wishes }: Step): Promise<void> {
  const inputs = wishes.map((each) => inputOf(shop, each, name));
  if (name === 'expireHolds') await expire(shop);
  else if (name === 'setStock') await count(shop, inputs);
  else if (name === 'runOut') await runOut(shop, inputs);
  else expect(await ask(name, inputs), name).toMatchObject(answers(shop, name, inputs));
}

function inputOf({ id }: Shop, { order, key, items, ttlSeconds }: Wish, name: Name): Asked {
  // Only goods that are known come back.
  const named = name === 'restock' ? items.filter((item) => item.sku !== 'UNKNOWN') : items;
  return {
    orderId: id(`order ${order}`),
    key: id(`key ${key} of order ${order}`),
    items: named.map((item) => ({ ...item, sku: id(item.sku) })),
    ttlSeconds,
  };
}

function ask(name: Batched, inputs: Asked[]): Promise<unknown[]> {
  const { commands } = catalog;
  const keyed = inputs.map(({ key, ...rest }) => ({
    ...rest,
    additionId: key,
    shipmentId: key,
    releaseId: key,
    restockId: key,
    maxSeconds: 9000,
  }));
  return commands[name](keyed);
}

/** What the model answers; a request that stands twice in a batch is answered once. */
function answers({ model }: Shop, name: Batched, inputs: Asked[]): object[] {
  const given = new Map<string, object>();
  return inputs.map((input) => {
    const request = BY_ORDER.some((each) => each === name) ? input.orderId : input.key;
    const answer = given.get(request) ?? model[name](input);
    given.set(request, answer);
    return answer;
  });
}

async function expire({ model }: Shop): Promise<void> {
  const expected = [{ expired: model.expireHolds() }];
  expect(await catalog.commands.expireHolds([{ limit: 1000 }])).toEqual(expected);
}

const SET = `mutation ($input: SetStockInput!) { setStock(input: $input) { userErrors { code } } }`;

/** Somebody counts, and finds as many as were asked for. */
async function count({ model }: Shop, inputs: Asked[]): Promise<void> {
  for (const { sku, quantity } of inputs.flatMap(({ items }) => items)) {
    const onHand = 2 * quantity;
    const input = { lines: [{ sku, onHand }] };
    const possible = model.setStock(sku, onHand);
    const { setStock } = await catalog.ask<{ setStock: object }>(SET, { input }, STAFF);
    expect(setStock).toEqual({ userErrors: possible ? [] : [{ code: expect.any(String) }] });
  }
}

/** Time passes, for some orders. */
async function runOut({ model }: Shop, inputs: Asked[]): Promise<void> {
  const orders = inputs.map(({ orderId }) => orderId);
  for (const order of orders) model.runOut(order);
  const text = 'update holds set expires_at = now() where order_id = any($1::uuid[])';
  await catalog.db.query('test.runOut', text, [orders]);
}

async function agree({ model, id }: Shop): Promise<void> {
  const skus = SKUS.map(id);
  for (const each of skus) {
    const { onHand, reserved } = await catalog.counts(each);
    expect({ onHand, reserved }).toEqual({
      onHand: model.onHand.get(each),
      reserved: model.reserved(each),
    });
    expect(reserved).toBeGreaterThanOrEqual(0);
    expect(reserved).toBeLessThanOrEqual(onHand);
  }
  for (const order of ORDERS.map((number) => id(`order ${number}`))) {
    const hold = model.holds.get(order);
    const items = [...(hold?.items ?? [])].map(([sku, item]) => ({ sku, ...item }));
    expect(await catalog.holdState(order)).toBe(hold?.state);
    expect(new Set(await catalog.held(order))).toEqual(new Set(items));
  }
  const unaccounted = await catalog.unaccounted();
  expect(unaccounted.filter((each) => skus.includes(each))).toEqual([]);
}

/** Every shop has sold something before anything happens: chance alone would seldom bring an order far. */
const sold = fc.record({ sku: fc.constantFrom(...SKUS), quantity: fc.integer({ min: 2, max: 6 }) });
const cart = fc.array(sold, { minLength: 1, maxLength: 3 });
const carts = fc.tuple(...ORDERS.map(() => cart));
const paid = fc.subarray(ORDERS);

function opening(ofOrders: Wish['items'][], committed: number[]): Step[] {
  const orders = ofOrders.map((items, order) => ({ order, key: 0, items, ttlSeconds: 900 }));
  return [
    { name: 'reserveStock', wishes: orders },
    { name: 'commitStock', wishes: orders.filter(({ order }) => committed.includes(order)) },
  ];
}

it('does what the model does, whatever is asked in whatever order, and accounts for each unit', async () => {
  const onHand = fc.integer({ min: 5, max: 40 });
  const steps = fc.array(step, { maxLength: 30, size: 'max' });
  const property = fc.asyncProperty(onHand, carts, paid, steps, async (units, ...life) => {
    const [items, committed, rest] = life;
    // Nothing may be left to expire of a shop before.
    await catalog.commands.expireHolds([{ limit: 1000 }]);
    const shop = await openShop(units);
    for (const each of [...opening(items, committed), ...rest]) await carryOut(shop, each);
    await agree(shop);
  });
  // Where much else is running, fewer shops must do.
  await fc.assert(property, { numRuns: 50, interruptAfterTimeLimit: 5000 });
});
