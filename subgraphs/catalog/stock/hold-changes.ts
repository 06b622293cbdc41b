import type { Query } from '@waybill/kernel/database.js';
import type { Refusal } from './allocate.js';
import type { Movement } from './withdraw.js';

export interface HoldChange {
  key: string;
  /** Null where it was granted. */
  refusal: Refusal | null;
}

/** What has been answered under these keys; the caller has locked the holds, so nobody is just adding to it. */
export async function findHoldChanges(
  query: Query,
  kind: Movement | 'ADDED',
  keys: string[],
): Promise<Map<string, HoldChange>> {
  const rows = await query<HoldChange>(
    'holds.changes',
    `select change_id as key, refusal from hold_changes
     where change_id = any($1::uuid[]) and kind = $2`,
    [keys, kind],
  );
  return new Map(rows.map((row) => [row.key, row]));
}

/** Of the same request asked twice in a batch, the first counts. */
export function firstPerKey<Request extends { key: string }>(requests: Request[]): Request[] {
  const first = new Map<string, Request>();
  for (const request of requests) if (!first.has(request.key)) first.set(request.key, request);
  return [...first.values()];
}
