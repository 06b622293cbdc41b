import type { DatabaseUrls } from '@waybill/deploy/databases.js';
import { toMinor } from '@waybill/kernel/money.js';
import {
  BrowseProductsDocument,
  type BrowseProductsQuery,
  LogInDocument,
  OrderByNumberDocument,
  type OrderByNumberQuery,
  SearchProductsDocument,
  SearchWithFacetsDocument,
  type SearchWithFacetsQuery,
} from '@waybill/schema/generated/graphql.js';
import { startWaybill } from '../servers/waybill-process.js';
import { ask } from './ask.js';
import type { BenchCustomer } from './data/orders.js';
import {
  byText,
  type Content,
  type Kind,
  PAGE,
  type Question,
  type RunningShop,
  type Shop,
  wordsOf,
} from './questions.js';

export interface WaybillSetup {
  name: 'waybill' | 'caching';
  databaseUrls: DatabaseUrls;
  folder: string;
  customers: readonly BenchCustomer[];
  /** Numbers of the orders, and who placed each. */
  numbers: readonly string[];
  owners: readonly number[];
  /** Pages of the list. */
  pages: number;
}

/** Waybill as `npm start` has it: one process with all its workers; asked by the ids of registered operations. */
export function waybillShop(setup: WaybillSetup): Shop {
  return { name: setup.name, start: () => start(setup), read };
}

async function start(setup: WaybillSetup): Promise<RunningShop> {
  const { databaseUrls, folder, customers, numbers, owners, pages, name } = setup;
  const RESPONSE_CACHE = name === 'caching' ? 'memory' : 'off';
  const settings = { RESPONSE_CACHE, NODE_ENV: 'production' };
  const server = await startWaybill({ databaseUrls, queuesPrefix: 'waybill', folder, settings });
  const url = `${server.url}/graphql`;
  const tokens: string[] = [];
  for (const customer of customers) tokens.push(await logIn(url, customer));
  const cursors = await cursorsOf(url, pages);
  const variablesOf = (question: Question) => {
    if (question.kind === 'order') return { number: numbers[question.order] };
    if (question.kind === 'list') return { first: PAGE, after: cursors[question.page] };
    return { words: question.words, first: PAGE };
  };
  const request = (question: Question) => ({
    body: registered(OPERATIONS[question.kind], variablesOf(question)),
    token: question.kind === 'order' ? tokens[owners[question.order] ?? 0] : undefined,
  });
  return { url, pid: server.pid, request, stop: server.stop };
}

const OPERATIONS: Record<Kind, object> = {
  list: BrowseProductsDocument,
  search: SearchProductsDocument,
  facets: SearchWithFacetsDocument,
  order: OrderByNumberDocument,
};

/** The body that asks for a registered operation by its id. */
export function registered(document: object, variables: object): string {
  const { hash = '' } = (document as { __meta__?: { hash?: string } }).__meta__ ?? {};
  return JSON.stringify({ documentId: hash.replace('sha256:', ''), variables });
}

export async function logIn(
  url: string,
  { email, password }: Pick<BenchCustomer, 'email' | 'password'>,
): Promise<string> {
  const { data } = await ask(url, {
    body: registered(LogInDocument, { input: { email, password } }),
  });
  const { accessToken } = (data as { logIn: { accessToken: string | null } }).logIn;
  if (!accessToken) throw new Error(`Waybill does not log ${email} in`);
  return accessToken;
}

/** Where each page of the list begins: each page names the next. */
async function cursorsOf(url: string, pages: number): Promise<Array<string | null>> {
  const cursors: Array<string | null> = [null];
  while (cursors.length < pages) {
    const body = registered(BrowseProductsDocument, { first: PAGE, after: cursors.at(-1) });
    const { products } = (await ask(url, { body })).data as BrowseProductsQuery;
    cursors.push(products.pageInfo.endCursor);
  }
  return cursors;
}

type Data = SearchWithFacetsQuery & BrowseProductsQuery & OrderByNumberQuery;

function read(kind: Kind, data: Data): Content {
  if (kind === 'list') return { products: nodes<BrowseProductsQuery>(data).map(readProduct) };
  if (kind === 'order') return readOrder(data);
  const found = { products: nodes<SearchWithFacetsQuery>(data).map(readFound) };
  if (kind === 'search') return found;
  const { count, categories, attributes } = data.products.facets;
  const values = [
    ...categories.map((each) => `${each.category.title}: ${each.count}`),
    ...attributes.flatMap((each) => each.values.map((of) => `${of.value}: ${of.count}`)),
  ];
  return { ...found, count, values: values.sort(byText) };
}

type Node<Query extends { products: { edges: Array<{ node: unknown }> } }> =
  Query['products']['edges'][number]['node'];

function nodes<Query extends { products: { edges: Array<{ node: unknown }> } }>({
  products,
}: Query): Array<Node<Query>> {
  return products.edges.map(({ node }) => node as Node<Query>);
}

function readProduct({ handle, title, variants }: Node<BrowseProductsQuery>) {
  return {
    handle,
    title,
    variants: variants
      .map(({ sku, options, price, stock }) => ({
        sku,
        options: options.map((option) => `${option.name}: ${option.value}`).sort(byText),
        price: minor(price),
        currency: price?.currency ?? '',
        inStock: stock.available > 0,
      }))
      .sort((a, b) => byText(a.sku, b.sku)),
  };
}

function readFound({ handle, title, variants }: Node<SearchWithFacetsQuery>) {
  const prices = variants.map(({ price }) => minor(price));
  return { handle, title, lowest: Math.min(...prices), highest: Math.max(...prices) };
}

function readOrder({ order }: OrderByNumberQuery) {
  if (!order?.shippingAddress) throw new Error('the order is not there');
  const { name, line1, city, postalCode, country } = order.shippingAddress;
  return {
    total: minor(order.total),
    currency: order.total.currency,
    address: [name, line1, city, postalCode, country],
    lines: order.lines
      .map(({ sku, title, quantity, unitPrice, total }) => ({
        sku,
        title: wordsOf(title),
        quantity,
        unitPrice: minor(unitPrice),
        total: minor(total),
      }))
      .sort((a, b) => byText(a.sku, b.sku)),
  };
}

function minor(money: { amount: string; currency: string } | null): number {
  return (money && toMinor(money.amount, money.currency)) ?? Number.NaN;
}
