import { newApiKey } from '@waybill/kernel/api-key.js';
import type { Database, Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { newId } from '@waybill/kernel/ids.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { AuditAction } from '../audit-log/audit-action.js';
import { type Actor, actorIn, recordAudit } from '../audit-log/record-audit.js';
import type { UsersContext } from '../context.js';
import { type UsersError, UsersErrorCode } from '../graphql/errors.js';
import { cleanText } from '../input.js';
import { once } from '../once.js';
import { API_KEY_COLUMNS, type ApiKeyRow, ApiKeyScope, apiKeyIds } from './api-key.js';
import { ApiKeyPayload, presentApiKey, type SavedApiKey } from './api-key-payload.js';
import { lockOpenPartner } from './lock-partner.js';
import { partnerIds } from './partner.js';
import { noSuchPartner } from './partner-payload.js';

/** Keys of one partner that are valid at the same time, at the most. */
export const MAX_VALID_KEYS = 20;

@InputType({ description: 'A new API key.' })
class CreateApiKeyInput {
  @Field(() => ID, { description: 'Whose key.' })
  partnerId: string;

  @Field(() => String, { description: 'What the key is for, so that people tell keys apart.' })
  name: string;

  @Field(() => [ApiKeyScope], { description: 'What the key is good for; at least one.' })
  scopes: ApiKeyScope[];

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'From when on it is refused; it does not expire where nothing is said.',
  })
  expiresAt?: Date | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The new key, or why there is none.', simpleResolvers: true })
class CreateApiKeyPayload extends ApiKeyPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'The key itself. It is shown this once and never again; null where it was shown before.',
  })
  secret: string | null;
}

@Resolver()
export class CreateApiKeyMutation {
  @Access('ADMIN')
  @Mutation(() => CreateApiKeyPayload, {
    description:
      'Makes an API key. A partner may have several, so that one takes the place of another without a break. For administrators.',
  })
  async createApiKey(
    @Arg('input', () => CreateApiKeyInput, { description: 'Whose key, and for what.' })
    input: CreateApiKeyInput,
    @Ctx() ctx: UsersContext,
  ): Promise<CreateApiKeyPayload> {
    const { partnerId, name, errors } = checked(input);
    if (errors) return { apiKey: null, secret: null, userErrors: errors };
    const id = newId();
    const { text, secretHash } = newApiKey(id);
    const { scopes, expiresAt = null } = input;
    const key = { id, partnerId, name, secretHash, scopes: [...new Set(scopes)], expiresAt };
    const asked = { mutation: 'createApiKey', input, nothing: { apiKey: null } };
    const saved = await once<SavedApiKey>(ctx, asked, (db) => createApiKey(db, key, actorIn(ctx)));
    // Asked again with the same idempotency key, the mutation answers the first key: another secret than this.
    const secret = saved.apiKey?.id === id ? text : null;
    return { ...presentApiKey(saved), secret };
  }
}

type Checked =
  | { partnerId: string; name: string; errors?: undefined }
  | { partnerId?: undefined; name?: undefined; errors: UsersError[] };

function checked({ partnerId, name, scopes, expiresAt }: CreateApiKeyInput): Checked {
  const id = partnerIds.decode(partnerId);
  const cleaned = cleanText(name);
  if (!id) return { errors: [noSuchPartner()] };
  if (!cleaned) return refused('INVALID_TEXT', 'Say what the key is for.', 'name');
  if (scopes.length === 0) return refused('NO_SCOPES', 'The key is good for nothing.', 'scopes');
  if (expiresAt && expiresAt.getTime() <= Date.now()) {
    return refused('INVALID_EXPIRY', 'The key would be expired already.', 'expiresAt');
  }
  return { partnerId: id, name: cleaned };
}

function refused(code: keyof typeof UsersErrorCode, message: string, field: string): Checked {
  return { errors: [userError(UsersErrorCode[code], message, [field])] };
}

interface NewKey {
  id: string;
  partnerId: string;
  name: string;
  secretHash: string;
  scopes: ApiKeyScope[];
  expiresAt: Date | null;
}

async function createApiKey(db: Database, key: NewKey, by: Actor): Promise<SavedApiKey> {
  return db.transaction(async (query) => {
    if (!(await lockOpenPartner(query, key.partnerId)))
      return { apiKey: null, errors: [noSuchPartner()] };
    const apiKey = await insertKey(query, key);
    if (!apiKey) return { apiKey: null, errors: [tooManyKeys()] };
    await recordAudit(query, {
      ...by,
      action: AuditAction.API_KEY_CREATED,
      subject: apiKeyIds.encode(key.id),
      data: { partnerId: partnerIds.encode(key.partnerId), name: key.name, scopes: key.scopes },
    });
    return { apiKey, errors: [] };
  });
}

async function insertKey(query: Query, key: NewKey): Promise<ApiKeyRow | undefined> {
  const [row] = await query<ApiKeyRow>(
    'apiKeys.insert',
    `insert into api_keys (id, partner_id, name, secret_hash, scopes, expires_at)
     select $1, $2, $3, $4, $5, $6 where $7 > (
       select count(*) from api_keys
       where partner_id = $2 and withdrawn_at is null and (expires_at is null or expires_at > now()))
     returning ${API_KEY_COLUMNS}`,
    [key.id, key.partnerId, key.name, key.secretHash, key.scopes, key.expiresAt, MAX_VALID_KEYS],
  );
  return row;
}

function tooManyKeys(): UsersError {
  const message = `The partner has ${MAX_VALID_KEYS} valid keys: withdraw one first.`;
  return userError(UsersErrorCode.TOO_MANY_KEYS, message, ['partnerId']);
}
