import type { Identity } from '@waybill/kernel/identity.js';
import { globalId, newId } from '@waybill/kernel/ids.js';
import type { OrderCommand } from '@waybill/schema/commands.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { orderId } from '../present.js';
import { openTestOrders, STAFF, type TestOrders } from '../testing/orders.js';
import { stepwise, way, without } from '../testing/workflows.js';
import { defaultWorkflow } from './default-workflow.js';
import type { Workflow } from './workflow.js';

const storefrontIds = globalId('Storefront');
const MANAGER: Identity = { kind: 'user', userId: newId(), roles: ['MANAGER'] };

let orders: TestOrders;
let storefront: string;

beforeAll(async () => {
  orders = await openTestOrders();
});
beforeEach(() => {
  storefront = newId();
  orders.storefronts.set(storefront, null);
});
afterAll(() => orders.close());

interface SavePayload {
  workflow: { version: number } | null;
  userErrors: Array<{ code: string; field: string[] | null; path: string[] }>;
}

async function save(workflow: Workflow, more: object = {}, identity = MANAGER) {
  const input = { storefrontId: storefrontIds.encode(storefront), workflow, ...more };
  const { data } = await orders.ask<{ saveWorkflow: SavePayload }>(
    `mutation ($input: SaveWorkflowInput!) {
       saveWorkflow(input: $input) { workflow { version } userErrors { code field path } } }`,
    { input },
    identity,
  );
  return data.saveWorkflow;
}

async function placed() {
  const { id } = await orders.place({ storefrontId: storefront });
  return id;
}

const ORDER = `status displayStatus workflowStatus { code name canonical }
  nextStatuses { status { code } by allowed reason nextStep }`;

interface Seen {
  status: string;
  displayStatus: string;
  workflowStatus: { code: string; name: string; canonical: string };
  nextStatuses: Array<{
    status: { code: string };
    by: string;
    allowed: boolean;
    reason: string | null;
  }>;
}

async function seen(id: string, identity: Identity = STAFF): Promise<Seen> {
  const source = `query ($id: ID!) { order(id: $id) { ${ORDER} } }`;
  return (await orders.ask<{ order: Seen }>(source, { id: orderId.encode(id) }, identity)).data
    .order;
}

/** Codes and messages of what stood in the way. */
async function asked(mutation: string, input: object, identity: Identity = STAFF) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const source = `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { userErrors { code message } } }`;
  const { data, errors } = await orders.ask<{
    payload: { userErrors: Array<{ code: string; message: string }> };
  }>(source, { input }, identity);
  return errors
    .map(({ message }) => message)
    .concat(data?.payload.userErrors.map(({ message }) => message));
}

const move = (id: string, to: string, identity?: Identity) =>
  asked('moveOrder', { orderId: orderId.encode(id), to }, identity);

/** Through the saga to CONFIRMED, paid with the shipments. */
async function confirmed() {
  const id = await placed();
  await orders.advance(
    id,
    { type: 'recordReserved', expiresAt: new Date(Date.now() + 60_000).toISOString() },
    { type: 'recordAuthorized', attempt: 1, amount: 1000 },
    { type: 'recordConfirmed', captured: 0 },
  );
  return id;
}

