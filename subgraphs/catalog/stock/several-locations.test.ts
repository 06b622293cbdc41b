import { newId } from '@waybill/kernel/ids.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MAIN_LOCATION } from '../locations/main-location.js';
import {
  CUSTOMER,
  countStatements,
  openTestCatalog,
  STAFF,
  type TestCatalog,
} from '../testing/catalog.js';

let catalog: TestCatalog;
let north: string;

beforeAll(async () => {
  catalog = await openTestCatalog();
  north = await catalog.location('north');
});
afterAll(() => catalog.close());

/** Units of a new SKU, by location. */
async function stock(places: Record<string, number>): Promise<string> {
  const sku = newId();
  await catalog.stock(sku, 0);
  const lines = Object.entries(places).map(([location, onHand]) => ({ sku, location, onHand }));
  await catalog.ask(
    'mutation ($input: SetStockInput!) { setStock(input: $input) { userErrors { code } } }',
    { input: { lines } },
    STAFF,
  );
  return sku;
}

function order(...items: Array<[sku: string, quantity: number]>) {
  return {
    orderId: newId(),
    items: items.map(([sku, quantity]) => ({ sku, quantity })),
    ttlSeconds: 900,
  };
}

/** What is at each location of a SKU: `[onHand, reserved]`. */
async function levels(sku: string): Promise<Record<string, [number, number]>> {
  const rows = await catalog.db.query<{ code: string; onHand: number; reserved: number }>(
    'test.levels',
    `select code, on_hand as "onHand", reserved from stock_levels
     join variants on variants.id = variant_id join locations on locations.id = location_id
     where sku = $1`,
    [sku],
  );
  return Object.fromEntries(rows.map(({ code, onHand, reserved }) => [code, [onHand, reserved]]));
}

it('holds an order where all of it is, though some is nearer', async () => {
  const [one, other] = [await stock({ main: 5, north: 5 }), await stock({ north: 1 })];
  await catalog.commands.reserveStock([order([one, 2], [other, 1])]);
  expect(await levels(one)).toEqual({ main: [5, 0], north: [5, 2] });
  expect(await levels(other)).toEqual({ main: [0, 0], north: [1, 1] });
});

it('holds, commits, ships and takes back at several locations, each unit once', async () => {
  const sku = await stock({ main: 3, north: 4 });
  const placed = order([sku, 5]);
  expect(await catalog.commands.reserveStock([placed])).toMatchObject([{ outcome: 'RESERVED' }]);
  expect(await levels(sku)).toEqual({ main: [3, 3], north: [4, 2] });
  await catalog.commands.commitStock([placed]);

  const shipment = { orderId: placed.orderId, shipmentId: newId(), locationId: north };
  const [shipped] = await catalog.commands.consumeStock([
    { ...shipment, items: [{ sku, quantity: 2 }] },
  ]);
  expect(shipped).toEqual({ outcome: 'CONSUMED' });
  expect(await levels(sku)).toEqual({ main: [3, 3], north: [2, 0] });

  const back = { orderId: placed.orderId, items: [{ sku, quantity: 1 }] };
  await catalog.commands.restock([
    { ...back, restockId: newId() },
    { ...back, restockId: newId(), locationId: north },
    { ...back, restockId: newId(), orderId: newId() },
  ]);
  expect(await levels(sku)).toEqual({ main: [4, 3], north: [4, 0] });

  await catalog.commands.releaseStock([placed]);
  expect(await levels(sku)).toEqual({ main: [4, 0], north: [4, 0] });
  expect(await catalog.unaccounted()).toEqual([]);
});

it('ships from where the rest is held what the location named has not', async () => {
  const sku = await stock({ main: 1, north: 1 });
  const placed = order([sku, 2]);
  await catalog.commands.reserveStock([placed]);
  await catalog.commands.commitStock([placed]);
  const shipment = { ...placed, shipmentId: newId(), locationId: north };
  expect(await catalog.commands.consumeStock([shipment])).toEqual([{ outcome: 'CONSUMED' }]);
  expect(await levels(sku)).toEqual({ main: [0, 0], north: [0, 0] });
});

it('tells what an order holds where, until it has left', async () => {
  const sku = await stock({ main: 3, north: 4 });
  const placed = order([sku, 5]);
  const find = () => catalog.commands.findHeld([{ orderId: placed.orderId }, { orderId: newId() }]);
  await catalog.commands.reserveStock([placed]);
  await catalog.commands.commitStock([placed]);
  const atNorth = { sku, locationId: north, quantity: 2 };
  expect(await find()).toMatchObject([
    { held: [{ sku, locationId: MAIN_LOCATION, quantity: 3 }, atNorth] },
    { held: [] },
  ]);
  const items = [{ sku, quantity: 3 }];
  await catalog.commands.consumeStock([{ ...placed, items, shipmentId: newId() }]);
  expect(await find()).toMatchObject([
    { held: [{ sku, locationId: MAIN_LOCATION, quantity: 2 }] },
    { held: [] },
  ]);
});

