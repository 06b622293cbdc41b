import { Access } from '@waybill/kernel/graphql/access.js';
import { connectionOf } from '@waybill/kernel/graphql/connection.js';
import { GraphQLDateTimeISO, GraphQLJSONObject } from 'graphql-scalars';
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Storefront } from '../graphql/entities.js';
import { CaptureOnEnum, described, enumOf, OrderStatusEnum } from '../graphql/enums.js';
import type { CaptureOn, OrderStatus } from '../order.js';
import { MOVERS, type Mover, STOCK_OPERATIONS, type StockOperation } from './workflow.js';

const MoverEnum = enumOf(MOVERS);
registerEnumType(MoverEnum, {
  name: 'WorkflowMover',
  description: 'Who may bring orders along a way; each may do what those before may.',
  valuesConfig: described({
    SYSTEM: 'Nobody: jobs and clocks do.',
    CUSTOMER: 'Whoever ordered.',
    STAFF: 'Staff.',
    MANAGER: 'Managers.',
    ADMIN: 'Administrators.',
  }),
});

export const ACTION_TYPES = ['EMAIL', 'WEBHOOK', 'CAPTURE', 'STOCK'] as const;
const ActionTypeEnum = enumOf(ACTION_TYPES);
registerEnumType(ActionTypeEnum, {
  name: 'WorkflowActionType',
  description: 'What can follow once an order has gone a way.',
  valuesConfig: described({
    EMAIL: 'Mail to the customer, in these words instead of the usual ones.',
    WEBHOOK: 'The webhooks of the storefront, and of the partner who placed the order, are told.',
    CAPTURE: 'The money that is due is taken.',
    STOCK: 'What becomes of the units; the same in each workflow, so it can be left out.',
  }),
});

const StockOperationEnum = enumOf(STOCK_OPERATIONS);
registerEnumType(StockOperationEnum, {
  name: 'WorkflowStockOperation',
  description: 'What becomes of the units of an order.',
  valuesConfig: described({
    RESERVE: 'They are held for a while.',
    COMMIT: "They are the order's own.",
    CONSUME: 'They leave.',
    RELEASE: 'They go back to stock.',
  }),
});

@Access('OWNER')
@InputType('WorkflowStatusInput', { description: 'A status, and what it stands for.' })
@ObjectType('WorkflowStatus', {
  description: 'A status of a workflow, and what it stands for.',
  simpleResolvers: true,
})
export class WorkflowStatusType {
  @Field(() => String, { description: 'Names it within its workflow: QUALITY_CHECK.' })
  code: string;

  @Field(() => String, { description: 'What people call it.' })
  name: string;

  @Field(() => OrderStatusEnum, {
    description: 'The status of the common lifecycle that it stands for; several may for one.',
  })
  canonical: OrderStatus;
}

@Access('STAFF')
@InputType('WorkflowActionInput', { description: 'What follows once an order has gone a way.' })
@ObjectType('WorkflowAction', {
  description: 'What follows once an order has gone a way.',
  simpleResolvers: true,
})
export class WorkflowActionType {
  @Field(() => ActionTypeEnum, { description: 'What is done.' })
  type: (typeof ACTION_TYPES)[number];

  @Field(() => String, {
    nullable: true,
    description:
      'Of EMAIL: its subject. {{number}}, {{name}}, {{status}}, {{total}} and {{storefront}} are filled in.',
  })
  subject?: string | null;

  @Field(() => String, { nullable: true, description: 'Of EMAIL: its text, filled in likewise.' })
  text?: string | null;

  @Field(() => StockOperationEnum, { nullable: true, description: 'Of STOCK: what becomes of it.' })
  operation?: StockOperation | null;
}

@Access('STAFF')
@ObjectType('WorkflowTransition', {
  description: 'A way from one status to another.',
  simpleResolvers: true,
})
export class WorkflowTransitionType {
  @Field(() => String, { description: 'Code of the status where it begins.' })
  from: string;

  @Field(() => String, { description: 'Code of the status where it leads.' })
  to: string;

  @Field(() => MoverEnum, {
    description: 'Who may bring orders along it, with all of higher rank.',
  })
  by: Mover;

  @Field(() => [WorkflowActionType], { description: 'What follows.' })
  actions: WorkflowActionType[];
}

@InputType('WorkflowTransitionInput', { description: 'A way from one status to another.' })
export class WorkflowTransitionInput {
  @Field(() => String, { description: 'Code of the status where it begins.' })
  from: string;

  @Field(() => String, { description: 'Code of the status where it leads.' })
  to: string;

  @Field(() => MoverEnum, {
    description: 'Who may bring orders along it, with all of higher rank.',
  })
  by: Mover;

  @Field(() => [WorkflowActionType], { defaultValue: [], description: 'What follows.' })
  actions: WorkflowActionType[];
}

@InputType({
  description: 'A workflow as one document; `Workflow.document` has the same shape.',
})
export class WorkflowInput {
  @Field(() => String, { description: 'What it is called.' })
  name: string;

  @Field(() => [WorkflowStatusType], {
    description:
      'Its statuses, at most 60. The first of those that stand for the same is where orders come in.',
  })
  statuses: WorkflowStatusType[];

  @Field(() => [WorkflowTransitionInput], {
    description:
      'Its ways, at most 300. Those that orders go by themselves are put in where they are left out.',
  })
  transitions: WorkflowTransitionInput[];
}

@Access('STAFF')
@ObjectType({
  description: 'One version of how the orders of a storefront go. It never changes.',
  simpleResolvers: true,
})
export class Workflow {
  @Field(() => Storefront, { description: 'Whose it is.' })
  storefront: Storefront;

  @Field(() => Int, { description: 'From 1; 0 is the default one, for whoever saves none.' })
  version: number;

  @Field(() => String, { description: 'What it is called.' })
  name: string;

  @Field(() => [WorkflowStatusType], { description: 'Its statuses.' })
  statuses: WorkflowStatusType[];

  @Field(() => [WorkflowTransitionType], { description: 'Its ways.' })
  transitions: WorkflowTransitionType[];

  @Field(() => CaptureOnEnum, {
    description: 'When its orders are paid, where nobody says otherwise.',
  })
  captureOn: CaptureOn;

  @Field(() => String, { description: "A state diagram of it, in Mermaid's language." })
  mermaid: string;

  @Field(() => GraphQLJSONObject, {
    description: 'All of it as one document, which `saveWorkflow` takes as it is.',
  })
  document: object;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was saved.' })
  createdAt: Date | null;
}

export const WorkflowConnection = connectionOf('Workflow', () => Workflow);

@Access('OWNER')
@ObjectType({
  description: 'Where an order can be brought from where it is.',
  simpleResolvers: true,
})
export class NextStatus {
  @Field(() => WorkflowStatusType, { description: 'Where.' })
  status: WorkflowStatusType;

  @Field(() => MoverEnum, { description: 'Who may, with all of higher rank.' })
  by: Mover;

  @Field(() => Boolean, { description: 'Whether you can now, with `moveOrder`.' })
  allowed: boolean;

  @Field(() => String, { nullable: true, description: 'Why not; null where you can.' })
  reason: string | null;

  @Field(() => String, { nullable: true, description: 'What to do instead; null where you can.' })
  nextStep: string | null;
}
