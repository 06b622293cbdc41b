import { randomUUID } from 'node:crypto';
import type { Client } from './client.js';

/** A new partner; its id. */
export async function createPartner(admin: Client, rateClass = 'STANDARD'): Promise<string> {
  const { createPartner } = await admin.ask<{ createPartner: { partner: { id: string } } }>(
    'mutation ($input: CreatePartnerInput!) { createPartner(input: $input) { partner { id } } }',
    { input: { name: `Partner ${randomUUID()}`, rateClass } },
  );
  return createPartner.partner.id;
}

export interface NewKey {
  id: string;
  secret: string;
}

/** A new API key of that partner. */
export async function createApiKey(
  admin: Client,
  partnerId: string,
  scopes: string[] = ['READ', 'WRITE'],
): Promise<NewKey> {
  const { createApiKey } = await admin.ask<{
    createApiKey: { apiKey: { id: string }; secret: string };
  }>(
    `mutation ($input: CreateApiKeyInput!) {
      createApiKey(input: $input) { apiKey { id } secret userErrors { code } }
    }`,
    { input: { partnerId, name: 'test', scopes } },
  );
  return { id: createApiKey.apiKey.id, secret: createApiKey.secret };
}

export async function withdrawApiKey(admin: Client, apiKeyId: string): Promise<void> {
  await admin.ask(
    'mutation ($input: WithdrawApiKeyInput!) { withdrawApiKey(input: $input) { apiKey { id } } }',
    { input: { apiKeyId } },
  );
}
