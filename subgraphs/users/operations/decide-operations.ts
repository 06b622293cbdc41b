import type { Database, Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { recordAccessChange } from '../access/record-access-change.js';
import { AuditAction } from '../audit-log/audit-action.js';
import { type Actor, actorIn, recordAudit } from '../audit-log/record-audit.js';
import type { UsersContext } from '../context.js';
import { type UsersError, UsersErrorCode, UsersUserError } from '../graphql/errors.js';
import { once } from '../once.js';
import { meantPartner } from '../partners/meant-partner.js';
import { partnerIds } from '../partners/partner.js';
import { noSuchPartner } from '../partners/partner-payload.js';
import {
  OPERATION_COLUMNS,
  type OperationRow,
  OperationState,
  RegisteredOperation,
  toOperation,
} from './registered-operation.js';

/** What can be decided: from which states to which. Decided twice, it was decided the first time. */
const DECISIONS = {
  approveOperations: {
    from: [OperationState.PENDING, OperationState.APPROVED],
    to: OperationState.APPROVED,
    action: AuditAction.OPERATIONS_APPROVED,
  },
  rejectOperations: {
    from: [OperationState.PENDING, OperationState.REJECTED],
    to: OperationState.REJECTED,
    action: AuditAction.OPERATIONS_REJECTED,
  },
  retireOperations: {
    from: [OperationState.PENDING, OperationState.APPROVED, OperationState.RETIRED],
    to: OperationState.RETIRED,
    action: AuditAction.OPERATIONS_RETIRED,
  },
} as const;

type DecisionName = keyof typeof DECISIONS;

@InputType({ description: 'Registered operations of one partner.' })
class DecideOperationsInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Whose operations; a partner itself may leave that out.',
  })
  partnerId?: string | null;

  @Field(() => [String], { description: 'Which ones; all of them, or nothing happens.' })
  operationIds: string[];

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({
  description: 'The operations as they are now, or why nothing was changed.',
  simpleResolvers: true,
})
class DecideOperationsPayload {
  @Field(() => [RegisteredOperation], { description: 'The operations as they are now.' })
  operations: RegisteredOperation[];

  @Field(() => [UsersUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UsersError[];
}

@Resolver()
export class DecideOperationsMutations {
  @Access('MANAGER')
  @Mutation(() => DecideOperationsPayload, {
    description: 'Lets a partner run operations that it has registered. For managers.',
  })
  async approveOperations(
    @Arg('input', () => DecideOperationsInput, { description: 'Whose, and which.' })
    input: DecideOperationsInput,
    @Ctx() ctx: UsersContext,
  ): Promise<DecideOperationsPayload> {
    return decide(ctx, 'approveOperations', input);
  }

  @Access('MANAGER')
  @Mutation(() => DecideOperationsPayload, {
    description:
      'Tells a partner that operations which it has registered are not wanted. For managers.',
  })
  async rejectOperations(
    @Arg('input', () => DecideOperationsInput, { description: 'Whose, and which.' })
    input: DecideOperationsInput,
    @Ctx() ctx: UsersContext,
  ): Promise<DecideOperationsPayload> {
    return decide(ctx, 'rejectOperations', input);
  }

  @Access('PARTNER', 'OPERATIONS')
  @Mutation(() => DecideOperationsPayload, {
    description:
      'Ends operations: the next request for one is refused. For staff, and for partners with the scope OPERATIONS.',
  })
  async retireOperations(
    @Arg('input', () => DecideOperationsInput, { description: 'Whose, and which.' })
    input: DecideOperationsInput,
    @Ctx() ctx: UsersContext,
  ): Promise<DecideOperationsPayload> {
    return decide(ctx, 'retireOperations', input);
  }
}

interface Decided {
  operations: OperationRow[];
  errors: UsersError[];
}

async function decide(
  ctx: UsersContext,
  mutation: DecisionName,
  input: DecideOperationsInput,
): Promise<DecideOperationsPayload> {
  const partnerId = await meantPartner(ctx, input.partnerId);
  if (!partnerId) return { operations: [], userErrors: [noSuchPartner()] };
  const ids = [...new Set(input.operationIds)];
  const asked = { mutation, input, nothing: { operations: [] } };
  const by = actorIn(ctx);
  const { operations, errors } = await once<Decided>(ctx, asked, (db) =>
    change(db, mutation, { partnerId, ids, by }),
  );
  return { operations: operations.map(toOperation), userErrors: errors };
}

interface Change {
  partnerId: string;
  ids: string[];
  by: Actor;
}

async function change(db: Database, mutation: DecisionName, asked: Change): Promise<Decided> {
  const { partnerId, ids, by } = asked;
  const { from, to, action } = DECISIONS[mutation];
  return db.transaction(async (query) => {
    const states = await lockedStates(query, asked);
    const problem = problemOf(ids, states, from);
    if (problem) return { operations: [], errors: [problem] };
    const changing = ids.filter((id) => states.get(id) !== to);
    if (changing.length > 0) {
      await setState(query, { partnerId, ids: changing, to });
      const subject = partnerIds.encode(partnerId);
      await recordAudit(query, { ...by, action, subject, data: { operationIds: changing } });
      await recordAccessChange(query, { kind: 'PARTNER_CHANGED', partnerId });
    }
    return { operations: await operationsOf(query, partnerId, ids), errors: [] };
  });
}

async function lockedStates(
  query: Query,
  { partnerId, ids }: Change,
): Promise<Map<string, OperationState>> {
  const rows = await query<{ id: string; state: OperationState }>(
    'operations.lock',
    `select id, state from registered_operations
     where partner_id = $1 and id = any($2::text[]) order by id for update`,
    [partnerId, ids],
  );
  return new Map(rows.map(({ id, state }) => [id, state]));
}

function problemOf(
  ids: readonly string[],
  states: ReadonlyMap<string, OperationState>,
  from: readonly OperationState[],
): UsersError | undefined {
  const field = ['operationIds'];
  const unknown = ids.find((id) => !states.has(id));
  if (ids.length === 0 || unknown !== undefined) {
    const message = `The partner has no operation ${JSON.stringify(unknown ?? '')}.`;
    return userError(UsersErrorCode.NOT_FOUND, message, field);
  }
  const other = ids.find((id) => !from.includes(states.get(id) as OperationState));
  if (other === undefined) return undefined;
  const message = `The operation ${JSON.stringify(other)} is ${states.get(other)}: register it anew.`;
  return userError(UsersErrorCode.OPERATION_DECIDED, message, field);
}

async function setState(
  query: Query,
  { partnerId, ids, to }: { partnerId: string; ids: string[]; to: OperationState },
): Promise<void> {
  await query(
    'operations.decide',
    `update registered_operations set state = $3, decided_at = now()
     where partner_id = $1 and id = any($2::text[])`,
    [partnerId, ids, to],
  );
}

function operationsOf(query: Query, partnerId: string, ids: string[]): Promise<OperationRow[]> {
  return query<OperationRow>(
    'operations.byId',
    `select ${OPERATION_COLUMNS} from registered_operations
     where partner_id = $1 and id = any($2::text[]) order by name, id`,
    [partnerId, ids],
  );
}