it('gives units back where fewest are held', async () => {
  const sku = await stock({ main: 3, north: 4 });
  const placed = order([sku, 5]);
  await catalog.commands.reserveStock([placed]);
  await catalog.commands.releaseItems([
    { orderId: placed.orderId, releaseId: newId(), items: [{ sku, quantity: 3 }] },
  ]);
  expect(await levels(sku)).toEqual({ main: [3, 2], north: [4, 0] });
});

it('gives back none of the units in parcels that have yet to leave, and counts those that left no more', async () => {
  const sku = await stock({ main: 3, north: 4 });
  const placed = order([sku, 5]);
  const { orderId } = placed;
  await catalog.commands.reserveStock([placed]);
  await catalog.commands.commitStock([placed]);
  const parcelOf = (locationId: string, quantity: number) => ({
    ...{ shipmentId: newId(), locationId },
    items: [{ sku, quantity }],
  });
  const [left, waiting] = [parcelOf(MAIN_LOCATION, 2), parcelOf(north, 2)];
  await catalog.commands.consumeStock([{ orderId, ...left }]);
  const items = [{ sku, quantity: 1 }];
  const packed = [left, waiting];
  await catalog.commands.releaseItems([{ orderId, releaseId: newId(), items, packed }]);
  expect(await levels(sku)).toEqual({ main: [1, 0], north: [4, 2] });
});

it('serves no new order from a location that is closed, and ships what is held there', async () => {
  const closed = await catalog.location('closed', 1);
  const sku = await stock({ closed: 5, main: 1 });
  const placed = order([sku, 3]);
  await catalog.commands.reserveStock([placed]);
  await catalog.db.query('test.close', 'update locations set active = false where id = $1', [
    closed,
  ]);
  expect(await catalog.commands.reserveStock([order([sku, 2])])).toEqual([
    { outcome: 'SHORT', shortages: [{ sku, requested: 2, available: 1 }] },
  ]);
  const quoted = await catalog.commands.quoteItem([{ sku, storefrontId: MAIN_STOREFRONT_ID }]);
  expect(quoted).toMatchObject([{ item: { available: 1 } }]);
  await catalog.commands.commitStock([placed]);
  const shipment = { ...placed, shipmentId: newId() };
  expect(await catalog.commands.consumeStock([shipment])).toEqual([{ outcome: 'CONSUMED' }]);
  expect(await levels(sku)).toEqual({ closed: [2, 0], main: [1, 0] });
});

it('shows staff each location, and others only how many they can order', async () => {
  const sku = await stock({ main: 3, north: 4 });
  await catalog.commands.reserveStock([order([sku, 5])]);
  const QUERY = `query ($sku: String!) { productVariant(sku: $sku) { stock {
    available onHand reserved levels { location { code } onHand reserved } } } }`;
  expect(await catalog.ask(QUERY, { sku }, STAFF)).toEqual({
    productVariant: {
      stock: {
        available: 2,
        onHand: 7,
        reserved: 5,
        levels: [
          { location: { code: 'main' }, onHand: 3, reserved: 3 },
          { location: { code: 'north' }, onHand: 4, reserved: 2 },
        ],
      },
    },
  });
  expect(await catalog.ask(QUERY, { sku }, CUSTOMER)).toEqual({
    productVariant: { stock: { available: 2, onHand: null, reserved: null, levels: null } },
  });
});

it('sells exactly what all locations have together to many who ask at once', async () => {
  const sku = await stock({ main: 7, north: 6 });
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => catalog.commands.reserveStock([order([sku, 2])])),
  );
  const served = answers.filter(
    ([answer]) => answer && 'outcome' in answer && answer.outcome === 'RESERVED',
  );
  expect(served).toHaveLength(6);
  const { onHand, reserved } = await catalog.counts(sku);
  expect({ onHand, reserved }).toEqual({ onHand: 13, reserved: 12 });
});

it('takes no more statements for many orders at two locations than for one at one', async () => {
  const sku = await stock({ main: 30, north: 30 });
  const orders = Array.from({ length: 20 }, () => order([sku, 3]));
  const statements = countStatements();
  await catalog.commands.reserveStock(orders);
  // begin, claim, lock, take, commit
  expect(statements()).toBe(5);
  await catalog.commands.commitStock(orders);
  expect(statements()).toBe(5 + 1);
  await catalog.commands.consumeStock(orders.map((each) => ({ ...each, shipmentId: newId() })));
  // begin, lock the holds, look for earlier shipments, lock the stock, move, commit
  expect(statements()).toBe(5 + 1 + 6);
  expect(await levels(sku)).toEqual({ main: [0, 0], north: [0, 0] });
});
