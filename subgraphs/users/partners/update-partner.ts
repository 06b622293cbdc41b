import type { Database } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { recordAccessChange } from '../access/record-access-change.js';
import { AuditAction } from '../audit-log/audit-action.js';
import { type Actor, actorIn, recordAudit } from '../audit-log/record-audit.js';
import type { UsersContext } from '../context.js';
import { once } from '../once.js';
import { PARTNER_COLUMNS, type PartnerRow, partnerIds, RateClass } from './partner.js';
import {
  noSuchPartner,
  PartnerPayload,
  presentPartner,
  type SavedPartner,
} from './partner-payload.js';

@InputType({ description: 'What to change of a partner.' })
class UpdatePartnerInput {
  @Field(() => ID, { description: 'Which partner.' })
  partnerId: string;

  @Field(() => RateClass, { description: 'How much it may ask for from now on.' })
  rateClass: RateClass;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class UpdatePartnerMutation {
  @Access('ADMIN')
  @Mutation(() => PartnerPayload, {
    description:
      'Changes how much a partner may ask for, from some seconds later on. For administrators.',
  })
  async updatePartner(
    @Arg('input', () => UpdatePartnerInput, { description: 'Which one, and what.' })
    input: UpdatePartnerInput,
    @Ctx() ctx: UsersContext,
  ): Promise<PartnerPayload> {
    const id = partnerIds.decode(input.partnerId);
    if (!id) return { partner: null, userErrors: [noSuchPartner()] };
    const asked = { mutation: 'updatePartner', input, nothing: { partner: null } };
    const by = actorIn(ctx);
    const updated = await once<SavedPartner>(ctx, asked, (db) =>
      updatePartner(db, id, input.rateClass, by),
    );
    return presentPartner(updated);
  }
}

async function updatePartner(
  db: Database,
  id: string,
  rateClass: RateClass,
  by: Actor,
): Promise<SavedPartner> {
  return db.transaction(async (query) => {
    const [partner] = await query<PartnerRow>(
      'partners.update',
      `update partners set rate_class = $2 where id = $1 returning ${PARTNER_COLUMNS}`,
      [id, rateClass],
    );
    if (!partner) return { partner: null, errors: [noSuchPartner()] };
    await recordAudit(query, {
      ...by,
      action: AuditAction.PARTNER_UPDATED,
      subject: partnerIds.encode(id),
      data: { rateClass },
    });
    await recordAccessChange(query, { kind: 'PARTNER_CHANGED', partnerId: id });
    return { partner, errors: [] };
  });
}