describe('saving a workflow', () => {
  it('makes versions, of which each stays readable as it was', async () => {
    expect(await save(stepwise())).toEqual({ workflow: { version: 1 }, userErrors: [] });
    expect((await save(stepwise())).workflow).toEqual({ version: 1 });
    const renamed = { ...stepwise(), name: 'Another' };
    expect((await save(renamed)).workflow).toEqual({ version: 2 });
    const source = `query ($id: ID!) {
      now: workflow(storefrontId: $id) { version name document mermaid captureOn createdAt }
      first: workflow(storefrontId: $id, version: 1) { name statuses { code } }
      default: workflow(storefrontId: $id, version: 0) { name document createdAt }
      none: workflow(storefrontId: $id, version: 9) { name }
      page: workflows(storefrontId: $id, first: 1) { edges { cursor node { version } } pageInfo { hasNextPage } }
    }`;
    const id = storefrontIds.encode(storefront);
    const { data, errors } = await orders.ask<Record<string, object>>(source, { id }, STAFF);
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      now: { version: 2, name: 'Another', captureOn: 'SHIPMENT', document: { name: 'Another' } },
      first: { name: 'Step by step', statuses: stepwise().statuses.map(({ code }) => ({ code })) },
      default: { name: 'Standard', document: defaultWorkflow('CONFIRMATION'), createdAt: null },
      none: null,
      page: { edges: [{ node: { version: 2 } }], pageInfo: { hasNextPage: true } },
    });
    const [{ cursor }] = (data.page as { edges: [{ cursor: string }] }).edges;
    const next = `query ($id: ID!, $after: String) {
      workflows(storefrontId: $id, after: $after) { edges { node { version storefront { id } } } } }`;
    expect((await orders.ask(next, { id, after: cursor }, STAFF)).data).toEqual({
      workflows: { edges: [{ node: { version: 1, storefront: { id } } }] },
    });
    expect((data.now as { mermaid: string }).mermaid).toContain(
      'PICKING --> PACKED : staff, capture',
    );
  });

  it('is answered with the default one where none was saved', async () => {
    const id = storefrontIds.encode(storefront);
    const { data } = await orders.ask<{ workflow: object }>(
      'query ($id: ID!) { workflow(storefrontId: $id) { version name createdAt } }',
      { id },
      STAFF,
    );
    expect(data.workflow).toEqual({ version: 0, name: 'Standard', createdAt: null });
  });

  it('takes back what it gave, as one document', async () => {
    await save(stepwise());
    const id = storefrontIds.encode(storefront);
    const { data } = await orders.ask<{ workflow: { document: Workflow } }>(
      'query ($id: ID!) { workflow(storefrontId: $id) { document } }',
      { id },
      STAFF,
    );
    storefront = newId();
    orders.storefronts.set(storefront, null);
    expect(await save(data.workflow.document)).toEqual({
      workflow: { version: 1 },
      userErrors: [],
    });
  });

  it('tells what is wrong and on which way, and saves nothing', async () => {
    const stuck = stepwise(without(({ from }) => from === 'CHECKED'));
    const { workflow, userErrors } = await save(stuck);
    expect(workflow).toBeNull();
    expect(userErrors.map(({ code }) => code)).toContain('NO_WAY_OUT');
    expect(userErrors.find(({ code }) => code === 'NO_WAY_OUT')).toMatchObject({
      field: ['workflow', 'transitions'],
      path: ['DRAFT', 'PENDING', 'VALIDATED', 'RESERVED', 'AUTHORIZED', 'CONFIRMED', 'CHECKED'],
    });
    expect((await save(stepwise(), { dryRun: true })).workflow).toBeNull();
    expect((await save(stepwise())).workflow).toEqual({ version: 1 });
  });

  it('wants to know what a mail says', async () => {
    const wordless = stepwise((workflow) => ({
      ...workflow,
      transitions: [
        ...workflow.transitions,
        way('CONFIRMED', 'PICKING', 'STAFF', [{ type: 'EMAIL' } as never]),
      ],
    }));
    expect((await save(wordless)).userErrors).toEqual([
      expect.objectContaining({ code: 'INVALID_INPUT', path: ['CONFIRMED', 'PICKING'] }),
    ]);
  });

  it('is for managers of the storefront', async () => {
    const elsewhere: Identity = { ...(MANAGER as Identity & { kind: 'user' }), realms: [newId()] };
    expect(await save(stepwise(), {}, elsewhere)).toMatchObject({
      workflow: null,
      userErrors: [{ code: 'UNKNOWN_STOREFRONT', field: ['storefrontId'] }],
    });
    const id = storefrontIds.encode(storefront);
    const look =
      'query ($id: ID!) { workflow(storefrontId: $id) { name } workflows(storefrontId: $id) { edges { cursor } } }';
    const { data } = await orders.ask<object>(look, { id }, elsewhere);
    expect(data).toEqual({ workflow: null, workflows: { edges: [] } });
    storefront = newId();
    expect((await save(stepwise())).userErrors).toMatchObject([{ code: 'UNKNOWN_STOREFRONT' }]);
  });

  it('at once from two sides makes two versions', async () => {
    const names = ['One', 'Two'];
    const both = await Promise.all(names.map((name) => save({ ...stepwise(), name })));
    expect(both.map(({ workflow }) => workflow?.version).toSorted()).toEqual([1, 2]);
  });

  it('writes it down for good', async () => {
    await save(stepwise());
    const db = orders.as(STAFF).db;
    for (const text of ['update workflows set version = 7', 'delete from workflows']) {
      await expect(db.query(text, text)).rejects.toThrow('append-only');
    }
  });
});

