import type { Database } from '@waybill/kernel/database.js';
import { ClientError } from '@waybill/kernel/errors.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { GraphQLJSONObject } from 'graphql-scalars';
import {
  Arg,
  Ctx,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import { AuditAction } from '../audit-log/audit-action.js';
import { type Actor, actorIn, recordAudit } from '../audit-log/record-audit.js';
import type { UsersContext } from '../context.js';
import { type UsersError, UsersErrorCode, UsersUserError } from '../graphql/errors.js';
import { once } from '../once.js';
import { lockOpenPartner } from '../partners/lock-partner.js';
import { meantPartner } from '../partners/meant-partner.js';
import { partnerIds } from '../partners/partner.js';
import { noSuchPartner } from '../partners/partner-payload.js';
import { checkManifest, MAX_OPERATIONS, textsOf } from './check-manifest.js';
import type { CheckedOperation } from './check-operations.js';
import { OperationReport, toReport } from './registered-operation.js';

const MANIFEST =
  "A manifest as tools write it: Apollo's { format, version, operations }, or { id: text } of Relay and graphql-codegen.";
const PARTNER = 'Whose operations; a partner itself may leave that out.';

@InputType({ description: 'Operations that a partner wants to run.' })
class RegisterOperationsInput {
  @Field(() => ID, { nullable: true, description: PARTNER })
  partnerId?: string | null;

  @Field(() => GraphQLJSONObject, { description: MANIFEST })
  manifest: Record<string, unknown>;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({
  description: 'What there is to say of each operation, and why none was registered.',
  simpleResolvers: true,
})
class RegisterOperationsPayload {
  @Field(() => [OperationReport], { description: 'One report for each operation.' })
  report: OperationReport[];

  @Field(() => [UsersUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UsersError[];
}

@Resolver()
export class RegisterOperations {
  @Access('PARTNER', 'OPERATIONS')
  @Query(() => [OperationReport], {
    description: `What registering these operations would report, one for each: at most ${MAX_OPERATIONS}. For staff, and for partners with the scope OPERATIONS.`,
  })
  async checkOperations(
    @Ctx() ctx: UsersContext,
    @Arg('manifest', () => GraphQLJSONObject, { description: MANIFEST })
    manifest: Record<string, unknown>,
    @Arg('partnerId', () => ID, { nullable: true, description: PARTNER })
    partnerId?: string | null,
  ): Promise<OperationReport[]> {
    const { checked, error } = await checkManifest(
      ctx.accounts,
      await meantPartner(ctx, partnerId),
      manifest,
    );
    if (error) throw new ClientError('BAD_USER_INPUT', error.message);
    return checked.map(toReport);
  }

  @Access('PARTNER', 'OPERATIONS')
  @Mutation(() => RegisterOperationsPayload, {
    description:
      'Registers operations of a partner, all or none; they run once a manager has approved them. What is registered already stays as it is. For staff, and for partners with the scope OPERATIONS.',
  })
  async registerOperations(
    @Arg('input', () => RegisterOperationsInput, { description: 'Whose, and which.' })
    input: RegisterOperationsInput,
    @Ctx() ctx: UsersContext,
  ): Promise<RegisterOperationsPayload> {
    const partnerId = await meantPartner(ctx, input.partnerId);
    const { checked, error } = await checkManifest(ctx.accounts, partnerId, input.manifest);
    if (error || !partnerId) return { report: [], userErrors: error ? [error] : [] };
    const report = checked.map(toReport);
    if (checked.some(({ problems }) => problems.length > 0))
      return { report, userErrors: [refused()] };
    const asked = { mutation: 'registerOperations', input, nothing: { done: false } };
    const { errors } = await once<Registered>(ctx, asked, (db) =>
      register(db, { partnerId, operations: checked, by: actorIn(ctx) }),
    );
    return { report, userErrors: errors };
  }
}

function refused(): UsersError {
  const message = 'Nothing was registered: the report says what is wrong with which operation.';
  return userError(UsersErrorCode.OPERATIONS_REFUSED, message, ['manifest']);
}

interface Registered {
  done: boolean;
  errors: UsersError[];
}

interface Registration {
  partnerId: string;
  operations: CheckedOperation[];
  by: Actor;
}

async function register(
  db: Database,
  { partnerId, operations, by }: Registration,
): Promise<Registered> {
  return db.transaction(async (query) => {
    // Two that register the same id at once must not both find it free.
    if (!(await lockOpenPartner(query, partnerId))) {
      return { done: false, errors: [noSuchPartner()] };
    }
    const texts = await textsOf(query, partnerId, operations);
    if (operations.some(({ id, text }) => (texts.get(id) ?? text) !== text)) {
      return { done: false, errors: [refused()] };
    }
    const registered = await query<{ id: string }>(
      'operations.register',
      `insert into registered_operations (partner_id, id, name, kind, text, cost, state)
       select $1, id, name, kind, text, cost, 'PENDING' from jsonb_to_recordset($2::jsonb)
         as row (id text, name text, kind text, text text, cost int)
       on conflict (partner_id, id) do update
         set state = 'PENDING', cost = excluded.cost, registered_at = now(), decided_at = null
         where registered_operations.state in ('REJECTED', 'RETIRED')
       returning id`,
      [partnerId, JSON.stringify(operations)],
    );
    if (registered.length > 0) {
      await recordAudit(query, {
        ...by,
        action: AuditAction.OPERATIONS_REGISTERED,
        subject: partnerIds.encode(partnerId),
        data: { operationIds: registered.map(({ id }) => id) },
      });
    }
    return { done: true, errors: [] };
  });
}
