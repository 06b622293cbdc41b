import type { Database, Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { recordAccessChange } from '../access/record-access-change.js';
import { AuditAction } from '../audit-log/audit-action.js';
import { type Actor, actorIn, recordAudit } from '../audit-log/record-audit.js';
import type { UsersContext } from '../context.js';
import { once } from '../once.js';
import { PARTNER_COLUMNS, type PartnerRow, partnerIds } from './partner.js';
import {
  noSuchPartner,
  PartnerPayload,
  presentPartner,
  type SavedPartner,
} from './partner-payload.js';

@InputType({ description: 'A partner that is one no more.' })
class ClosePartnerInput {
  @Field(() => ID, { description: 'Which partner.' })
  partnerId: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class ClosePartnerMutation {
  @Access('ADMIN')
  @Mutation(() => PartnerPayload, {
    description:
      'Closes a partner for good: all its keys are withdrawn, its operations end, its webhooks are told no more. Its orders stay. For administrators.',
  })
  async closePartner(
    @Arg('input', () => ClosePartnerInput, { description: 'Which one.' })
    input: ClosePartnerInput,
    @Ctx() ctx: UsersContext,
  ): Promise<PartnerPayload> {
    const id = partnerIds.decode(input.partnerId);
    if (!id) return { partner: null, userErrors: [noSuchPartner()] };
    const asked = { mutation: 'closePartner', input, nothing: { partner: null } };
    const by = actorIn(ctx);
    return presentPartner(await once<SavedPartner>(ctx, asked, (db) => closePartner(db, id, by)));
  }
}

/** Closed twice, it was closed the first time. */
async function closePartner(db: Database, id: string, by: Actor): Promise<SavedPartner> {
  return db.transaction(async (query) => {
    const [row] = await query<PartnerRow & { before: string | null }>(
      'partners.close',
      `update partners set closed_at = coalesce(partners.closed_at, now())
       from (select closed_at from partners where id = $1 for update) as former
       where id = $1 returning ${PARTNER_COLUMNS}, former.closed_at as before`,
      [id],
    );
    if (!row) return { partner: null, errors: [noSuchPartner()] };
    const { before, ...partner } = row;
    if (before === null) {
      const keys = await withdrawAll(query, id);
      await recordAudit(query, {
        ...{ ...by, action: AuditAction.PARTNER_CLOSED, subject: partnerIds.encode(id) },
        data: { keysWithdrawn: keys.length },
      });
      await recordAccessChange(
        query,
        { kind: 'PARTNER_CHANGED', partnerId: id },
        ...keys.map((keyId) => ({ kind: 'KEY_WITHDRAWN', keyId }) as const),
      );
    }
    return { partner, errors: [] };
  });
}

/** Whatever lets the partner in, or tells it of anything; the keys that were valid. */
async function withdrawAll(query: Query, partnerId: string): Promise<string[]> {
  const keys = await query<{ id: string }>(
    'partners.withdraw',
    `with retired as (
       update registered_operations set state = 'RETIRED', decided_at = now()
       where partner_id = $1 and state in ('PENDING', 'APPROVED')
     ), silenced as (
       update webhooks set enabled = false where partner_id = $1
     )
     update api_keys set withdrawn_at = now()
     where partner_id = $1 and withdrawn_at is null returning id`,
    [partnerId],
  );
  return keys.map(({ id }) => id);
}
