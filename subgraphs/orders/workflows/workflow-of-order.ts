import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  Resolver,
  Root,
} from 'type-graphql';
import { moverOf } from '../access.js';
import { wholeOrder } from '../actions/resolver.js';
import { checkReason } from '../check-texts.js';
import type { OrdersContext } from '../context.js';
import { NO_UUID, reload } from '../graphql/account.js';
import { Order } from '../graphql/order-types.js';
import { ChangeOrderPayload } from '../graphql/payloads.js';
import { type ChangeResult, plannedChange } from '../guarded-change.js';
import { once } from '../once.js';
import { displayStatus, orderId } from '../present.js';
import { bringTo, refuseBringing } from '../rules/workflow-step.js';
import type { OrderRow } from '../tables.js';
import { inWords } from './default-workflow.js';
import { standingAt, waysOn } from './engine.js';
import { NextStatus, WorkflowStatusType } from './types.js';
import { statusOf, type WorkflowStatus } from './workflow.js';

@InputType({ description: 'Where an order is to be brought.' })
class MoveOrderInput {
  @Field(() => ID, { description: 'Which order.' })
  orderId: string;

  @Field(() => String, { description: 'Code of the status in its workflow.' })
  to: string;

  @Field(() => String, { nullable: true, description: 'Why, for the history.' })
  reason?: string | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver(() => Order)
export class WorkflowOfOrder {
  @FieldResolver(() => WorkflowStatusType, {
    description: "Where it stands in its storefront's workflow.",
  })
  workflowStatus(@Root() { row }: Order, @Ctx() context: OrdersContext): Promise<WorkflowStatus> {
    return standing(row, context);
  }

  @FieldResolver(() => [NextStatus], {
    description: "Where its storefront's workflow lets it go by hand from where it stands.",
  })
  async nextStatuses(@Root() { row }: Order, @Ctx() context: OrdersContext): Promise<NextStatus[]> {
    const order = { ...(await wholeOrder(row, context)), askedBy: moverOf(context.identity) };
    const { workflow } = order;
    if (!workflow) return [];
    const ways = waysOn(workflow, order).filter(({ by }) => by !== 'SYSTEM');
    return ways.map(({ to, by }) => {
      const refusing = refuseBringing(order, to);
      return {
        status: statusOf(workflow, to) as WorkflowStatus,
        by,
        allowed: refusing === undefined,
        reason: refusing?.error.message ?? null,
        nextStep: refusing?.nextStep ?? null,
      };
    });
  }

  @FieldResolver(() => String)
  async displayStatus(@Root() { row }: Order, @Ctx() context: OrdersContext): Promise<string> {
    return displayStatus(
      row,
      row.workflowId === null ? undefined : (await standing(row, context)).name,
    );
  }

  @Access('SIGNED_IN')
  @Mutation(() => ChangeOrderPayload, {
    description:
      "Brings an order to another status of its storefront's workflow. Who may, the workflow says.",
  })
  async moveOrder(
    @Arg('input', () => MoveOrderInput, { description: 'What is asked.' }) input: MoveOrderInput,
    @Ctx() context: OrdersContext,
  ): Promise<ChangeOrderPayload> {
    const reason = input.reason ?? null;
    const errors = checkReason(reason);
    if (errors.length > 0) return { order: null, userErrors: errors };
    const id = orderId.decode(input.orderId) ?? NO_UUID;
    const asked = { mutation: 'moveOrder', input, nothing: { orderId: null } };
    const result = await once<ChangeResult>(context, asked, (within) =>
      plannedChange(within, context.identity, id, (order) => bringTo(order, input.to, reason)),
    );
    if (result.orderId === null) return { order: null, userErrors: result.errors };
    return { order: await reload(context, result.orderId), userErrors: [] };
  }
}

async function standing(row: OrderRow, { loaders }: OrdersContext): Promise<WorkflowStatus> {
  if (row.workflowId === null) {
    return { code: row.status, name: inWords(row.status), canonical: row.status };
  }
  return standingAt(await loaders.workflow.load(row.workflowId), row);
}
