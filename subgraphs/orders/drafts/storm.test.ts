import { ANONYMOUS } from '@waybill/kernel/identity.js';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { guestDraft, placing, type Shopper, shopper } from '../testing/drafts.js';
import { customer, openTestOrders, type Person, type TestOrders } from '../testing/orders.js';

/** Two processes on one database, in which people and guests do all sorts of things to the same drafts at once. */
let systems: [TestOrders, TestOrders];
beforeAll(async () => {
  const one = await openTestOrders();
  systems = [one, await openTestOrders(one.url)];
});
afterAll(() => Promise.all(systems.map((system) => system.close())));

interface Scene {
  system: TestOrders;
  mine: Shopper;
  guest: Shopper;
  token: string;
}

const lines = (sku: string, quantity: number) => ({ lines: [{ sku, quantity }] });

const DEEDS: Record<string, (scene: Scene) => Promise<unknown>> = {
  add: ({ mine }) => mine.addDraftLines(lines('A', 1)),
  set: ({ mine }) => mine.setDraftLines({ ...lines('B', 3), replaceAll: true }),
  pay: ({ mine }) => mine.updateDraft({ paymentMethod: 'pm_card_approve' }),
  place: ({ mine }) => mine.placeDraft(placing()),
  discard: ({ mine }) => mine.discardDraft(),
  merge: ({ mine, token }) => mine.mergeDraft({ token }),
  guestAdds: ({ guest, token }) => guest.addDraftLines({ token, ...lines('A', 1) }),
  guestPlaces: ({ guest, token }) => guest.placeDraft(placing({ token })),
  guestDiscards: ({ guest, token }) => guest.discardDraft({ token }),
  expire: ({ system }) => system.commands.expireDrafts({ ttlSeconds: 0, limit: 2 }),
};

const deed = fc.record({
  name: fc.constantFrom(...Object.keys(DEEDS)),
  person: fc.nat(1),
  guest: fc.nat(1),
  process: fc.nat(1),
});

/** Everything that does not hold of the drafts of this database. */
async function faults(people: Person[]): Promise<unknown[]> {
  const { db } = systems[0].as(ANONYMOUS);
  return db.query(
    'test.faults',
    `select o.id, o.status, 'history' as fault from orders o
     where o.seq <> (select count(*) from order_events where order_id = o.id)
       or o.status <> (select to_status from order_events where order_id = o.id order by seq desc limit 1)
     union all
     select o.id, o.status, 'total' from orders o
     where o.total <> (select coalesce(sum(quantity * unit_price), 0) from order_lines where order_id = o.id)
     union all
     select o.id, o.status, 'open' from orders o
     where (o.status = 'DRAFT') <> exists (select from drafts where order_id = o.id)
     union all
     select o.id, o.status, 'placed' from orders o
     where (o.placed_at < 'infinity')
       <> exists (select from order_events where order_id = o.id and type = 'placed')
     union all
     select min(o.id::text)::uuid, 'DRAFT', 'carts' from orders o
     where o.status = 'DRAFT' and o.customer_id = any($1) group by o.customer_id having count(*) > 1
     union all
     select o.id, o.status, 'token' from orders o join guest_tokens t on t.order_id = o.id
     where (t.merged_into is not null) <> (o.customer_id is not null or o.reason = 'MERGED')`,
    [people.map(({ userId }) => userId)],
  );
}

it('keeps drafts whole, whoever does what at the same moment', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 8, maxLength: 24 }), async (deeds) => {
      const [one, other] = systems;
      const people = [customer(), customer()];
      for (const system of systems) for (const { userId } of people) system.people.add(userId);
      const guests = await Promise.all([guestDraft(one), guestDraft(other)]);
      await Promise.all(
        deeds.map(({ name, person, guest, process }) => {
          const system = systems[process] as TestOrders;
          return DEEDS[name]?.({
            system,
            mine: shopper(system, people[person]),
            guest: shopper(system),
            token: guests[guest]?.token ?? '',
          });
        }),
      );
      expect(await faults(people)).toEqual([]);
    }),
    { numRuns: 10, interruptAfterTimeLimit: 30_000, markInterruptAsFailure: false },
  );
}, 60_000);
