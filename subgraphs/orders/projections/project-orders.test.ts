import { hash } from 'node:crypto';
import { ANONYMOUS } from '@waybill/kernel/identity.js';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTestOrders, type TestOrders } from '../testing/orders.js';
import { confirm, shipWhole } from '../testing/steps.js';

let orders: TestOrders;
beforeAll(async () => {
  orders = await openTestOrders();
});
afterAll(() => orders.close());
beforeEach(() => orders.project());

const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  orders
    .as(ANONYMOUS)
    .db.query<Row & Record<string, unknown>>(`test.${hash('md5', text)}`, text, values);
const project = (limit = 1000) => orders.commands.projectOrders({ limit });
const unprojected = async (orderId: string) => {
  const rows = await sql<{ type: string }>(
    'select type from unprojected where order_id = $1 order by position',
    [orderId],
  );
  return rows.map(({ type }) => type);
};
const isFound = async (orderId: string) =>
  (await sql('select from terms_of_orders where order_id = $1', [orderId])).length === 1;

it('is told of the events that somebody wants, and of no others', async () => {
  const { id } = await confirm(orders, await orders.place());
  await shipWhole(orders, id);
  expect(await unprojected(id)).toEqual(['placed', 'confirmed', 'shipment_requested']);
  expect(await project()).toEqual({ projected: 3, setAside: 0 });
  expect(await unprojected(id)).toEqual([]);
});

it('works off as many as it is asked to, the oldest first', async () => {
  const [first, second] = [await orders.place(), await orders.place()];
  expect(await project(1)).toEqual({ projected: 1, setAside: 0 });
  expect([await isFound(first.id), await isFound(second.id)]).toEqual([true, false]);
});

it('tells each event once, however many work at the same time', async () => {
  const placed = await Promise.all(Array.from({ length: 20 }, () => orders.place()));
  const results = await Promise.all(Array.from({ length: 5 }, () => project()));
  expect(results.reduce((sum, { projected }) => sum + projected, 0)).toBe(placed.length);
});

it('sets aside an order that fails, tells why, and goes on with the others', async () => {
  const [bad, good] = [await confirm(orders, await orders.place()), await orders.place()];
  await sql(`create function spoil() returns trigger language plpgsql as
    $$ begin if new.order_id = '${bad.id}' then raise 'spoilt'; end if; return new; end $$`);
  await sql(
    'create trigger spoil before insert on order_terms for each row execute function spoil()',
  );
  expect(await project()).toEqual({ projected: 1, setAside: 2 });
  expect(await isFound(good.id)).toBe(true);
  const [{ error, attempts } = {}] = await sql<{ error: string; attempts: number }>(
    'select error, attempts from set_aside_orders where retry_at > now()',
  );
  expect([error, attempts]).toEqual(['error: spoilt', 1]);

  const { behindSeconds, setAside } = await orders.commands.describeProjections({});
  expect(setAside).toBe(1);
  expect(behindSeconds).toBeGreaterThan(0);

  // What happens to it later waits, too.
  await shipWhole(orders, bad.id);
  expect(await project()).toEqual({ projected: 0, setAside: 0 });
  const due = 'update set_aside_orders set retry_at = now()';
  await sql(due);
  expect(await project()).toEqual({ projected: 0, setAside: 3 });
  await sql('drop function spoil cascade');
  await sql(due);
  expect(await project()).toEqual({ projected: 3, setAside: 0 });
  expect(await isFound(bad.id)).toBe(true);
  expect(await orders.commands.describeProjections({})).toEqual({ behindSeconds: 0, setAside: 0 });
});
