import { Access } from '@waybill/kernel/graphql/access.js';
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { NO_SUCH_ORDER } from '../access.js';
import type { OrdersContext } from '../context.js';
import { account, NO_UUID, reload } from '../graphql/account.js';
import { Order } from '../graphql/order-types.js';
import { once } from '../once.js';
import { orderId } from '../present.js';
import { type EditResult, editOrder, NO_EDIT } from './edit-order.js';
import { EditOrderInput } from './inputs.js';
import {
  EditOrderPayload,
  OrderEdit,
  OrderVersion,
  presentEdit,
  presentVersions,
} from './types.js';

const INPUT = { description: 'What is asked.' };

@Resolver(() => Order)
export class EditsOfOrder {
  @Access('OWNER')
  @Mutation(() => EditOrderPayload, {
    description:
      'Changes lines, quantities or address of an order as a new version, until it is packed; staff until it is shipped. The difference is charged or refunded.',
  })
  async editOrder(
    @Arg('input', () => EditOrderInput, INPUT) input: EditOrderInput,
    @Ctx() context: OrdersContext,
  ): Promise<EditOrderPayload> {
    const identity = account(context.identity);
    const edit = {
      ...{ orderId: orderId.decode(input.orderId) ?? NO_UUID, quantities: input.lines },
      ...{ added: input.addLines, charges: input.addCharges },
      shippingAddress: input.shippingAddress ?? null,
      paymentMethod: input.paymentMethod ?? null,
      expectedVersion: input.expectedVersion ?? null,
      reason: input.reason ?? null,
    };
    const asked = { mutation: 'editOrder', input, nothing: NO_EDIT };
    const result = await once<EditResult>(context, asked, (within) =>
      editOrder(within, identity, edit),
    );
    if (result.orderId === null) return { edit: null, order: null, userErrors: result.errors };
    const order = await reload(context, result.orderId);
    if (!order) return { edit: null, order, userErrors: [NO_SUCH_ORDER] };
    const rows = await context.loaders.edits.load(result.orderId);
    const row = rows.find(({ id }) => id === result.editId);
    return { edit: row ? presentEdit(row, order.row.currency) : null, order, userErrors: [] };
  }

  @FieldResolver(() => [OrderEdit], { description: 'Changes of what was ordered, oldest first.' })
  async edits(@Root() { row }: Order, @Ctx() { loaders }: OrdersContext): Promise<OrderEdit[]> {
    const rows = await loaders.edits.load(row.id);
    return rows.map((edit) => presentEdit(edit, row.currency));
  }

  @FieldResolver(() => Int, { description: 'Counts the versions of what was ordered, from 1.' })
  version(@Root() { row }: Order): number {
    return row.version;
  }

  @FieldResolver(() => [OrderVersion], {
    description: 'What was ordered before it was edited, oldest first; the order is the newest.',
  })
  async previousVersions(
    @Root() { row }: Order,
    @Ctx() { loaders }: OrdersContext,
  ): Promise<OrderVersion[]> {
    return presentVersions(await loaders.edits.load(row.id), row.currency);
  }
}
