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
  expiresAt: string | null = null,
): Promise<NewKey> {
  const { createApiKey } = await admin.ask<{
    createApiKey: { apiKey: { id: string }; secret: string };
  }>(
    `mutation ($input: CreateApiKeyInput!) {
      createApiKey(input: $input) { apiKey { id } secret userErrors { code } }
    }`,
    { input: { partnerId, name: 'test', scopes, expiresAt } },
  );
  return { id: createApiKey.apiKey.id, secret: createApiKey.secret };
}

export async function withdrawApiKey(admin: Client, apiKeyId: string): Promise<void> {
  await admin.ask(
    'mutation ($input: WithdrawApiKeyInput!) { withdrawApiKey(input: $input) { apiKey { id } } }',
    { input: { apiKeyId } },
  );
}

/** Registers operations of a partner, by id and text. */
export async function registerOperations(
  admin: Client,
  partnerId: string,
  operations: Record<string, string>,
): Promise<void> {
  const { registerOperations } = await admin.ask<{ registerOperations: { userErrors: unknown[] } }>(
    `mutation ($input: RegisterOperationsInput!) {
      registerOperations(input: $input) { report { problems { code message } } userErrors { code } }
    }`,
    { input: { partnerId, manifest: operations } },
  );
  if (registerOperations.userErrors.length > 0) throw new Error(JSON.stringify(registerOperations));
}

/** Registers operations of a partner, by id and text, and has them approved. */
export async function approveOperations(
  admin: Client,
  partnerId: string,
  operations: Record<string, string>,
): Promise<void> {
  await registerOperations(admin, partnerId, operations);
  await decideOperations(admin, 'approveOperations', partnerId, Object.keys(operations));
}

/** Approves, rejects or retires operations. */
export async function decideOperations(
  as: Client,
  mutation: 'approveOperations' | 'rejectOperations' | 'retireOperations',
  partnerId: string,
  operationIds: string[],
): Promise<void> {
  const answer = await as.ask<Record<string, { userErrors: unknown[] }>>(
    `mutation ($input: DecideOperationsInput!) { ${mutation}(input: $input) { userErrors { code message } } }`,
    { input: { partnerId, operationIds } },
  );
  const { userErrors = [] } = answer[mutation] ?? {};
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
}
