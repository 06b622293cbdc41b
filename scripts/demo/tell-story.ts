import { randomBytes, randomUUID } from 'node:crypto';
import { colors as pc } from '@waybill/kernel/colors.js';
import {
  ProductVariantsDocument,
  type ProductVariantsQuery,
  RegisterDocument,
} from '@waybill/schema/generated/graphql.js';
import type { Client } from '../client.js';
import { Failure } from '../command-line/failure.js';
import { expectThat } from './expect-that.js';
import { followOrder } from './follow-order.js';
import { placeDemoOrder } from './place-demo-order.js';
import { readBack } from './read-back.js';

export type Say = (line?: string) => void;
export type Variant = ProductVariantsQuery['productVariants']['edges'][number]['node'];

/** The demo from beginning to end. Throws a Failure where something is not as it should be. */
export async function tellStory(
  client: Client,
  logIn: (token: string) => void,
  say: Say,
): Promise<void> {
  logIn(await register(client, say));
  const variant = await somethingInStock(client);

  const paid = await placeDemoOrder(client, variant, 'pm_card_approve', say);
  const confirmed = await followOrder(client, paid, say);
  expectThat(confirmed.status === 'CONFIRMED', `the order ended as ${confirmed.status}`);
  say(`${pc.green('✓')} confirmed after ${confirmed.milliseconds} ms\n`);

  const before = await available(client, variant.sku);
  const declined = await placeDemoOrder(client, variant, 'pm_card_decline', say);
  const failed = await followOrder(client, declined, say);
  expectThat(failed.status === 'FAILED', `the declined order ended as ${failed.status}`);
  say(
    `${pc.green('✓')} failed after ${failed.milliseconds} ms, as it should: ${failed.reason ?? ''}`,
  );
  const after = await available(client, variant.sku);
  expectThat(after === before, `${before} were available before, and ${after} after`);
  say(`${pc.green('✓')} its stock is released: ${before} available before, ${after} after\n`);

  await readBack(client, { paid, declined }, say);
}

async function register(client: Client, say: Say): Promise<string> {
  const email = `demo-${randomBytes(4).toString('hex')}@waybill.example`;
  const input = { name: 'Dora Demo', email, password: randomUUID() };
  const { register } = await client.run(RegisterDocument, { input });
  if (!register.accessToken) throw new Failure(register.userErrors.map(messageOf).join(' '));
  say(`${pc.green('✓')} ${input.name} is registered as ${email}\n`);
  return register.accessToken;
}

/** One of the things that every start seeds; otherwise whatever there is enough of. */
async function somethingInStock(client: Client): Promise<Variant> {
  for (const filter of [{ skus: ['MUG-ENAMEL', 'NOTEBOOK-A5'] }, null]) {
    const { productVariants } = await client.run(ProductVariantsDocument, { first: 100, filter });
    const found = productVariants.edges.find(({ node }) => node.stock.available >= 10);
    if (found) return found.node;
  }
  throw new Failure('nothing is in stock: npm run reset, or npm run import -- FILE');
}

async function available(client: Client, sku: string): Promise<number> {
  const { productVariants } = await client.run(ProductVariantsDocument, {
    filter: { skus: [sku] },
  });
  return productVariants.edges[0]?.node.stock.available ?? 0;
}

function messageOf({ message }: { message: string }): string {
  return message;
}
