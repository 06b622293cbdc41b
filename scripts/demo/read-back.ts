import { colors as pc } from '@waybill/kernel/colors.js';
import {
  MyOrdersDocument,
  OrderDetailsDocument,
  type OrderDetailsQuery,
} from '@waybill/schema/generated/graphql.js';
import type { Client } from '../client.js';
import { expectThat } from './expect-that.js';
import type { PlacedOrder } from './place-demo-order.js';
import type { Say } from './tell-story.js';

type Details = NonNullable<OrderDetailsQuery['order']>;

/** Reads both orders back, one by one and in the customer's list, from all the subgraphs that know of them. */
export async function readBack(
  client: Client,
  { paid, declined }: { paid: PlacedOrder; declined: PlacedOrder },
  say: Say,
): Promise<void> {
  say(pc.bold('Read back'));
  const first = await details(client, paid.id);
  expectThat(first.status === 'CONFIRMED', `order ${first.number} is read back as ${first.status}`);
  expectThat(captured(first) === first.total.amount, `${captured(first)} was captured`);
  say(`  ${summary(first)}`);

  const second = await details(client, declined.id);
  expectThat(second.status === 'FAILED', `order ${second.number} is read back as ${second.status}`);
  expectThat(Number(captured(second) ?? 0) === 0, `${captured(second)} was captured`);
  say(`  ${summary(second)}`);

  const { me } = await client.run(MyOrdersDocument, { first: 10 });
  const listed = me?.orders.edges.map(({ node }) => node.id);
  const both = listed?.length === 2 && [paid, declined].every(({ id }) => listed.includes(id));
  expectThat(both, `the customer's list has ${listed?.length ?? 0} orders`);
  say(`${pc.green('✓')} both are in the customer's list of orders`);
}

async function details(client: Client, id: string): Promise<Details> {
  const { order } = await client.run(OrderDetailsDocument, { id });
  expectThat(order !== null, 'an order that was just placed cannot be read');
  return order;
}

function captured({ payments }: Details): string | undefined {
  return payments[0]?.captured.amount;
}

function summary({ number, displayStatus, total, lines, payments, customer }: Details): string {
  const payment = payments.map(({ state, failureCode }) =>
    [state, failureCode].filter(Boolean).join(' '),
  );
  const goods = lines.map(({ quantity, title }) => `${quantity} × ${title}`);
  const whose = `${customer?.name ?? 'a guest'}'s`;
  return [
    `${whose} order ${number}`,
    ...goods,
    `${total.amount} ${total.currency}`,
    displayStatus,
    `payment ${payment}`,
  ].join(', ');
}
