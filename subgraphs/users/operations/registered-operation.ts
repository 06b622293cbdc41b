import { Access } from '@waybill/kernel/graphql/access.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { CheckedOperation } from './check-operations.js';

export enum OperationKind {
  QUERY = 'QUERY',
  MUTATION = 'MUTATION',
  SUBSCRIPTION = 'SUBSCRIPTION',
}

registerEnumType(OperationKind, {
  name: 'OperationKind',
  description: 'What an operation does.',
  valuesConfig: {
    QUERY: { description: 'Reads.' },
    MUTATION: { description: 'Changes something.' },
    SUBSCRIPTION: { description: 'Follows events.' },
  },
});

export enum OperationState {
  PENDING = 'PENDING',
  APPROVED = 'APPROVED',
  REJECTED = 'REJECTED',
  RETIRED = 'RETIRED',
}

registerEnumType(OperationState, {
  name: 'OperationState',
  description: 'How far a registered operation has come.',
  valuesConfig: {
    PENDING: { description: 'Waits for staff to look at it; does not run.' },
    APPROVED: { description: 'Runs.' },
    REJECTED: { description: 'Staff do not want it; does not run.' },
    RETIRED: { description: 'Ran once, and does so no more.' },
  },
});

@Access('OWNER')
@ObjectType({
  description: 'An operation that a partner registered, to run it by its id.',
  simpleResolvers: true,
})
export class RegisteredOperation {
  @Field(() => String, { description: 'By what requests name it; one per partner.' })
  operationId: string;

  @Field(() => String, { description: "The operation's own name." })
  name: string;

  @Field(() => OperationKind, { description: 'What it does.' })
  kind: OperationKind;

  @Field(() => String, { description: 'Its text.' })
  text: string;

  @Field(() => Int, { description: 'What it costs when variables have their defaults.' })
  cost: number;

  @Field(() => OperationState, { description: 'How far it has come.' })
  state: OperationState;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was registered, for the last time.' })
  registeredAt: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it was approved, rejected or retired.',
  })
  decidedAt: Date | null;

  @Field(() => Int, { description: 'How often it was asked for, give or take the last seconds.' })
  uses: number;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When that was last.' })
  lastUsedAt: Date | null;
}

/** An operation as SQL answers it. */
export interface OperationRow
  extends Omit<RegisteredOperation, 'registeredAt' | 'decidedAt' | 'lastUsedAt'> {
  registeredAt: string;
  decidedAt: string | null;
  lastUsedAt: string | null;
}

/** The columns of an OperationRow; a count that GraphQL's Int cannot hold is the greatest that it can. */
export const OPERATION_COLUMNS = `id as "operationId", name, kind, text, cost, state,
  registered_at as "registeredAt", decided_at as "decidedAt", last_used_at as "lastUsedAt",
  least(uses, 2147483647)::int as uses`;

export function toOperation(row: OperationRow): RegisteredOperation {
  return {
    ...row,
    registeredAt: new Date(row.registeredAt),
    decidedAt: row.decidedAt === null ? null : new Date(row.decidedAt),
    lastUsedAt: row.lastUsedAt === null ? null : new Date(row.lastUsedAt),
  };
}

@Access('OWNER')
@ObjectType({ description: 'What is wrong with an operation.', simpleResolvers: true })
class OperationProblem {
  @Field(() => String, { description: 'The code that running it would answer; see error-codes.' })
  code: string;

  @Field(() => String, { description: 'The same for people; may change.' })
  message: string;
}

@Access('OWNER')
@ObjectType({
  description: 'What there is to say of an operation that is to be registered.',
  simpleResolvers: true,
})
export class OperationReport {
  @Field(() => String, { description: 'By what requests would name it.' })
  operationId: string;

  @Field(() => String, { nullable: true, description: "The operation's own name, if any." })
  name: string | null;

  @Field(() => OperationKind, { nullable: true, description: 'What it does, if that is clear.' })
  kind: `${OperationKind}` | null;

  @Field(() => Int, {
    nullable: true,
    description: 'What it costs when variables have their defaults, if that can be told.',
  })
  cost: number | null;

  @Field(() => [OperationProblem], { description: 'What is wrong with it; empty where it fits.' })
  problems: readonly OperationProblem[];
}

export function toReport({ id, name, kind, cost, problems }: CheckedOperation): OperationReport {
  return { operationId: id, name, kind, cost, problems };
}
