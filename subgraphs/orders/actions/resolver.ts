import { accountOf, type Identity, isStaff } from '@waybill/kernel/identity.js';
import { Arg, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { moverOf } from '../access.js';
import type { OrdersContext } from '../context.js';
import { Order } from '../graphql/order-types.js';
import { IN_FULFILLMENT } from '../order.js';
import type { WholeOrder } from '../order-parts.js';
import type { OrderRow } from '../tables.js';
import { actionsOf, OF_STOCK, type OrderAction, type Rank } from './actions.js';
import { OrderActionEnum, OrderActionState } from './types.js';

@Resolver(() => Order)
export class ActionsOfOrder {
  @Directive('@listSize(assumedSize: 25)')
  @FieldResolver(() => [OrderActionState], {
    description:
      'What you can do with it, and for all that you cannot do now, why not and what to do instead.',
  })
  async actions(
    @Root() { row }: Order,
    @Ctx() context: OrdersContext,
    @Arg('only', () => [OrderActionEnum], {
      nullable: true,
      description: 'Which to tell of. Absent: all that may be yours to do.',
    })
    only: OrderAction[] | null,
  ): Promise<OrderActionState[]> {
    const { identity } = context;
    const rank = rankOf(identity, row);
    const [order, held] = await Promise.all([
      wholeOrder(row, context),
      dependsOnStock(row, rank, only) ? context.loaders.held.load(row.id) : [],
    ]);
    return actionsOf({ ...order, askedBy: moverOf(identity) }, rank, only ?? undefined, held);
  }
}

/** The catalog is asked only of orders that could be packed, by those who could do it. */
function dependsOnStock({ status }: OrderRow, rank: Rank, only: OrderAction[] | null): boolean {
  const asked = only?.some((action) => OF_STOCK.includes(action)) ?? true;
  return rank === 'STAFF' && IN_FULFILLMENT.includes(status) && asked;
}

/** The order as the rules know it, not locked: a moment later it may have moved on. */
export async function wholeOrder(row: OrderRow, { loaders }: OrdersContext): Promise<WholeOrder> {
  const [parts, parcels, workflow] = await Promise.all([
    loaders.parts.load(row.id),
    loaders.fulfillments.load(row.id),
    row.workflowId === null ? undefined : loaders.workflow.load(row.workflowId),
  ]);
  const leftAt = new Map(parcels.map(({ id, shippedAt }) => [id, shippedAt?.toISOString()]));
  const fulfillments = parts.fulfillments.map((each) => ({
    ...each,
    shippedAt: leftAt.get(each.id) ?? null,
  }));
  return {
    ...row,
    ...parts,
    fulfillments,
    workflow,
    expiresAt: row.expiresAt?.toISOString() ?? null,
  };
}

/** Whoever sees an order that is neither theirs nor for staff has its token. */
function rankOf(identity: Identity, { customerId }: OrderRow): Rank {
  if (isStaff(identity)) return 'STAFF';
  return customerId !== null && accountOf(identity) === customerId ? 'CUSTOMER' : 'GUEST';
}
