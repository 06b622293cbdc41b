import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseUrls } from '@waybill/deploy/databases.js';
import { toDecimal } from '@waybill/kernel/money.js';
import {
  ImportProductsDocument,
  type ImportProductsMutationVariables,
  PlaceOrderDocument,
  RegisterDocument,
} from '@waybill/schema/generated/graphql.js';
import { Failure } from '@waybill/scripts/command-line/failure.js';
import { chunks } from '@waybill/scripts/command-line/figures.js';
import { staffCredentials } from '@waybill/scripts/staff.js';
import { startWaybill } from '../servers/waybill-process.js';
import { ask } from './ask.js';
import { type BenchProduct, CURRENCY, DEPARTMENTS } from './data/catalog.js';
import type { BenchCustomer, BenchOrder } from './data/orders.js';
import { logIn, registered } from './waybill.js';

export interface ShopData {
  catalog: readonly BenchProduct[];
  customers: readonly BenchCustomer[];
  orders: readonly BenchOrder[];
}

/** Variants in one call. */
const BATCH = 1_000;

/** Fills the databases through the public API; answers the numbers of the orders. */
export async function fillWaybill(
  data: ShopData,
  databaseUrls: DatabaseUrls,
  folder: string,
): Promise<string[]> {
  const server = await startWaybill({ databaseUrls, queuesPrefix: 'waybill', folder });
  try {
    const url = `${server.url}/graphql`;
    const staff = await logIn(url, staffCredentials({}));
    await hideDemoProducts(url, staff);
    await importCatalog(url, staff, data.catalog);
    const tokens = await addCustomers(url, data.customers);
    const numbers: string[] = [];
    for (const [i, order] of data.orders.entries()) {
      numbers.push(await place(url, tokens[order.customer], i, order));
    }
    await settled(url, staff);
    return numbers;
  } finally {
    await server.stop();
  }
}

/** Asks for something once, by its text; throws a Failure where it was refused. */
async function change(url: string, token: string | undefined, query: string, variables: object) {
  return refusing((await ask(url, { body: JSON.stringify({ query, variables }), token })).data);
}

async function run(url: string, token: string | undefined, document: object, input: object) {
  return refusing((await ask(url, { body: registered(document, { input }), token })).data);
}

function refusing<Data extends object>(data: Data): Data {
  for (const payload of Object.values(data)) {
    const [wrong] = payload?.userErrors ?? [];
    if (wrong) throw new Failure(`Waybill refuses: ${JSON.stringify(wrong)}`);
  }
  return data;
}

/** The shop is to have the same products as the other one. */
async function hideDemoProducts(url: string, staff: string): Promise<void> {
  const list = 'query { products(first: 100, storefront: "main") { edges { node { id } } } }';
  const { products } = (await change(url, staff, list, {})) as {
    products: { edges: Array<{ node: { id: string } }> };
  };
  await change(
    url,
    staff,
    `mutation ($input: PublishProductsInput!) {
      unpublishProducts(input: $input) { userErrors { code message } } }`,
    { input: { storefront: 'main', productIds: products.edges.map(({ node }) => node.id) } },
  );
}

const ATTRIBUTES = {
  type: 'object',
  properties: { material: { type: 'string' }, style: { type: 'string' } },
};

async function importCatalog(url: string, staff: string, catalog: readonly BenchProduct[]) {
  for (const title of DEPARTMENTS) {
    await change(
      url,
      staff,
      `mutation ($input: CreateCategoryInput!) {
        createCategory(input: $input) { userErrors { code message } } }`,
      { input: { title, handle: title.toLowerCase(), attributeSchema: ATTRIBUTES } },
    );
  }
  const rows = catalog.flatMap(productRows);
  for (const products of chunks(rows, BATCH)) {
    await run(url, staff, ImportProductsDocument, { products });
  }
}

type Row = ImportProductsMutationVariables['input']['products'] extends infer List
  ? List extends ReadonlyArray<infer Item>
    ? Item
    : never
  : never;

function productRows({ variants, title, handle, description, ...product }: BenchProduct): Row[] {
  const { department, kind, material, style } = product;
  return variants.map(({ sku, size, colour, price, onHand }) => ({
    ...{ sku, title, handle, description, onHand },
    category: `${department} > ${kind}`,
    attributes: { material, style },
    options: [
      { name: 'size', value: size },
      { name: 'colour', value: colour },
    ],
    price: toDecimal(price, CURRENCY),
    currency: CURRENCY,
  }));
}

async function addCustomers(url: string, customers: readonly BenchCustomer[]): Promise<string[]> {
  const tokens: string[] = [];
  for (const { firstName, lastName, email, password } of customers) {
    await run(url, undefined, RegisterDocument, {
      name: `${firstName} ${lastName}`,
      email,
      password,
    });
    tokens.push(await logIn(url, { email, password }));
  }
  return tokens;
}

async function place(url: string, token: string | undefined, i: number, order: BenchOrder) {
  const { placeOrder } = (await run(url, token, PlaceOrderDocument, {
    idempotencyKey: `order ${i}`,
    lines: order.lines,
    currency: CURRENCY,
    paymentMethod: 'pm_card_approve',
    shippingAddress: order.address,
  })) as { placeOrder: { order: { number: string } } };
  return placeOrder.order.number;
}

/** Waits until all orders are paid. */
async function settled(url: string, staff: string): Promise<void> {
  const query = `query { orders(first: 1, filter: { status: [PENDING, VALIDATED, RESERVED, AUTHORIZED] }) {
    edges { node { id } } } }`;
  for (;;) {
    const { orders } = (await change(url, staff, query, {})) as { orders: { edges: unknown[] } };
    if (orders.edges.length === 0) return;
    await sleep(200);
  }
}
