import { localCommands } from '@waybill/kernel/commands.js';
import type { Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import type { Commands } from '@waybill/schema/commands.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAIN_LOCATION } from '../../locations/main-location.js';
import {
  CUSTOMER,
  countStatements,
  openTestCatalog,
  STAFF,
  type TestCatalog,
} from '../../testing/catalog.js';

let catalog: TestCatalog;
let neighbour: TestCatalog;
let north: string;

beforeAll(async () => {
  catalog = await openTestCatalog();
  neighbour = await openTestCatalog(catalog.url);
  north = await catalog.location('north');
});
afterAll(() => Promise.all([catalog.close(), neighbour.close()]));

async function change(mutation: string, input: object, identity: Identity = STAFF) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const source = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { userErrors { code field } } }`;
  const { done } = await catalog.ask<{ done: { userErrors: object[] } }>(
    source,
    { input },
    identity,
  );
  return done.userErrors;
}

const allow = (line: object) => change('setBackorderPolicies', { lines: line });
const receive = (sku: string, delta: number, location = 'main') =>
  change('adjustStock', { lines: { sku, location, delta }, reason: 'RECEIVED' });

/** A SKU of which orders may wait for so many units. */
async function product(onHand: number, limit: number | null, more: object = {}): Promise<string> {
  const sku = newId();
  await catalog.stock(sku, onHand);
  expect(await allow({ sku, policy: 'BACKORDER', limit, ...more })).toEqual([]);
  return sku;
}

const order = (sku: string, quantity: number) => ({
  orderId: newId(),
  items: [{ sku, quantity }],
  ttlSeconds: 900,
});
type Wanted = ReturnType<typeof order>;

async function place(sku: string, quantity: number): Promise<Wanted> {
  const placed = order(sku, quantity);
  const [answer] = await catalog.commands.reserveStock([placed]);
  expect(answer).toMatchObject({ outcome: 'RESERVED' });
  await catalog.commands.commitStock([placed]);
  return placed;
}

const serve = () => catalog.commands.serveBackorders([{ limit: 100 }]);

/** Units of an order that are there, and those that it waits for. */
async function held({ orderId }: Wanted): Promise<[there: number, waiting: number]> {
  const [answer] = await catalog.commands.findHeld([{ orderId }]);
  if (!answer || answer instanceof Error) throw answer;
  const sum = (units: number[]) => units.reduce((all, each) => all + each, 0);
  return [
    sum(answer.held.map(({ quantity }) => quantity)),
    sum(answer.held.map(({ backordered = 0 }) => backordered)),
  ];
}

interface Counts {
  onHand: number;
  reserved: number;
  backordered: number;
  /** Units in holds that are there, and that are waited for. */
  held: number;
  waiting: number;
}

async function counts(sku: string): Promise<Counts> {
  const [row] = await catalog.db.query<Counts>(
    'test.backordered',
    `select sum(on_hand)::integer as "onHand", sum(reserved)::integer as reserved,
       sum(backordered)::integer as backordered,
       (select coalesce(sum(quantity - consumed - released - backordered), 0)::integer
        from hold_items where variant_id = variants.id) as held,
       (select coalesce(sum(backordered), 0)::integer from hold_items where variant_id = variants.id) as waiting
     from variants join stock_levels on variant_id = id where sku = $1 group by id`,
    [sku],
  );
  if (!row) throw new Error(`no SKU ${sku}`);
  expect({ reserved: row.held, backordered: row.waiting }).toEqual({
    reserved: row.reserved,
    backordered: row.backordered,
  });
  return row;
}

describe('a backorder', () => {
  it('holds what is there and waits for the rest, within the limit', async () => {
    const sku = await product(3, 4);
    expect(await held(await place(sku, 5))).toEqual([3, 2]);
    expect(await catalog.commands.reserveStock([order(sku, 3)])).toEqual([
      { outcome: 'SHORT', shortages: [{ sku, requested: 3, available: 2 }] },
    ]);
    expect(await held(await place(sku, 2))).toEqual([0, 2]);
    expect(await counts(sku)).toMatchObject({ onHand: 3, reserved: 3, backordered: 4 });
  });

  it('is for nobody where the variant does not allow it', async () => {
    const sku = await product(1, 4);
    await allow({ sku, policy: 'DENY' });
    expect(await catalog.commands.reserveStock([order(sku, 2)])).toMatchObject([
      { outcome: 'SHORT' },
    ]);
  });

  it('is a preorder until the units are expected', async () => {
    const sku = await product(0, null);
    const at = (ms: number) => new Date(Date.now() + ms).toISOString();
    const preorder = { sku, policy: 'PREORDER', limit: 1 };
    expect(await allow(preorder)).toEqual([
      { code: 'EXPECTED_WHEN', field: ['lines', '0', 'expectedAt'] },
    ]);
    await allow({ ...preorder, expectedAt: at(-60_000) });
    expect(await catalog.commands.reserveStock([order(sku, 1)])).toMatchObject([
      { outcome: 'SHORT' },
    ]);
    const expectedAt = at(3_600_000);
    await allow({ ...preorder, expectedAt });
    const { orderId } = await place(sku, 1);
    const units = { sku, locationId: MAIN_LOCATION, quantity: 0, backordered: 1, expectedAt };
    expect(await catalog.commands.findHeld([{ orderId }])).toEqual([{ held: [units] }]);
  });

  it('cannot leave before it is there', async () => {
    const sku = await product(1, 5);
    const placed = await place(sku, 3);
    const ship = (quantity: number) =>
      catalog.commands.consumeStock([
        { orderId: placed.orderId, shipmentId: newId(), items: [{ sku, quantity }] },
      ]);
    expect(await ship(2)).toEqual([{ outcome: 'NOT_COMMITTED' }]);
    expect(await ship(1)).toEqual([{ outcome: 'CONSUMED' }]);
    expect(await catalog.holdState(placed.orderId)).toBe('COMMITTED');
    await receive(sku, 2);
    await serve();
    expect(await ship(2)).toEqual([{ outcome: 'CONSUMED' }]);
    expect(await catalog.holdState(placed.orderId)).toBe('CONSUMED');
    expect(await counts(sku)).toMatchObject({ onHand: 0, reserved: 0, backordered: 0 });
  });

  it('is served when units come in, the oldest first, wherever they are', async () => {
    const sku = await product(0, null);
    const [first, second, third] = [await place(sku, 2), await place(sku, 2), await place(sku, 1)];
    await receive(sku, 1);
    await receive(sku, 2, 'north');
    // Nobody who comes later gets what has come in.
    const late = await place(sku, 1);
    await serve();
    const all = () => Promise.all([first, second, third, late].map(held));
    expect(await all()).toEqual([
      [2, 0],
      [1, 1],
      [0, 1],
      [0, 1],
    ]);
    expect(await counts(sku)).toMatchObject({ onHand: 3, reserved: 3, backordered: 3 });
    await receive(sku, 9, 'north');
    await serve();
    expect(await all()).toEqual([
      [2, 0],
      [2, 0],
      [1, 0],
      [1, 0],
    ]);
    expect(await counts(sku)).toMatchObject({ onHand: 12, reserved: 6, backordered: 0 });
    const [where] = await catalog.commands.findHeld([third]);
    expect(where).toMatchObject({ held: [{ locationId: north, quantity: 1 }] });
  });

  it('is given back first, and by whoever calls it off or lets it expire', async () => {
    const sku = await product(2, 9);
    const placed = await place(sku, 5);
    const give = { orderId: placed.orderId, releaseId: newId(), items: [{ sku, quantity: 4 }] };
    await catalog.commands.releaseItems([give]);
    expect(await held(placed)).toEqual([1, 0]);
    const [added] = await catalog.commands.addToHold([
      { orderId: placed.orderId, additionId: newId(), items: [{ sku, quantity: 3 }] },
    ]);
    expect(added).toMatchObject({ outcome: 'RESERVED' });
    expect(await held(placed)).toEqual([2, 2]);
    await catalog.commands.releaseStock([placed]);
    const late = { ...order(sku, 4), ttlSeconds: 0 };
    await catalog.commands.reserveStock([late]);
    await catalog.commands.expireHolds([{ limit: 100 }]);
    expect(await counts(sku)).toMatchObject({ onHand: 2, reserved: 0, backordered: 0 });
  });

  it('lets those who wait have what others give back', async () => {
    const sku = await product(2, 9);
    const [first, second] = [await place(sku, 2), await place(sku, 1)];
    await catalog.commands.releaseStock([first]);
    await serve();
    expect(await held(second)).toEqual([1, 0]);
    expect(await counts(sku)).toMatchObject({ onHand: 2, reserved: 1, backordered: 0 });
  });

  it('never goes beyond the limit, however many ask at once while units come and go', async () => {
    const sku = await product(10, 5);
    const clients = [catalog, neighbour].map(({ commands }) =>
      localCommands<Commands['catalog']>(commands),
    );
    const asked = await Promise.all(
      Array.from({ length: 60 }, (_, i) => clients[i % 2]?.reserveStock(order(sku, 1))),
    );
    expect(asked.filter((answer) => answer?.outcome === 'RESERVED')).toHaveLength(15);
    expect(await counts(sku)).toMatchObject({ onHand: 10, reserved: 10, backordered: 5 });

    const work = Array.from({ length: 40 }, (_, i) => [
      () => clients[i % 2]?.reserveStock(order(sku, 1)),
      () => (i % 4 === 0 ? receive(sku, 1) : serve()),
    ]).flat();
    const done = (await Promise.all(work.map((each) => each()))).flat();
    const more = done.filter((each) => each && 'expiresAt' in each).length;
    await serve();
    const { onHand, reserved, backordered } = await counts(sku);
    expect(onHand).toBe(20);
    expect(reserved + backordered).toBe(15 + more);
    if (backordered > 0) expect(reserved).toBe(onHand);
    expect(backordered).toBeLessThanOrEqual(5);
    expect(await catalog.unaccounted()).toEqual([]);
  });

  it('costs orders no statement more', async () => {
    const sku = await product(0, null);
    const orders = Array.from({ length: 20 }, () => order(sku, 3));
    const statements = countStatements();
    await catalog.commands.reserveStock(orders);
    expect(statements()).toBe(5);
  });
});

describe('what customers see of it', () => {
  const STOCK = `query ($sku: String!) {
    productVariant(sku: $sku) { stock { available orderable expectedAt backordered } }
  }`;

  it('is how many are there, how many can be ordered, and when the rest is expected', async () => {
    const expectedAt = '2031-01-02T03:04:05.000Z';
    const sku = await product(3, 4, { expectedAt });
    const see = (identity: Identity = CUSTOMER) => catalog.ask(STOCK, { sku }, identity);
    const shown = (available: number, orderable: number, backordered: number | null = null) => ({
      productVariant: { stock: { available, orderable, expectedAt, backordered } },
    });
    expect(await see()).toEqual(shown(3, 7));
    await place(sku, 5);
    expect(await see()).toEqual(shown(0, 2));
    expect(await see(STAFF)).toEqual(shown(0, 2, 2));
    await receive(sku, 4);
    expect(await see()).toEqual(shown(2, 6));
  });
});

it('shows staff what may be promised', async () => {
  const sku = await product(3, 4);
  const source = `query ($sku: String!) { productVariant(sku: $sku) {
    stock { backorderPolicy backorderLimit lowStockThreshold } } }`;
  const nothing = { backorderPolicy: null, backorderLimit: null, lowStockThreshold: null };
  expect(await catalog.ask(source, { sku }, CUSTOMER)).toEqual({
    productVariant: { stock: nothing },
  });
  expect(await catalog.ask(source, { sku }, STAFF)).toEqual({
    productVariant: {
      stock: { backorderPolicy: 'BACKORDER', backorderLimit: 4, lowStockThreshold: 0 },
    },
  });
});

describe('setBackorderPolicies', () => {
  it('sets all or none, and is for staff', async () => {
    const sku = await product(0, 1);
    const lines = [
      { sku, policy: 'DENY' },
      { sku: 'NONE', policy: 'DENY' },
    ];
    expect(await change('setBackorderPolicies', { lines })).toEqual([
      { code: 'NOT_FOUND', field: ['lines', '1', 'sku'] },
    ]);
    expect(await allow({ sku, policy: 'BACKORDER', limit: 0 })).toEqual([
      { code: 'INVALID_QUANTITY', field: ['lines', '0', 'limit'] },
    ]);
    expect(await change('setBackorderPolicies', { lines: [lines[0]] }, CUSTOMER)).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
    await place(sku, 1);
  });
});
