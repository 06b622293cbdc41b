import { Access } from '@waybill/kernel/graphql/access.js';
import { globalId } from '@waybill/kernel/ids.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export const apiKeyIds = globalId('ApiKey');

export enum ApiKeyScope {
  READ = 'READ',
  WRITE = 'WRITE',
  PRICES = 'PRICES',
  OPERATIONS = 'OPERATIONS',
}

registerEnumType(ApiKeyScope, {
  name: 'ApiKeyScope',
  description: 'What an API key is good for.',
  valuesConfig: {
    READ: { description: 'Runs approved queries and subscriptions of the partner.' },
    WRITE: { description: 'Runs approved mutations of the partner.' },
    PRICES: { description: 'With WRITE, quotes prices of its own within limits: `createQuote`.' },
    OPERATIONS: { description: 'Checks, registers, lists and retires operations of the partner.' },
  },
});

@Access('OWNER')
@ObjectType({
  description: 'A key by which a partner is known. Nobody can read its secret again.',
  simpleResolvers: true,
})
export class ApiKey {
  @Field(() => ID, { description: 'Identifies the key; no secret.' })
  id: string;

  @Field(() => String, { description: 'What the key is for, in words of who made it.' })
  name: string;

  @Field(() => [ApiKeyScope], { description: 'What the key is good for.' })
  scopes: ApiKeyScope[];

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  createdAt: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'From when on it is refused; null where it does not expire.',
  })
  expiresAt: Date | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it was last used, give or take some seconds; null where it never was.',
  })
  lastUsedAt: Date | null;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it was withdrawn; null where it was not.',
  })
  withdrawnAt: Date | null;
}

/** A key as SQL answers it. */
export interface ApiKeyRow {
  id: string;
  partnerId: string;
  name: string;
  scopes: ApiKeyScope[];
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  withdrawnAt: string | null;
}

/** The columns of an ApiKeyRow; the secret's hash is none of them. */
export const API_KEY_COLUMNS = `api_keys.id, api_keys.partner_id as "partnerId", api_keys.name,
  api_keys.scopes, api_keys.created_at as "createdAt", api_keys.expires_at as "expiresAt",
  api_keys.last_used_at as "lastUsedAt", api_keys.withdrawn_at as "withdrawnAt"`;

export function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    ...row,
    id: apiKeyIds.encode(row.id),
    createdAt: new Date(row.createdAt),
    expiresAt: dateOf(row.expiresAt),
    lastUsedAt: dateOf(row.lastUsedAt),
    withdrawnAt: dateOf(row.withdrawnAt),
  };
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
