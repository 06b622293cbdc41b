import { randomUUID } from 'node:crypto';
import { DEMO_PEOPLE } from '@waybill/deploy/seed.js';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, client } from '../../support/client.js';
import { placed } from '../../support/orders.js';
import { CUSTOMER_PASSWORD, type Customer, logIn, type Shop } from '../../support/shop.js';
import type { InBoth } from '../in-both-topologies.js';

const ME = '{ me { id } }';
const USERS = '{ users(first: 1) { edges { node { id } } } }';
const UPDATES = `subscription ($id: ID!) {
  orderUpdates(orderId: $id) { seq order { needsAttention } data }
}`;
const FEED = 'subscription { orderFeed { type } }';

const code = (name: string) => [{ extensions: { code: name } }];

export const changedAccess = ({ shop: shopOf }: InBoth) =>
  describe('access that changes while tokens are about', () => {
    let shop: Shop;
    let admin: Client;
    let sku: string;
    beforeAll(async () => {
      shop = shopOf();
      admin = client(shop.url, await logIn(shop.nobody, DEMO_PEOPLE.admin));
      sku = await shop.product();
    });

    const assign = (user: Customer, roles: string[], more: object = {}) =>
      admin.ask(
        'mutation ($input: AssignRolesInput!) { assignRoles(input: $input) { userErrors { code } } }',
        { input: { userId: user.id, roles, ...more } },
      );
    const order = (buyer: Client) => placed(buyer, { lines: [{ sku, quantity: 1 }] });
    const cancel = (orderId: string) =>
      shop.staff.ask(
        'mutation ($id: ID!) { cancelOrder(input: { orderId: $id }) { userErrors { code } } }',
        { id: orderId },
      );
    const errors = async (who: Client, query: string) => (await who.answer(query)).errors ?? [];

    it('a role that is given counts for the token that is in use, and so does its loss', async () => {
      const kim = await shop.customer();
      expect(await errors(kim, USERS)).toMatchObject(code('FORBIDDEN'));
      await assign(kim, ['STAFF']);
      expect(await errors(kim, USERS)).toEqual([]);
      await assign(kim, ['CUSTOMER']);
      expect(await errors(kim, USERS)).toMatchObject(code('FORBIDDEN'));
    });

    it('who is staff no more gets no further event of what is for staff', async () => {
      const kim = await shop.customer();
      await assign(kim, ['STAFF']);
      expect(await errors(kim, USERS)).toEqual([]);
      const feed = await kim.subscribe<{ orderFeed: { type: string } }>(FEED);
      await order(await shop.customer());
      await feed.next();
      await assign(kim, ['CUSTOMER']);
      expect(await errors(kim, USERS)).toMatchObject(code('FORBIDDEN'));
      await order(await shop.customer());
      const ended = await feedEnd(feed);
      expect(ended).toMatchObject(code('UNAUTHENTICATED'));
      await feed.close();
      const again = await kim.subscribe(FEED);
      expect((await again.message())?.errors).toMatchObject(code('FORBIDDEN'));
      await again.close();
    });

    it('who works for other storefronts sees no more of this one, nor hears of it', async () => {
      const { createStorefront } = await admin.ask<Created>(CREATE_STOREFRONT, {
        input: { code: randomUUID(), name: 'Blue', currency: 'GBP', locale: 'en' },
      });
      const kim = await shop.customer();
      await assign(kim, ['STAFF']);
      const id = await order(await shop.customer());
      const see = () => kim.ask('query ($id: ID!) { order(id: $id) { id } }', { id });
      expect(await see()).toEqual({ order: { id } });
      const watched = await kim.subscribe<{ orderUpdates: object }>(UPDATES, { id });
      const feed = await kim.subscribe<{ orderFeed: { orderId: string } }>(
        'subscription { orderFeed { orderId } }',
      );
      await watched.next();

      const blue = createStorefront.storefront.id;
      await assign(kim, ['STAFF'], { storefrontIds: [blue] });
      expect(await see()).toEqual({ order: null });
      await cancel(id);
      expect(await feedEnd(watched)).toMatchObject(code('NOT_FOUND'));
      // A live stream cannot be resumed as somebody else: it ends in place of its next event.
      expect(await feedEnd(feed)).toMatchObject(code('UNAUTHENTICATED'));
      await Promise.all([watched.close(), feed.close()]);
      await assign(kim, ['STAFF'], { storefrontIds: null });
      expect(await see()).toEqual({ order: { id } });
    });

    it('an order that is watched is told of as its watcher may see it by then, without a gap', async () => {
      const kim = await shop.customer();
      const id = await order(kim);
      type Event = { orderUpdates: { seq: number; data: unknown } };
      const updates = await kim.subscribe<Event>(UPDATES, { id });
      const seen = [(await updates.next()).orderUpdates];
      expect(seen[0]).toMatchObject({ seq: 1, data: null });
      await assign(kim, ['STAFF']);
      expect(await errors(kim, USERS)).toEqual([]);
      await cancel(id);
      while (!seen.at(-1)?.data) seen.push((await updates.next()).orderUpdates);
      expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, i) => i + 1));
      await updates.close();
    });

    it('a session that was ended is over for requests, and for subscriptions with the next event', async () => {
      const kim = await shop.customer();
      const other = client(
        shop.url,
        await logIn(shop.nobody, { email: kim.email, password: CUSTOMER_PASSWORD }),
      );
      const id = await order(kim);
      const [ending, going] = [
        await kim.subscribe<{ orderUpdates: { seq: number } }>(UPDATES, { id }),
        await other.subscribe<{ orderUpdates: { seq: number } }>(UPDATES, { id }),
      ];
      await Promise.all([ending.next(), going.next()]);
      await kim.ask('mutation { logOut(input: {}) { userErrors { code } } }');
      expect(await errors(kim, ME)).toMatchObject(code('UNAUTHENTICATED'));
      expect(await errors(other, ME)).toEqual([]);
      await cancel(id);
      expect(await feedEnd(ending)).toMatchObject(code('UNAUTHENTICATED'));
      await going.until(({ orderUpdates: { seq } }) => seq > 2);
      await Promise.all([ending.close(), going.close()]);
    });

    it('what another process has changed is heard of at once', async () => {
      const kim = await shop.customer();
      expect(await errors(kim, ME)).toEqual([]);
      const database = new pg.Client(shop.databaseUrls.users);
      await database.connect();
      await database.query(RECORD, [{ kind: 'USER_CLOSED', userId: kim.id.replace('User_', '') }]);
      await database.end();
      // Sooner than what was not heard of would be looked for.
      const heard = expect.poll(() => errors(kim, ME), { timeout: 3_000, interval: 20 });
      await heard.toMatchObject(code('UNAUTHENTICATED'));
    });
  });

interface Created {
  createStorefront: { storefront: { id: string } };
}

const CREATE_STOREFRONT = `mutation ($input: CreateStorefrontInput!) {
  createStorefront(input: $input) { storefront { id } userErrors { code } } }`;

/** As another process of the users subgraph records a change. */
const RECORD = `
  with recorded as (insert into access_changes (change) values ($1::jsonb) returning seq, change)
  select pg_notify('access_changes', json_build_object('seq', seq, 'change', change)::text) from recorded`;

/** The errors with which a subscription ends. */
async function feedEnd(subscription: {
  message(): Promise<{ errors?: readonly unknown[] } | undefined>;
}): Promise<readonly unknown[] | undefined> {
  for (;;) {
    const message = await subscription.message();
    if (!message || message.errors) return message?.errors;
  }
}
