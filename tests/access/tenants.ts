import { ANONYMOUS, type Identity } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { ordersAtWork } from '../support/orders-at-work.js';
import { type System, startSystem } from '../support/system.js';

const ADMIN: Identity = { kind: 'user', userId: newId(), roles: ['ADMIN'] };

export type Person = Identity & { kind: 'user' };

const REGISTER = `mutation ($input: RegisterInput!) {
  register(input: $input) { user { id } userErrors { code } } }`;
const ADDRESS = `mutation ($input: AddAddressInput!) {
  addAddress(input: $input) { address { id } userErrors { code } } }`;
const PARTNER = `mutation ($input: CreatePartnerInput!) {
  createPartner(input: $input) { partner { id } userErrors { code } } }`;
const KEY = `mutation ($input: CreateApiKeyInput!) {
  createApiKey(input: $input) { apiKey { id } userErrors { code } } }`;
const DRAFT = `mutation ($input: CreateDraftInput!) {
  createDraft(input: $input) { order { id } userErrors { code } } }`;
const QUOTE = `mutation ($input: CreateQuoteInput!) {
  createQuote(input: $input) { quote { id } userErrors { code } } }`;
const RETURN = `mutation ($input: RequestReturnInput!) {
  requestReturn(input: $input) { return { id } userErrors { code } } }`;
const PARTS = 'query ($id: ID!) { order(id: $id) { fulfillments { id } returns { id } } }';

const HOME = { name: 'Ada', line1: '1 High St', city: 'York', postalCode: 'YO1', country: 'GB' };

/** Somebody, a partner of theirs, and the ids of all that they have. */
export interface Tenant {
  person: Person;
  partner: Identity & { kind: 'partner' };
  ids: string[];
}

/** All four contexts with jobs, and a tenant with an order that has left, was refunded in part and is coming back. */
export async function startWithTenant(): Promise<{ system: System; tenant: Tenant }> {
  const system = await startSystem();
  const at = ordersAtWork(system);
  await system.startWorkers();
  const person = await register(system);
  const partner = await takeIn(system);
  const order = await at.place({ buyer: person, quantity: 3 });
  await at.reaches(order, 'CONFIRMED');
  await at.fulfill(order);
  await at.reaches(order, 'SHIPPED');
  await at.refund(order, 1, false);
  await at.reaches(order, { refund: 'PARTIALLY_REFUNDED', open: 0 });
  const lines = [{ lineNumber: 1, quantity: 1 }];
  await system.ask('orders', person, RETURN, { input: { orderId: order.gid, lines } });
  const input = { currency: 'GBP', lines: [{ sku: order.sku, quantity: 1 }] };
  type Draft = { createDraft: { order: { id: string } } };
  const { createDraft } = await system.ask<Draft>('orders', person, DRAFT, { input });
  type Quoted = { createQuote: { quote: { id: string } } };
  const { createQuote } = await system.ask<Quoted>('catalog', person, QUOTE, {
    input: { lines: input.lines },
  });
  type Address = { addAddress: { address: { id: string } } };
  const { addAddress } = await system.ask<Address>('users', person, ADDRESS, {
    input: HOME,
  });
  type Sessions = { sessions: Array<{ id: string }> };
  const { sessions } = await system.ask<Sessions>('users', person, '{ sessions { id } }');
  const ids = [
    ...(await idsOf(system, person, order.gid)),
    ...sessions.map(({ id }) => id),
    ...[createDraft.order.id, createQuote.quote.id],
    ...[addAddress.address.id, `User_${person.userId}`],
    ...[`Partner_${partner.partnerId}`, partner.keyId],
  ];
  // From here on nothing happens by itself.
  await system.restartQueues();
  return { system, tenant: { person, partner, ids } };
}

async function register(system: System): Promise<Person> {
  const input = { email: `${newId()}@example.com`, password: 'correct horse', name: 'Ada' };
  type Registered = { register: { user: { id: string } } };
  const { register } = await system.ask<Registered>('users', ANONYMOUS, REGISTER, { input });
  return { kind: 'user', userId: register.user.id.replace('User_', ''), roles: ['CUSTOMER'] };
}

async function takeIn(system: System): Promise<Tenant['partner']> {
  type Created = { createPartner: { partner: { id: string } } };
  const { createPartner } = await system.ask<Created>('users', ADMIN, PARTNER, {
    input: { name: 'Acme' },
  });
  const { id } = createPartner.partner;
  type Keyed = { createApiKey: { apiKey: { id: string } } };
  const { createApiKey } = await system.ask<Keyed>('users', ADMIN, KEY, {
    input: { partnerId: id, name: 'first', scopes: ['READ'] },
  });
  const partnerId = id.replace('Partner_', '');
  return { kind: 'partner', partnerId, keyId: createApiKey.apiKey.id, scopes: ['READ', 'WRITE'] };
}

async function idsOf(system: System, person: Person, id: string): Promise<string[]> {
  type Parts = { order: Record<'fulfillments' | 'returns', Array<{ id: string }>> };
  const { order } = await system.ask<Parts>('orders', person, PARTS, { id });
  const paid = `query ($all: [_Any!]!) {
    _entities(representations: $all) { ... on Order { payments { id } } } }`;
  type Paid = { _entities: Array<{ payments: Array<{ id: string }> }> };
  const all = [{ __typename: 'Order', id }];
  const { _entities } = await system.ask<Paid>('payments', person, paid, { all });
  const parts = [...order.fulfillments, ...order.returns, ...(_entities[0]?.payments ?? [])];
  return [id, ...parts.map((part) => part.id)];
}