describe('an order', () => {
  it('goes by the version that it began with', async () => {
    const before = await placed();
    await save(stepwise());
    const order = await confirmed();
    await save(defaultWorkflow('CONFIRMATION'));
    expect((await seen(before)).nextStatuses).toEqual([]);
    expect(await move(before, 'PACKED')).toEqual(['Its storefront has no statuses of its own.']);
    const state = await seen(order);
    expect(state.workflowStatus).toEqual({
      code: 'CONFIRMED',
      name: 'Paid',
      canonical: 'CONFIRMED',
    });
    expect(state.displayStatus).toBe('Paid');
    expect(state.nextStatuses.map(({ status }) => status.code)).toEqual(['CANCELLING', 'CHECKED']);
  });

  it('is brought on step by step, by whom its workflow lets', async () => {
    await save(stepwise());
    const id = await confirmed();
    expect(await move(id, 'CHECKED')).toEqual(['Bringing it to "Looked at" is for managers.']);
    expect((await seen(id)).nextStatuses).toMatchObject([
      { status: { code: 'CANCELLING' }, allowed: false },
      { status: { code: 'CHECKED' }, by: 'MANAGER', allowed: false },
    ]);
    expect((await seen(id, MANAGER)).nextStatuses).toMatchObject([
      {},
      { allowed: true, reason: null },
    ]);
    expect(await asked('createFulfillment', { orderId: orderId.encode(id) })).toEqual([
      'It is at "Paid", from where that is not possible.',
    ]);
    expect(await move(id, 'CHECKED', MANAGER)).toEqual([]);
    expect(await move(id, 'CHECKED', MANAGER)).toEqual([]);
    expect((await seen(id)).workflowStatus).toMatchObject({ code: 'CHECKED' });

    expect(await asked('createFulfillment', { orderId: orderId.encode(id) })).toEqual([]);
    expect(await seen(id)).toMatchObject({
      status: 'PROCESSING',
      displayStatus: 'Being picked',
      workflowStatus: { code: 'PICKING' },
    });
    expect(await move(id, 'SHIPPED')).toEqual(['From "Being picked" no way leads to "Shipped".']);
    expect(await move(id, 'NOWHERE')).toEqual(['Its workflow has no status NOWHERE.']);
    expect(await orders.history(id)).toEqual([
      ...['placed', 'validated', 'reserved', 'authorized', 'confirmed'],
      ...['stepped', 'processing', 'fulfillment_created'],
    ]);
  });

  it('has its money taken where its workflow says so, and leaves after that', async () => {
    await save(stepwise());
    const id = await confirmed();
    await move(id, 'CHECKED', MANAGER);
    await asked('createFulfillment', { orderId: orderId.encode(id) });
    expect(await move(id, 'PACKED')).toEqual([]);
    expect((await orders.order(id)).pendingCapture).toBe(1000);
    expect((await orders.history(id)).slice(-2)).toEqual(['stepped', 'capture_requested']);
    expect(await move(id, 'PICKING')).toEqual(['Its money is being taken: 10.00 GBP.']);
    expect(await asked('fulfillOrders', { orderIds: [orderId.encode(id)] })).not.toEqual([]);

    const after = await orders.advance(id, { type: 'recordCaptured', captured: 1000 });
    expect(after).toMatchObject({ captured: 1000, paymentStatus: 'PAID', pendingCapture: null });
    // Recorded twice, it changes nothing.
    expect((await orders.advance(id, { type: 'recordCaptured', captured: 1000 })).seq).toBe(
      after.seq,
    );
    expect(await move(id, 'SHIPPED')).toEqual(['It comes to "Shipped" by what is done with it.']);
    // Back and forth takes nothing twice.
    expect(await move(id, 'PICKING')).toEqual([]);
    expect(await move(id, 'PACKED')).toEqual([]);
    expect((await orders.order(id)).pendingCapture).toBeNull();
  });

  it('says so where its money does not come, and can be called off', async () => {
    await save(stepwise());
    const id = await confirmed();
    await move(id, 'CHECKED', MANAGER);
    await asked('createFulfillment', { orderId: orderId.encode(id) });
    await move(id, 'PACKED');
    const failed: OrderCommand = {
      type: 'recordCaptureFailed',
      code: 'CARD_EXPIRED',
      captured: 0,
      ended: [],
    };
    expect(await orders.advance(id, failed)).toMatchObject({
      needsAttention: 'its money could not be taken: CARD_EXPIRED',
      captured: 0,
      pendingCapture: null,
    });
    // From "Packed" its workflow lets nobody call it off: back first.
    const cancel = { orderId: orderId.encode(id) };
    expect(await asked('cancelOrder', cancel)).toEqual([
      'It is at "Packed", from where that is not possible.',
    ]);
    expect(await move(id, 'PICKING')).toEqual([]);
    expect(await asked('cancelOrder', cancel)).toEqual([]);
    expect((await seen(id)).status).toBe('CANCELLING');
  });

  it('is none of a stranger, and of its customer only to look at', async () => {
    await save(stepwise());
    const row = await orders.place({ storefrontId: storefront });
    const stranger: Identity = { kind: 'user', userId: newId(), roles: ['CUSTOMER'] };
    expect(await move(row.id, 'CHECKED', stranger)).toEqual(['There is no such order.']);
    const owner: Identity = { kind: 'user', userId: row.customerId as string, roles: ['CUSTOMER'] };
    expect((await seen(row.id, owner)).workflowStatus).toMatchObject({ code: 'PENDING' });
    expect(await move(row.id, 'CHECKED', owner)).toEqual([
      'From "Pending" no way leads to "Looked at".',
    ]);
  });
});
