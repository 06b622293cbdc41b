import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../context.js';
import { OrderLine } from '../graphql/order-types.js';
import { type WaitingUnits, waitingUnits } from './waiting-units.js';

@Resolver(() => OrderLine)
export class BackordersOfLine {
  @FieldResolver(() => Int, { description: 'Units that it waits for: they have not come in yet.' })
  async backorderedQuantity(
    @Root() line: OrderLine,
    @Ctx() context: OrdersContext,
  ): Promise<number> {
    return (await waitingOf(line, context)).units;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'When the units that it waits for are expected (RFC 3339), if anybody knows.',
  })
  async expectedAt(@Root() line: OrderLine, @Ctx() context: OrdersContext): Promise<string | null> {
    return (await waitingOf(line, context)).expectedAt;
  }
}

async function waitingOf({ row }: OrderLine, { loaders }: OrdersContext): Promise<WaitingUnits> {
  if (row.kind !== 'PRODUCT') return { units: 0, expectedAt: null };
  const held = await loaders.held.load(row.orderId);
  if (held.every(({ backordered = 0 }) => backordered === 0)) return { units: 0, expectedAt: null };
  return waitingUnits(await loaders.lines.load(row.orderId), held, row.lineNumber);
}
