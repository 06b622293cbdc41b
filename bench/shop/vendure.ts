import { freePorts } from '@waybill/deploy/free-ports.js';
import { programOf } from '../gateway/install.js';
import { startProgram } from '../gateway/worker.js';
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

export interface VendureSetup {
  databaseUrl: string;
  customers: readonly BenchCustomer[];
  /** Codes of the orders, and who placed each. */
  codes: readonly string[];
  owners: readonly number[];
}

/** Vendure as its documentation has it: one server, and a worker apart, which is idle meanwhile. */
export function vendureShop(setup: VendureSetup): Shop {
  return { name: 'vendure', start: () => start(setup), read };
}

async function start({
  databaseUrl,
  customers,
  codes,
  owners,
}: VendureSetup): Promise<RunningShop> {
  const [port = 0] = await freePorts(1);
  const worker = await startProgram([programOf('vendure', 'worker')], { databaseUrl }, undefined);
  const server = await startProgram<{ url: string }>(
    [programOf('vendure', 'server')],
    { databaseUrl, port },
    undefined,
  );
  const { url } = server.ready;
  const tokens: string[] = [];
  for (const { email, password } of customers) tokens.push(await logIn(url, email, password));
  const request = (question: Question) => {
    const query = QUERIES[question.kind];
    const variables = variablesOf(question, codes);
    const token = question.kind === 'order' ? tokens[owners[question.order] ?? 0] : undefined;
    return { body: JSON.stringify({ query, variables }), token };
  };
  const stop = async () => {
    await server.stop();
    await worker.stop();
  };
  return { url, pid: server.pid, request, stop };
}

const LOG_IN = `mutation LogIn($username: String!, $password: String!) {
  login(username: $username, password: $password) { ... on CurrentUser { id } ... on ErrorResult { message } } }`;

async function logIn(url: string, username: string, password: string): Promise<string> {
  const body = JSON.stringify({ query: LOG_IN, variables: { username, password } });
  const { headers, text } = await ask(url, { body });
  const token = headers.get('vendure-auth-token');
  if (!token) throw new Error(`Vendure does not log ${username} in: ${text}`);
  return token;
}

const FOUND = `productName slug priceWithTax {
  ... on PriceRange { min max } ... on SinglePrice { value } }`;

const QUERIES: Record<Kind, string> = {
  list: `query Browse($options: ProductListOptions!) { products(options: $options) { items {
    slug name variants { sku options { name group { name } } priceWithTax currencyCode stockLevel } } } }`,
  search: `query Search($input: SearchInput!) { search(input: $input) { items { ${FOUND} } } }`,
  facets: `query SearchWithFacets($input: SearchInput!) { search(input: $input) { items { ${FOUND} }
    totalItems facetValues { count facetValue { name facet { name } } } } }`,
  order: `query OrderByCode($code: String!) { orderByCode(code: $code) {
    code state orderPlacedAt totalWithTax currencyCode
    shippingAddress { fullName streetLine1 streetLine2 city postalCode countryCode }
    lines { quantity unitPriceWithTax linePriceWithTax productVariant { sku name } } } }`,
};

function variablesOf(question: Question, codes: readonly string[]): object {
  if (question.kind === 'order') return { code: codes[question.order] };
  if (question.kind === 'list') {
    const options = { take: PAGE, skip: question.page * PAGE, sort: { name: 'ASC' } };
    return { options };
  }
  return { input: { term: question.words, groupByProduct: true, take: PAGE } };
}

interface Product {
  slug: string;
  name: string;
  variants: Array<{
    sku: string;
    options: Array<{ name: string; group: { name: string } }>;
    priceWithTax: number;
    currencyCode: string;
    stockLevel: string;
  }>;
}

interface Found {
  productName: string;
  slug: string;
  priceWithTax: { min?: number; max?: number; value?: number };
}

interface Data {
  products: { items: Product[] };
  search: {
    items: Found[];
    totalItems: number;
    facetValues: Array<{ count: number; facetValue: { name: string } }>;
  };
  orderByCode: {
    totalWithTax: number;
    currencyCode: string;
    shippingAddress: Record<
      'fullName' | 'streetLine1' | 'city' | 'postalCode' | 'countryCode',
      string
    >;
    lines: Array<{
      quantity: number;
      unitPriceWithTax: number;
      linePriceWithTax: number;
      productVariant: { sku: string; name: string };
    }>;
  };
}

function read(kind: Kind, { products, search, orderByCode }: Data): Content {
  if (kind === 'list') return { products: products.items.map(readProduct) };
  if (kind === 'order') return readOrder(orderByCode);
  const found = { products: search.items.map(readFound) };
  if (kind === 'search') return found;
  const values = search.facetValues.map(({ count, facetValue }) => `${facetValue.name}: ${count}`);
  return { ...found, count: search.totalItems, values: values.sort(byText) };
}

function readProduct({ slug, name, variants }: Product) {
  return {
    handle: slug,
    title: name,
    variants: variants
      .map(({ sku, options, priceWithTax, currencyCode, stockLevel }) => ({
        sku,
        options: options.map((option) => `${option.group.name}: ${option.name}`).sort(byText),
        price: priceWithTax,
        currency: currencyCode,
        inStock: stockLevel !== 'OUT_OF_STOCK',
      }))
      .sort((a, b) => byText(a.sku, b.sku)),
  };
}

function readFound({ slug, productName, priceWithTax }: Found) {
  const { value = 0, min = value, max = value } = priceWithTax;
  return { handle: slug, title: productName, lowest: min, highest: max };
}

function readOrder({ totalWithTax, currencyCode, shippingAddress, lines }: Data['orderByCode']) {
  const { fullName, streetLine1, city, postalCode, countryCode } = shippingAddress;
  return {
    total: totalWithTax,
    currency: currencyCode,
    address: [fullName, streetLine1, city, postalCode, countryCode],
    lines: lines
      .map(({ quantity, unitPriceWithTax, linePriceWithTax, productVariant }) => ({
        sku: productVariant.sku,
        title: wordsOf(productVariant.name),
        quantity,
        unitPrice: unitPriceWithTax,
        total: linePriceWithTax,
      }))
      .sort((a, b) => byText(a.sku, b.sku)),
  };
}
