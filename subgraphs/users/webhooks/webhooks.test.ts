import type { Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { partnerIds } from '../partners/partner.js';
import { storefrontIds } from '../storefronts.js';
import { changePartner } from '../testing/partners.js';
import { errorCode, openUsers, type TestUsers } from '../testing/users.js';
import { MAX_WEBHOOKS } from './create-webhook.js';

// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever a mutation answers
type Payload = Record<string, any>;

const WEBHOOK = 'webhook { id url events enabled } userErrors { code field }';
const INPUTS = {
  createWebhook: ['CreateWebhookInput', `secret ${WEBHOOK}`],
  updateWebhook: ['UpdateWebhookInput', WEBHOOK],
  rotateWebhookSecret: ['RotateWebhookSecretInput', `secret ${WEBHOOK}`],
  deleteWebhook: ['DeleteWebhookInput', WEBHOOK],
  redeliverWebhook: ['RedeliverWebhookInput', 'delivery { id state } userErrors { code field }'],
} as const;
type Mutation = keyof typeof INPUTS;

const URL = 'https://acme.example/hook';
const INPUT = { url: URL, events: ['ORDER_PLACED', 'ORDER_SHIPPED'] };

let users: TestUsers;
let admin: Identity;
let acme: Identity & { kind: 'partner' };

beforeEach(async () => {
  users = await openUsers();
  admin = await users.person('kim', 'ADMIN');
  acme = await partner('Acme');
});

async function partner(
  name: string,
  scopes = ['READ', 'WRITE'],
): Promise<Identity & { kind: 'partner' }> {
  const created = await changePartner(users, 'createPartner', admin, { name });
  const partnerId = partnerIds.decode(created.partner.id) ?? '';
  return { kind: 'partner', partnerId, keyId: newId(), scopes };
}

async function change(
  mutation: Mutation,
  as: Identity | undefined,
  input: object,
): Promise<Payload> {
  const [type, fields] = INPUTS[mutation];
  const source = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} } }`;
  const answer = await users.run(source, as, { input });
  return answer[mutation] ?? answer;
}

async function webhooksOf(as: Identity, id?: string): Promise<Payload[]> {
  const source = `query ($id: ID) { partner(id: $id) { webhooks { id url enabled deliveries { edges { node {
    id event state attempts lastStatus lastError } } } } } }`;
  return (await users.run(source, as, { id })).partner?.webhooks;
}

const FORBIDDEN = [{ code: 'FORBIDDEN' }];
const NOT_FOUND = { userErrors: [{ code: 'NOT_FOUND', field: ['webhookId'] }] };

describe('webhooks', () => {
  it('are made by the partner or by administrators, and shown with their secret once', async () => {
    const input = { ...INPUT, idempotencyKey: newId() };
    const { webhook, secret, userErrors } = await change('createWebhook', acme, input);
    expect(userErrors).toEqual([]);
    expect(webhook).toEqual({ ...{ id: webhook.id, enabled: true }, ...INPUT });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
    expect(await change('createWebhook', acme, input)).toEqual({
      ...{ webhook, secret: null, userErrors: [] },
    });
    const partnerId = partnerIds.encode(acme.partnerId);
    expect(await change('createWebhook', admin, { ...INPUT, partnerId })).toMatchObject({
      secret: expect.any(String),
    });
    expect(await webhooksOf(acme)).toHaveLength(2);
    const [kept] = await users.sql<{ text: string }>(
      "select string_agg(k::text, ' ') as text from idempotency_keys k",
    );
    expect(kept?.text).not.toContain('whsec_');
  });

  it('of another partner look like none, and keys that only read change none', async () => {
    const { webhook } = await change('createWebhook', acme, INPUT);
    const globex = await partner('Globex');
    const input = { webhookId: webhook.id };
    const theirs = { ...INPUT, partnerId: partnerIds.encode(acme.partnerId) };
    const changes = ['updateWebhook', 'rotateWebhookSecret', 'deleteWebhook'] as const;
    for (const mutation of changes)
      expect(await change(mutation, globex, input)).toMatchObject(NOT_FOUND);
    expect(await change('createWebhook', globex, theirs)).toMatchObject({
      ...{ webhook: null, userErrors: [{ code: 'NOT_FOUND', field: ['partnerId'] }] },
    });
    for (const stranger of [{ ...acme, scopes: ['READ'] }, await users.person('ada')]) {
      for (const mutation of changes)
        expect((await change(mutation, stranger, input)).userErrors).toMatchObject(FORBIDDEN);
      expect((await change('createWebhook', stranger, theirs)).userErrors).toMatchObject(FORBIDDEN);
    }
    expect(await webhooksOf(globex, partnerIds.encode(acme.partnerId))).toBeUndefined();
    expect(await webhooksOf(acme)).toMatchObject([{ id: webhook.id, url: URL, enabled: true }]);
    expect(errorCode(await change('createWebhook', undefined, INPUT))).toBe('UNAUTHENTICATED');
  });

  it.each([
    ['nonsense', 'nonsense'],
    ['another protocol', 'ftp://acme.example/'],
    ['no TLS', 'http://acme.example/'],
    ['a password', 'https://me:secret@acme.example/'],
    ['too many characters', `https://acme.example/${'a'.repeat(2000)}`],
  ])('are refused an address with %s', async (_what, url) => {
    const { webhook, secret, userErrors } = await change('createWebhook', acme, { ...INPUT, url });
    expect({ webhook, secret, userErrors }).toEqual({
      ...{ webhook: null, secret: null, userErrors: [{ code: 'INVALID_URL', field: ['url'] }] },
    });
  });

  it('are told of something, and are not without number', async () => {
    const none = await change('createWebhook', acme, { ...INPUT, events: [] });
    expect(none.userErrors).toEqual([{ code: 'NO_EVENTS', field: ['events'] }]);
    const many = await Promise.all(
      Array.from({ length: MAX_WEBHOOKS + 3 }, () => change('createWebhook', acme, INPUT)),
    );
    expect(many.filter(({ webhook }) => webhook)).toHaveLength(MAX_WEBHOOKS);
    expect(many.flatMap(({ userErrors }) => userErrors)).toEqual(
      Array(3).fill({ code: 'TOO_MANY_WEBHOOKS', field: ['partnerId'] }),
    );
  });

  it('can be changed, switched off and deleted, and all of it is on record', async () => {
    const { webhook } = await change('createWebhook', acme, INPUT);
    const webhookId = webhook.id;
    const url = 'https://acme.example/other';
    const moved = await change('updateWebhook', acme, { webhookId, url, enabled: false });
    expect(moved.webhook).toEqual({ ...webhook, url, enabled: false });
    const { secret } = await change('rotateWebhookSecret', acme, { webhookId });
    expect(secret).toMatch(/^whsec_/);
    expect((await change('deleteWebhook', acme, { webhookId })).webhook).toEqual(moved.webhook);
    expect(await change('deleteWebhook', acme, { webhookId })).toMatchObject(NOT_FOUND);
    const { auditLog } = await users.run(
      '{ auditLog(first: 4) { edges { node { action actor subject } } } }',
      admin,
    );
    const by = { actor: `partner:${acme.partnerId}`, subject: webhookId };
    expect(auditLog.edges.map(({ node }: Payload) => node)).toEqual([
      { action: 'WEBHOOK_DELETED', ...by },
      { action: 'WEBHOOK_SECRET_ROTATED', ...by },
      { action: 'WEBHOOK_UPDATED', ...by },
      { action: 'WEBHOOK_CREATED', ...by },
    ]);
  });
});

