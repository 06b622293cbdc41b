import { Access } from '@waybill/kernel/graphql/access.js';
import { money } from '@waybill/kernel/graphql/money.js';
import { isStaff } from '@waybill/kernel/identity.js';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../context.js';
import { Order } from '../graphql/order-types.js';
import { reasonFor } from './reason-for.js';
import { timelineOf } from './timeline.js';
import { OrderIntegrity, TimelineEntryObject } from './types.js';

@Resolver(() => Order)
export class HistoryOfOrder {
  @FieldResolver(() => [TimelineEntryObject], {
    description: 'Its way in plain words, oldest first: what a customer wants to know.',
  })
  async timeline(
    @Root() { row }: Order,
    @Ctx() { loaders }: OrdersContext,
  ): Promise<TimelineEntryObject[]> {
    const entries = timelineOf(await loaders.history.milestones.load(row.id));
    return entries.map(({ at, amount, ...entry }) => ({
      ...entry,
      at: at.toISOString(),
      amount: amount === null ? null : money(amount, row.currency),
    }));
  }

  @Access('STAFF')
  @FieldResolver(() => OrderIntegrity, {
    nullable: true,
    description:
      'Whether its history is whole, unchanged, and tells the order as it is; for staff, else null.',
  })
  async integrity(
    @Root() { row }: Order,
    @Ctx() { loaders }: OrdersContext,
  ): Promise<OrderIntegrity | null> {
    const fault = await loaders.history.fault.load(row.id);
    return { ok: fault === null, seq: fault?.seq ?? null, message: fault?.message ?? null };
  }

  @FieldResolver(() => String, { nullable: true })
  async reason(
    @Root() { row }: Order,
    @Ctx() { identity, loaders }: OrdersContext,
  ): Promise<string | null> {
    if (row.reason === null || isStaff(identity)) return row.reason;
    const actor = (await loaders.history.calledOffBy.load(row.id)) ?? '';
    return reasonFor(identity, { reason: row.reason, actor });
  }
}
