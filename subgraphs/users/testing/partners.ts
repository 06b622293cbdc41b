import type { Identity } from '@waybill/kernel/identity.js';
import type { TestUsers } from './users.js';

// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever a mutation answers
type Payload = Record<string, any>;

const KEY = 'id name scopes expiresAt lastUsedAt withdrawnAt';

const MUTATIONS = {
  createPartner: `mutation ($input: CreatePartnerInput!) {
    createPartner(input: $input) { partner { id name rateClass } userErrors { code field } }
  }`,
  updatePartner: `mutation ($input: UpdatePartnerInput!) {
    updatePartner(input: $input) { partner { id name rateClass } userErrors { code field } }
  }`,
  closePartner: `mutation ($input: ClosePartnerInput!) {
    closePartner(input: $input) { partner { id name closedAt } userErrors { code field } }
  }`,
  createApiKey: `mutation ($input: CreateApiKeyInput!) {
    createApiKey(input: $input) { apiKey { ${KEY} } secret userErrors { code field } }
  }`,
  withdrawApiKey: `mutation ($input: WithdrawApiKeyInput!) {
    withdrawApiKey(input: $input) { apiKey { ${KEY} } userErrors { code field } }
  }`,
};

/** What one of the mutations about partners answers; the whole answer where it has errors. */
export async function changePartner(
  { run }: TestUsers,
  mutation: keyof typeof MUTATIONS,
  as: Identity | undefined,
  input: object,
): Promise<Payload> {
  const answer = await run(MUTATIONS[mutation], as, { input });
  return answer[mutation] ?? answer;
}

/** The keys of a partner, the newest first, as that caller sees them. */
export async function keysOf({ run }: TestUsers, as: Identity, id?: string): Promise<Payload[]> {
  const { partner } = await run(`query ($id: ID) { partner(id: $id) { apiKeys { ${KEY} } } }`, as, {
    id,
  });
  return partner?.apiKeys;
}
