import { timingSafeEqual } from 'node:crypto';
import type { BatchHandler } from '@waybill/kernel/batch.js';
import type { Query } from '@waybill/kernel/database.js';
import type { PartnerCaller } from '@waybill/schema/commands.js';

interface Presented {
  keyId: string;
  secretHash: string;
}

interface StoredKey extends Omit<PartnerCaller, 'expiresAt'> {
  secretHash: string;
  expiresAt: Date | string | null;
}

/** The command by which the gateway learns who comes with an API key; one statement however many are asked for. */
export function findApiKeys(query: Query): BatchHandler<Presented, PartnerCaller | null> {
  return async (inputs) => {
    const rows = await query<StoredKey>(
      'apiKeys.find',
      `select api_keys.id as "keyId", partner_id as "partnerId", scopes, rate_class as "rateClass",
         storefront_ids as "storefrontIds",
         expires_at as "expiresAt", secret_hash as "secretHash"
       from api_keys join partners on partners.id = partner_id
       where api_keys.id = any($1::uuid[]) and withdrawn_at is null and closed_at is null
         and (expires_at is null or expires_at > now())`,
      [inputs.map(({ keyId }) => keyId)],
    );
    const byId = new Map(rows.map((row) => [row.keyId, row]));
    return inputs.map(({ keyId, secretHash }) => {
      const key = byId.get(keyId);
      return key && sameHash(key.secretHash, secretHash) ? callerOf(key) : null;
    });
  };
}

function callerOf({ secretHash: _, expiresAt, ...caller }: StoredKey): PartnerCaller {
  return { ...caller, expiresAt: expiresAt && new Date(expiresAt).toISOString() };
}

function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