describe('the webhook of a storefront', () => {
  const MAIN = storefrontIds.encode(MAIN_STOREFRONT_ID);
  const seen = async (as: Identity) => {
    const source = `query ($all: [_Any!]!) {
      _entities(representations: $all) { ... on Storefront { webhooks { id url } } } }`;
    const all = [{ __typename: 'Storefront', id: MAIN }];
    return (await users.run(source, as, { all }))._entities[0].webhooks;
  };

  it('is made, seen and changed by staff who work for it, and by nobody else', async () => {
    const { webhook, secret } = await change('createWebhook', admin, {
      ...INPUT,
      storefrontId: MAIN,
    });
    expect(secret).toMatch(/^whsec_/);
    const here: Identity = {
      ...(await users.person('lee', 'STAFF')),
      realms: [MAIN_STOREFRONT_ID],
    };
    const elsewhere: Identity = { ...(await users.person('ash', 'STAFF')), realms: [newId()] };
    expect(await seen(admin)).toEqual([{ id: webhook.id, url: URL }]);
    expect(await seen(here)).toHaveLength(1);
    expect(await seen(elsewhere)).toBeNull();
    const webhookId = webhook.id;
    for (const other of [elsewhere, acme]) {
      expect(await change('updateWebhook', other, { webhookId, enabled: false })).toMatchObject({
        userErrors: [{ code: 'NOT_FOUND' }],
      });
      expect(await change('createWebhook', other, { ...INPUT, storefrontId: MAIN })).toMatchObject({
        webhook: null,
        userErrors: [{ code: 'UNKNOWN_STOREFRONT' }],
      });
    }
    const off = await change('updateWebhook', here, { webhookId, enabled: false });
    expect(off).toMatchObject({ webhook: { enabled: false }, userErrors: [] });
  });

  it('is one of at most so many, and nobody else’s at the same time', async () => {
    const both = { ...INPUT, storefrontId: MAIN, partnerId: partnerIds.encode(acme.partnerId) };
    expect(await change('createWebhook', admin, both)).toMatchObject({
      userErrors: [{ code: 'UNKNOWN_STOREFRONT' }],
    });
    const answers = await Promise.all(
      Array.from({ length: MAX_WEBHOOKS + 1 }, () =>
        change('createWebhook', admin, { ...INPUT, storefrontId: MAIN }),
      ),
    );
    const refused = answers.filter(({ webhook }) => !webhook);
    expect(refused).toMatchObject([
      { userErrors: [{ code: 'TOO_MANY_WEBHOOKS', field: ['storefrontId'] }] },
    ]);
  });
});

