import { localCommands } from '@waybill/kernel/commands.js';
import { newId } from '@waybill/kernel/ids.js';
import type { Commands } from '@waybill/schema/commands.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements, openTestCatalog, type TestCatalog } from '../testing/catalog.js';

const RESERVED = expect.objectContaining({ outcome: 'RESERVED' });
const NOT_HELD = { outcome: 'NOT_HELD' };

let catalog: TestCatalog;
let neighbour: TestCatalog;

beforeAll(async () => {
  catalog = await openTestCatalog();
  neighbour = await openTestCatalog(catalog.url);
});
afterAll(() => Promise.all([catalog.close(), neighbour.close()]));

async function reserve(sku: string, quantity: number, ttlSeconds = 900) {
  const input = { orderId: newId(), items: [{ sku, quantity }], ttlSeconds };
  const [answer] = await catalog.commands.reserveStock([input]);
  return { orderId: input.orderId, answer };
}

function addition(orderId: string, sku: string, quantity: number) {
  return { orderId, additionId: newId(), items: [{ sku, quantity }] };
}

describe('addToHold', () => {
  it('holds more of the same and of others, with the expiry of the rest', async () => {
    await catalog.stock('A', 5);
    await catalog.stock('B', 5);
    const { orderId, answer } = await reserve('A', 1);
    const items = [...addition(orderId, 'A', 2).items, ...addition(orderId, 'B', 3).items];
    const input = { orderId, additionId: newId(), items };
    expect(await catalog.commands.addToHold([input])).toEqual([answer]);
    expect(await catalog.counts('A')).toEqual({ onHand: 5, reserved: 3 });
    expect(await catalog.counts('B')).toEqual({ onHand: 5, reserved: 3 });
    expect(await catalog.held(orderId)).toEqual([
      { sku: 'A', quantity: 3, consumed: 0, released: 0 },
      { sku: 'B', quantity: 3, consumed: 0, released: 0 },
    ]);
    expect(await catalog.holdState(orderId)).toBe('HELD');
  });

  it('adds to a committed hold, whose new units can be shipped', async () => {
    await catalog.stock('COMMITTED', 5);
    const { orderId } = await reserve('COMMITTED', 1);
    await catalog.commands.commitStock([{ orderId }]);
    await catalog.commands.addToHold([addition(orderId, 'COMMITTED', 2)]);
    const items = [{ sku: 'COMMITTED', quantity: 3 }];
    const shipment = { orderId, shipmentId: newId(), items };
    expect(await catalog.commands.consumeStock([shipment])).toEqual([{ outcome: 'CONSUMED' }]);
    expect(await catalog.counts('COMMITTED')).toEqual({ onHand: 2, reserved: 0 });
  });

  it('adds once per id', async () => {
    await catalog.stock('ONCE', 9);
    const { orderId } = await reserve('ONCE', 1);
    const input = addition(orderId, 'ONCE', 2);
    expect(await catalog.commands.addToHold([input, input])).toEqual([RESERVED, RESERVED]);
    expect(await neighbour.commands.addToHold([input])).toEqual([RESERVED]);
    expect(await catalog.counts('ONCE')).toEqual({ onHand: 9, reserved: 3 });
  });

  it('lets additions of one order in one batch add up', async () => {
    await catalog.stock('SUM', 4);
    const { orderId } = await reserve('SUM', 1);
    const inputs = [2, 2, 1].map((quantity) => addition(orderId, 'SUM', quantity));
    const shortages = [{ sku: 'SUM', requested: 2, available: 1 }];
    expect(await catalog.commands.addToHold(inputs)).toEqual([
      RESERVED,
      { outcome: 'SHORT', shortages },
      RESERVED,
    ]);
    expect(await catalog.counts('SUM')).toEqual({ onHand: 4, reserved: 4 });
  });

  it('adds all or nothing, and keeps a refusal even when stock has come in since', async () => {
    await catalog.stock('X', 2);
    await catalog.stock('Y', 2);
    const { orderId } = await reserve('X', 1);
    const items = [...addition(orderId, 'X', 1).items, ...addition(orderId, 'Y', 3).items];
    const short = { orderId, additionId: newId(), items };
    const unknown = addition(orderId, 'NONE', 1);
    const refusals = [
      { outcome: 'SHORT', shortages: [{ sku: 'Y', requested: 3, available: 2 }] },
      { outcome: 'NOT_SELLABLE', skus: ['NONE'] },
    ];
    expect(await catalog.commands.addToHold([short, unknown])).toEqual(refusals);
    await catalog.commands.restock([
      { restockId: newId(), orderId: newId(), items: [{ sku: 'Y', quantity: 9 }] },
    ]);
    expect(await catalog.commands.addToHold([short, unknown])).toEqual(refusals);
    expect(await catalog.counts('X')).toEqual({ onHand: 2, reserved: 1 });
    expect(await catalog.counts('Y')).toEqual({ onHand: 11, reserved: 0 });
  });

  it('adds nothing to a hold that is unknown, has ended or is overdue', async () => {
    await catalog.stock('ENDED', 9);
    const { orderId: released } = await reserve('ENDED', 1);
    const { orderId: overdue } = await reserve('ENDED', 1, 0);
    const before = addition(released, 'ENDED', 1);
    expect(await catalog.commands.addToHold([before])).toEqual([RESERVED]);
    await catalog.commands.releaseStock([{ orderId: released }]);
    const asked = [released, overdue, newId()].map((orderId) => addition(orderId, 'ENDED', 1));
    expect(await catalog.commands.addToHold([...asked, before])).toEqual([
      NOT_HELD,
      NOT_HELD,
      NOT_HELD,
      NOT_HELD,
    ]);
    expect(await catalog.counts('ENDED')).toEqual({ onHand: 9, reserved: 1 });
  });

  it('fails an addition with an impossible quantity and no other', async () => {
    await catalog.stock('SANE', 9);
    const { orderId } = await reserve('SANE', 1);
    const { addToHold } = localCommands<Commands['catalog']>(catalog.commands);
    const [bad, good] = await Promise.allSettled([
      addToHold(addition(orderId, 'SANE', -1)),
      addToHold(addition(orderId, 'SANE', 1)),
    ]);
    expect(bad.status).toBe('rejected');
    expect(good).toMatchObject({ status: 'fulfilled', value: { outcome: 'RESERVED' } });
    expect(await catalog.counts('SANE')).toEqual({ onHand: 9, reserved: 2 });
  });

  it('sells the last units once to orders of two processes', async () => {
    await catalog.stock('RARE', 50);
    const orders = await Promise.all(Array.from({ length: 40 }, () => reserve('RARE', 1)));
    const inputs = orders.map(({ orderId }) => addition(orderId, 'RARE', 1));
    const [here, there] = await Promise.all([
      catalog.commands.addToHold(inputs),
      neighbour.commands.addToHold(inputs.toReversed()),
    ]);
    expect(there.toReversed()).toEqual(here);
    expect(here.filter((each) => 'outcome' in each && each.outcome === 'RESERVED')).toHaveLength(
      10,
    );
    expect(await catalog.counts('RARE')).toEqual({ onHand: 50, reserved: 50 });
  });

  it('leaves nothing held when it races with the release of the whole', async () => {
    await catalog.stock('RACE', 500);
    const orders = await Promise.all(Array.from({ length: 30 }, () => reserve('RACE', 1)));
    await Promise.all(
      orders.flatMap(({ orderId }) => [
        catalog.commands.addToHold([addition(orderId, 'RACE', 2)]),
        neighbour.commands.releaseStock([{ orderId }]),
      ]),
    );
    expect(await catalog.counts('RACE')).toEqual({ onHand: 500, reserved: 0 });
  });

  it('takes as many statements for 64 orders as for one', async () => {
    await catalog.stock('MANY', 500);
    const orders = await Promise.all(Array.from({ length: 64 }, () => reserve('MANY', 1)));
    const statements = countStatements();
    await catalog.commands.addToHold(orders.map(({ orderId }) => addition(orderId, 'MANY', 1)));
    // begin, lock holds, earlier additions, lock products, add, commit
    expect(statements()).toBe(6);
    expect(await catalog.counts('MANY')).toEqual({ onHand: 500, reserved: 128 });
  });
});
