import { Access } from '@waybill/kernel/graphql/access.js';
import { globalId } from '@waybill/kernel/ids.js';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Node } from '../graphql/entities.js';
import { described, enumOf } from '../graphql/enums.js';
import { LineUnits, Order, Refund } from '../graphql/order-types.js';
import { RETURN_STATUSES, type ReturnStatus } from '../order-parts.js';
import type { ReturnRow } from '../tables.js';
import { OrdersUserError } from '../user-errors.js';

const ReturnStatusEnum = enumOf(RETURN_STATUSES);

registerEnumType(ReturnStatusEnum, {
  name: 'ReturnStatus',
  description: 'Where goods are on their way back.',
  valuesConfig: described({
    REQUESTED: 'Announced; nothing has arrived.',
    RECEIVED: 'The goods are here.',
    REJECTED: 'Not accepted.',
    CANCELLED: 'The customer keeps the goods.',
  }),
});

@Access('OWNER')
@ObjectType({ description: 'Units of a line that come back.', simpleResolvers: true })
export class ReturnLine extends LineUnits {
  @Field(() => Int, { description: 'Units that arrived.' })
  receivedQuantity: number;

  @Field(() => Int, { description: 'Units of those that go back to stock.' })
  restockedQuantity: number;
}

@Access('OWNER')
@ObjectType({
  implements: Node,
  description: 'Goods on their way back, or back.',
  simpleResolvers: true,
})
export class Return extends Node {
  row: ReturnRow;

  @Field(() => ID, { description: 'Identifies the return everywhere.' })
  declare id: string;

  @Field(() => Int, { description: "Counts the order's returns, from 1." })
  number: number;

  @Field(() => ReturnStatusEnum, { description: 'Where it is on its way.' })
  status: ReturnStatus;

  @Field(() => [ReturnLine], { description: 'What comes back.' })
  lines: ReturnLine[];

  @Field(() => String, { nullable: true, description: 'Why, in the words of whoever asked.' })
  reason: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was not accepted.' })
  rejectionReason: string | null;

  @Field(() => Boolean, {
    description: 'Whether all that goes back to stock is there; true where nothing has to.',
  })
  restocked: boolean;

  @Field(() => String, { description: 'When it was asked for (RFC 3339).' })
  requestedAt: string;

  @Field(() => String, { nullable: true, description: 'When the goods arrived (RFC 3339).' })
  receivedAt: string | null;
}

export const returnId = globalId('Return');

export function presentReturn(row: ReturnRow): Return {
  return {
    row,
    id: returnId.encode(row.id),
    number: row.number,
    status: row.status,
    lines: row.lines.map(({ lineNumber, sku, quantity, received, restocked }) => ({
      lineNumber,
      sku,
      quantity,
      receivedQuantity: received,
      restockedQuantity: restocked,
    })),
    reason: row.reason,
    rejectionReason: row.rejection,
    restocked: row.restocking !== 'PENDING',
    requestedAt: row.requestedAt.toISOString(),
    receivedAt: row.receivedAt?.toISOString() ?? null,
  };
}

@ObjectType({ description: 'What a change of a return led to.', simpleResolvers: true })
export class ReturnPayload {
  @Field(() => Return, {
    nullable: true,
    description: 'The return; null where the change was refused.',
  })
  return: Return | null;

  @Field(() => Refund, { nullable: true, description: 'The refund that it led to, if any.' })
  refund: Refund | null;

  @Field(() => Order, { nullable: true, description: 'Its order.' })
  order: Order | null;

  @Field(() => [OrdersUserError], { description: 'Why it was refused; empty where it was not.' })
  userErrors: OrdersUserError[];
}

@ObjectType({ description: 'What recording a return led to.', simpleResolvers: true })
export class RecordReturnPayload extends ReturnPayload {
  @Field(() => Boolean, {
    description: 'Whether the key was known: the return had been recorded before.',
  })
  alreadyRecorded: boolean;
}
