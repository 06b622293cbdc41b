import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  bootstrapWorker,
  ChannelService,
  ConfigService,
  CustomerService,
  LanguageCode,
  OrderService,
  Populator,
  ProductVariant,
  RequestContextService,
  SearchService,
  ShippingMethod,
  TransactionalConnection,
  User,
} from '@vendure/core';
import { importProductsFromCsv } from '@vendure/core/cli/index.js';
import { configOf } from './config.mjs';
import { settings, tellReady } from './parent.mjs';
import { productsCsv } from './products-csv.mjs';

const INITIAL_DATA = {
  defaultLanguage: LanguageCode.en,
  defaultZone: 'Europe',
  countries: [{ name: 'United Kingdom', code: 'GB', zone: 'Europe' }],
  taxRates: [{ name: 'standard', percentage: 0 }],
  shippingMethods: [{ name: 'Free', price: 0 }],
  paymentMethods: [
    {
      name: 'Card',
      handler: {
        code: 'dummy-payment-handler',
        arguments: [{ name: 'automaticSettle', value: 'true' }],
      },
    },
  ],
  collections: [],
};

const { databaseUrl, dataFile } = settings;
const { catalog, customers, orders, currency } = JSON.parse(readFileSync(dataFile, 'utf8'));
const { app, startJobQueue } = await start();
const connection = app.get(TransactionalConnection);
const contexts = app.get(RequestContextService);

await importCatalog();
await buildSearchIndex();
const codes = await placeOrders(await addCustomers());
// What orders have left to do changes nothing that is asked for.
await forgetJobs();
tellReady({ codes });

async function start() {
  const worker = await bootstrapWorker(configOf({ databaseUrl, synchronize: true }));
  return { app: worker.app, startJobQueue: () => worker.startJobQueue() };
}

/** By Vendure's own importer, from a file as its documentation describes it. */
async function importCatalog() {
  const channels = app.get(ChannelService);
  const { id } = await channels.getDefaultChannel();
  await app.get(Populator).populateInitialData(INITIAL_DATA);
  await channels.update(await contexts.create({ apiType: 'admin' }), {
    id,
    pricesIncludeTax: true,
    defaultCurrencyCode: currency,
    availableCurrencyCodes: [currency],
  });
  const file = `${dataFile}.csv`;
  writeFileSync(file, productsCsv(catalog));
  const channel = await channels.getDefaultChannel();
  const { errors } = await importProductsFromCsv(app, file, LanguageCode.en, channel);
  if (errors?.length) throw new Error(errors[0]);
}

async function buildSearchIndex() {
  // The import leaves a job for each variant; one for all of them is enough.
  await forgetJobs();
  await startJobQueue();
  const { id } = await app.get(SearchService).reindex(await contexts.create({ apiType: 'admin' }));
  const { jobQueueStrategy } = app.get(ConfigService).jobQueueOptions;
  for (;;) {
    const job = await jobQueueStrategy.findOne(id);
    if (job.state === 'COMPLETED') return;
    if (job.isSettled) throw new Error(`The search index is ${job.state}: ${job.error}`);
    await sleep(500);
  }
}

function forgetJobs() {
  return connection.rawConnection.query('delete from job_record');
}

/** Their users, with what a request context asks of them. */
async function addCustomers() {
  const context = await contexts.create({ apiType: 'admin' });
  const users = [];
  for (const { firstName, lastName, email: emailAddress, password } of customers) {
    const input = { firstName, lastName, emailAddress };
    const { user } = await app.get(CustomerService).create(context, input, password);
    users.push(
      await connection.getRepository(context, User).findOneOrFail({
        where: { id: user.id },
        relations: { roles: { channels: true } },
      }),
    );
  }
  return users;
}

/** Placed and paid, by the services behind the mutations of the shop; answers their codes. */
async function placeOrders(users) {
  const context = await contexts.create({ apiType: 'admin' });
  const variants = await connection
    .getRepository(context, ProductVariant)
    .find({ select: ['id', 'sku'] });
  const ids = new Map(variants.map(({ id, sku }) => [sku, id]));
  const [method] = await connection.getRepository(context, ShippingMethod).find();
  const placed = [];
  for (const order of orders) {
    const user = users[order.customer];
    const own = await contexts.create({ apiType: 'shop', user });
    placed.push(
      await connection.withTransaction(own, (inside) => place(inside, user, order, ids, method)),
    );
  }
  return placed;
}

async function place(context, user, { lines, address }, ids, method) {
  const service = app.get(OrderService);
  const { id } = await service.create(context, user.id);
  const items = lines.map(({ sku, quantity }) => ({ productVariantId: ids.get(sku), quantity }));
  const { errorResults } = await service.addItemsToOrder(context, id, items);
  if (errorResults.length > 0) throw new Error(errorResults[0].message);
  await service.setShippingAddress(context, id, {
    fullName: address.name,
    streetLine1: address.line1,
    city: address.city,
    postalCode: address.postalCode,
    countryCode: address.country,
  });
  await service.setShippingMethod(context, id, [method.id]);
  await service.transitionToState(context, id, 'ArrangingPayment');
  const paid = await service.addPaymentToOrder(context, id, { method: 'card', metadata: {} });
  if (!paid.code) throw new Error(paid.message);
  return paid.code;
}
