import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '@waybill/scripts/command-line/failure.js';
import { programOf } from '../gateway/install.js';
import { startProgram } from '../gateway/worker.js';
import type { DatabaseServer } from '../servers/database-server.js';
import { benchCatalog, CURRENCY } from './data/catalog.js';
import { benchCustomers, benchOrders } from './data/orders.js';
import { fillWaybill, type ShopData } from './fill-waybill.js';

/** How much there is in both systems. */
export interface ShopSize {
  products: number;
  orders: number;
}

/** What both systems call the orders, in the sequence in which they were placed. */
export interface Prepared extends ShopSize {
  databaseUrl: string;
  codes: string[];
  numbers: string[];
}

const CUSTOMERS = 20;
const VENDURE_DATABASE = 'vendure';

export function shopData({ products, orders }: ShopSize): ShopData {
  const catalog = benchCatalog(products);
  return {
    catalog,
    customers: benchCustomers(CUSTOMERS),
    orders: benchOrders(catalog, orders, CUSTOMERS),
  };
}

/** Whether a folder has been prepared, so that its databases may be used again. Throws a Failure where others were. */
export async function isPrepared(folder: string, size: ShopSize): Promise<boolean> {
  const file = fileIn(folder);
  if (!existsSync(file)) {
    if (!existsSync(join(folder, 'postgres'))) return false;
    throw new Failure(`${folder} was not filled to the end: remove it`);
  }
  const { products, orders }: Prepared = JSON.parse(await readFile(file, 'utf8'));
  if (products === size.products && orders === size.orders) return true;
  throw new Failure(`${folder} holds ${products} products and ${orders} orders: remove it`);
}

/** Fills both systems with the same, or finds them filled. */
export async function prepare(
  server: DatabaseServer,
  folder: string,
  size: ShopSize,
  tell: (line: string) => void,
): Promise<Prepared> {
  const file = fileIn(folder);
  if (existsSync(file)) {
    const prepared: Prepared = JSON.parse(await readFile(file, 'utf8'));
    return { ...prepared, databaseUrl: server.addressOf(VENDURE_DATABASE) };
  }
  const data = shopData(size);
  tell('Filling Waybill');
  const numbers = await fillWaybill(data, server.models, folder);
  const databaseUrl = await server.create(VENDURE_DATABASE);
  const codes = await fillVendure(data, databaseUrl, folder, tell);
  const prepared: Prepared = { ...size, databaseUrl, codes, numbers };
  await writeFile(file, JSON.stringify(prepared));
  return prepared;
}

const fileIn = (folder: string) => join(folder, 'prepared.json');

async function fillVendure(
  data: ShopData,
  databaseUrl: string,
  folder: string,
  tell: (line: string) => void,
): Promise<string[]> {
  tell('Filling Vendure, which takes some minutes');
  const dataFile = join(folder, 'shop.json');
  await writeFile(dataFile, JSON.stringify({ ...data, currency: CURRENCY }));
  const program = [programOf('vendure', 'fill')];
  const filled = await startProgram<{ codes: string[] }>(
    program,
    { databaseUrl, dataFile },
    undefined,
  );
  await filled.stop();
  return filled.ready.codes;
}
