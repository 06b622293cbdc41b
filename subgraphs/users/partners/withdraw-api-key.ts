import type { Database } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { recordAccessChange } from '../access/record-access-change.js';
import { AuditAction } from '../audit-log/audit-action.js';
import { type Actor, actorIn, recordAudit } from '../audit-log/record-audit.js';
import type { UsersContext } from '../context.js';
import { type UsersError, UsersErrorCode } from '../graphql/errors.js';
import { once } from '../once.js';
import { API_KEY_COLUMNS, type ApiKeyRow, apiKeyIds } from './api-key.js';
import { ApiKeyPayload, presentApiKey, type SavedApiKey } from './api-key-payload.js';
import { partnerIds } from './partner.js';

@InputType({ description: 'A key that counts no more.' })
class WithdrawApiKeyInput {
  @Field(() => ID, { description: 'Which key.' })
  apiKeyId: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class WithdrawApiKeyMutation {
  @Access('ADMIN')
  @Mutation(() => ApiKeyPayload, {
    description:
      'Withdraws an API key: the next request with it is refused, and its subscriptions end. For administrators.',
  })
  async withdrawApiKey(
    @Arg('input', () => WithdrawApiKeyInput, { description: 'Which key.' })
    input: WithdrawApiKeyInput,
    @Ctx() ctx: UsersContext,
  ): Promise<ApiKeyPayload> {
    const id = apiKeyIds.decode(input.apiKeyId);
    if (!id) return { apiKey: null, userErrors: [noSuchKey()] };
    const asked = { mutation: 'withdrawApiKey', input, nothing: { apiKey: null } };
    const saved = await once<SavedApiKey>(ctx, asked, (db) => withdrawApiKey(db, id, actorIn(ctx)));
    return presentApiKey(saved);
  }
}

/** Withdrawn twice, it was withdrawn the first time. */
async function withdrawApiKey(db: Database, id: string, by: Actor): Promise<SavedApiKey> {
  return db.transaction(async (query) => {
    const [row] = await query<ApiKeyRow & { before: string | null }>(
      'apiKeys.withdraw',
      `update api_keys set withdrawn_at = coalesce(api_keys.withdrawn_at, now())
       from (select withdrawn_at from api_keys where id = $1 for update) as former
       where id = $1 returning ${API_KEY_COLUMNS}, former.withdrawn_at as before`,
      [id],
    );
    if (!row) return { apiKey: null, errors: [noSuchKey()] };
    const { before, ...apiKey } = row;
    if (before === null) {
      await recordAudit(query, {
        ...by,
        action: AuditAction.API_KEY_WITHDRAWN,
        subject: apiKeyIds.encode(id),
        data: { partnerId: partnerIds.encode(apiKey.partnerId) },
      });
      await recordAccessChange(query, { kind: 'KEY_WITHDRAWN', keyId: id });
    }
    return { apiKey, errors: [] };
  });
}

function noSuchKey(): UsersError {
  return userError(UsersErrorCode.NOT_FOUND, 'There is no such API key.', ['apiKeyId']);
}