describe('messages', () => {
  const news = () => ({
    ...{ partnerId: acme.partnerId, eventId: newId(), orderId: newId() },
    ...{ storefrontId: MAIN_STOREFRONT_ID, tellsStorefront: false },
    ...{ type: 'order.shipped', at: '2026-11-21T15:04:05.678Z', data: { seq: 9 } },
  });

  type News = Omit<ReturnType<typeof news>, 'partnerId'> & { partnerId: string | null };

  async function queue(...inputs: News[]): Promise<string[]> {
    const answers = await users.subgraph.commands.queueDeliveries(inputs);
    return answers.flatMap((answer) => {
      if (answer instanceof Error) throw answer;
      return answer.deliveryIds;
    });
  }

  async function due(deliveryId = ''): Promise<Payload | null> {
    const [found] = await users.subgraph.commands.findDelivery([{ deliveryId }]);
    return found as Payload | null;
  }

  async function record(deliveryId: string | undefined, status: number | null, isLast = false) {
    const attempt = { deliveryId: deliveryId ?? '', status, error: null, isLast };
    const [answer] = await users.subgraph.commands.recordDelivery([attempt]);
    return (answer as { state: string | null }).state;
  }

  it('are sent of storefronts only that the partner sells for', async () => {
    await change('createWebhook', acme, { ...INPUT, events: ['ORDER_SHIPPED'] });
    expect(await queue(news())).not.toEqual([]);
    await users.sql(`update partners set storefront_ids = '{${newId()}}'`);
    expect(await queue(news())).toEqual([]);
    await users.sql('update partners set storefront_ids = null');
  });

  it('go once to each webhook that wants them', async () => {
    const { secret } = await change('createWebhook', acme, INPUT);
    await change('createWebhook', acme, { ...INPUT, events: ['ORDER_PLACED'] });
    const { webhook: off } = await change('createWebhook', acme, INPUT);
    await change('updateWebhook', acme, { webhookId: off.id, enabled: false });
    const shipped = news();
    const [[id], again] = [await queue(shipped, shipped), await queue(shipped)];
    expect(again).toEqual([id]);
    const body = '{"type":"order.shipped","timestamp":"2026-11-21T15:04:05.678Z","data":{"seq":9}}';
    expect(await due(id)).toEqual({ deliveryId: id, url: URL, body, secrets: [secret] });
    expect(await queue({ ...news(), partnerId: (await partner('Globex')).partnerId })).toEqual([]);
  });

  it('go to the webhooks of a storefront where its workflow says so, whoever placed the order', async () => {
    const storefrontId = storefrontIds.encode(MAIN_STOREFRONT_ID);
    await change('createWebhook', admin, { ...INPUT, storefrontId });
    const ofNobody = () => ({ ...news(), partnerId: null });
    expect(await queue(ofNobody(), news())).toEqual([]);
    const told = { ...ofNobody(), tellsStorefront: true };
    const [[id], again] = [await queue(told), await queue(told)];
    expect(again).toEqual([id]);
    expect(await due(id)).toMatchObject({ url: URL });
    expect(await queue({ ...told, eventId: newId(), storefrontId: newId() })).toEqual([]);
  });

  it('are signed with both secrets while one takes the place of the other', async () => {
    const { webhook, secret } = await change('createWebhook', acme, INPUT);
    const [id] = await queue(news());
    const rotated = await change('rotateWebhookSecret', acme, { webhookId: webhook.id });
    expect((await due(id))?.secrets).toEqual([rotated.secret, secret]);
    await users.sql(`update webhooks set former_secret_until = now() - interval '1 second'`);
    expect((await due(id))?.secrets).toEqual([rotated.secret]);
  });

  it('are settled by an answer of 200 to 299, by the last attempt, and by 410', async () => {
    await change('createWebhook', acme, INPUT);
    const [[good], [tried], [gone]] = [
      await queue(news()),
      await queue(news()),
      await queue(news()),
    ];
    expect(await record(good, 500)).toBe('PENDING');
    expect(await record(good, 204)).toBe('DELIVERED');
    expect(await record(good, 204)).toBeNull();
    expect(await due(good)).toBeNull();
    expect(await record(tried, null)).toBe('PENDING');
    expect(await record(tried, 503, true)).toBe('FAILED');
    expect(await record(gone, 410)).toBe('FAILED');
    const [webhook] = await webhooksOf(acme);
    expect(webhook?.enabled).toBe(false);
    expect(webhook?.deliveries.edges.map(({ node }: Payload) => node)).toMatchObject([
      { event: 'ORDER_SHIPPED', state: 'FAILED', attempts: 1, lastStatus: 410 },
      { state: 'FAILED', attempts: 2, lastStatus: 503 },
      { state: 'DELIVERED', attempts: 2, lastStatus: 204 },
    ]);
    expect(await queue(news())).toEqual([]);
  });

  it('that wait are found, and those that were settled long ago are forgotten', async () => {
    await change('createWebhook', acme, INPUT);
    const [[waiting], [done]] = [await queue(news()), await queue(news())];
    await record(done, 200);
    await users.sql(`update webhook_deliveries set moved_at = now() - interval '31 days'`);
    const [found] = await users.subgraph.commands.findPendingDeliveries([
      { olderThanSeconds: 10, limit: 10 },
    ]);
    expect(found).toMatchObject({ events: [{ id: waiting, type: 'webhook.queued' }] });
    await users.subgraph.commands.forgetExpired([{ limit: 10 }]);
    expect(await users.sql('select id from webhook_deliveries')).toEqual([{ id: waiting }]);
  });

  it('can be sent again by their partner alone', async () => {
    await change('createWebhook', acme, INPUT);
    const [id] = await queue(news());
    await record(id, 200);
    const [webhook] = await webhooksOf(acme);
    const deliveryId = webhook?.deliveries.edges[0].node.id;
    const stranger = await change('redeliverWebhook', await partner('Globex'), { deliveryId });
    expect(stranger.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['deliveryId'] }]);
    expect(await due(id)).toBeNull();
    const { delivery } = await change('redeliverWebhook', acme, { deliveryId });
    expect(delivery).toEqual({ id: deliveryId, state: 'PENDING' });
    expect(await due(id)).toMatchObject({ deliveryId: id });
  });
});
