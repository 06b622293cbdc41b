import { randomUUID } from 'node:crypto';
import type { CaughtMail } from '@waybill/deploy/mail-catcher.js';
import type { RunningDatabases } from '@waybill/deploy/running-databases.js';
import { DEMO_PEOPLE } from '@waybill/deploy/seed.js';
import { type Client, client } from './client.js';
import { startTestWaybill, type TestOptions } from './waybill.js';

/** The password of every customer. */
export const CUSTOMER_PASSWORD = 'correct horse battery';

/** A running Waybill with people who use it. */
export interface Shop {
  url: string;
  graphiqlUrl: string;
  /** The pages for operators are under it. */
  opsUrl: string;
  staff: Client;
  nobody: Client;
  /** A new customer, logged in. */
  customer(name?: string): Promise<Customer>;
  /** A new product; its SKU. */
  product(product?: { price?: string; onHand?: number; title?: string }): Promise<string>;
  stock(sku: string): Promise<Stock>;
  mails(): Promise<CaughtMail[]>;
  /** Where its data is, for whoever changes it from outside. */
  databaseUrls: RunningDatabases['databaseUrls'];
  close(): Promise<void>;
}

export interface Customer extends Client {
  id: string;
  name: string;
  email: string;
}

export interface Stock {
  onHand: number;
  reserved: number;
  available: number;
}

export async function openShop(options: TestOptions = {}): Promise<Shop> {
  const waybill = await startTestWaybill(options);
  const { url, graphiqlUrl, opsUrl, mail } = waybill;
  const nobody = client(url);
  const staff = client(url, await logIn(nobody, DEMO_PEOPLE.staff));
  return {
    url,
    graphiqlUrl,
    opsUrl,
    staff,
    nobody,
    customer: (name = 'Grace Hopper') => register(url, name),
    product: (product = {}) => createProduct(staff, product),
    stock: (sku) => stockOf(staff, sku),
    mails: async () => (await mail?.mails()) ?? [],
    databaseUrls: waybill.databases.databaseUrls,
    close: waybill.close,
  };
}

/** A person's access token. */
export async function logIn(
  nobody: Client,
  { email, password }: { email: string; password: string },
): Promise<string> {
  const { logIn } = await nobody.ask<{ logIn: { accessToken: string | null } }>(
    `mutation ($input: LogInInput!) { logIn(input: $input) { accessToken } }`,
    { input: { email, password } },
  );
  if (!logIn.accessToken) throw new Error(`${email} cannot log in`);
  return logIn.accessToken;
}

async function register(url: string, name: string): Promise<Customer> {
  const email = `${randomUUID()}@example.com`;
  const { register } = await client(url).ask<{
    register: { accessToken: string; user: { id: string } };
  }>(
    `mutation ($input: RegisterInput!) {
       register(input: $input) { accessToken user { id } userErrors { code } }
     }`,
    { input: { email, name, password: CUSTOMER_PASSWORD } },
  );
  return { ...client(url, register.accessToken), id: register.user.id, name, email };
}

async function createProduct(
  staff: Client,
  { price = '10.00', onHand = 100, title = 'Enamel mug' }: Parameters<Shop['product']>[0] & object,
): Promise<string> {
  const sku = `SKU-${randomUUID()}`;
  const { createProduct } = await staff.ask<{ createProduct: { userErrors: unknown[] } }>(
    `mutation ($input: CreateProductInput!) { createProduct(input: $input) { userErrors { code } } }`,
    { input: { title, variants: [{ sku, price, onHand }] } },
  );
  if (createProduct.userErrors.length > 0) throw new Error(JSON.stringify(createProduct));
  return sku;
}

async function stockOf(staff: Client, sku: string): Promise<Stock> {
  const { productVariant } = await staff.ask<{ productVariant: { stock: Stock } }>(
    `query ($sku: String!) { productVariant(sku: $sku) { stock { onHand reserved available } } }`,
    { sku },
  );
  return productVariant.stock;
}
