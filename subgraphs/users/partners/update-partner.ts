import type { Database } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { recordAccessChange } from '../access/record-access-change.js';
import { AuditAction } from '../audit-log/audit-action.js';
import { type Actor, actorIn, recordAudit } from '../audit-log/record-audit.js';
import type { UsersContext } from '../context.js';
import { once } from '../once.js';
import { readStorefronts } from '../storefronts.js';
import { PARTNER_COLUMNS, type PartnerRow, partnerIds, RateClass } from './partner.js';
import {
  noSuchPartner,
  PartnerPayload,
  presentPartner,
  type SavedPartner,
} from './partner-payload.js';

@InputType({ description: 'What to change of a partner; what is left out stays.' })
class UpdatePartnerInput {
  @Field(() => ID, { description: 'Which partner.' })
  partnerId: string;

  @Field(() => RateClass, {
    nullable: true,
    description: 'How much it may ask for from now on.',
  })
  rateClass?: RateClass | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'The storefronts that it sells for from now on; null for all of them.',
  })
  storefrontIds?: string[] | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class UpdatePartnerMutation {
  @Access('ADMIN')
  @Mutation(() => PartnerPayload, {
    description:
      'Changes how much a partner may ask for, from some seconds later on, and the storefronts that it sells for, at once. For administrators.',
  })
  async updatePartner(
    @Arg('input', () => UpdatePartnerInput, { description: 'Which one, and what.' })
    input: UpdatePartnerInput,
    @Ctx() ctx: UsersContext,
  ): Promise<PartnerPayload> {
    const id = partnerIds.decode(input.partnerId);
    if (!id) return { partner: null, userErrors: [noSuchPartner()] };
    const storefronts = await readStorefronts(ctx.accounts, input.storefrontIds);
    if (storefronts.error) return { partner: null, userErrors: [storefronts.error] };
    const changes = { rateClass: input.rateClass ?? null, storefrontIds: storefronts.ids };
    const asked = { mutation: 'updatePartner', input, nothing: { partner: null } };
    const by = actorIn(ctx);
    const updated = await once<SavedPartner>(ctx, asked, (db) =>
      updatePartner(db, id, changes, by),
    );
    return presentPartner(updated);
  }
}

interface Changes {
  rateClass: RateClass | null;
  /** Null for all, undefined for what they were. */
  storefrontIds: string[] | null | undefined;
}

async function updatePartner(
  db: Database,
  id: string,
  { rateClass, storefrontIds }: Changes,
  by: Actor,
): Promise<SavedPartner> {
  return db.transaction(async (query) => {
    const [partner] = await query<PartnerRow>(
      'partners.update',
      `update partners set rate_class = coalesce($2, rate_class),
         storefront_ids = case when $3 then $4::uuid[] else storefront_ids end
       where id = $1 returning ${PARTNER_COLUMNS}`,
      [id, rateClass, storefrontIds !== undefined, storefrontIds ?? null],
    );
    if (!partner) return { partner: null, errors: [noSuchPartner()] };
    await recordAudit(query, {
      ...by,
      action: AuditAction.PARTNER_UPDATED,
      subject: partnerIds.encode(id),
      data: { rateClass: partner.rateClass, storefrontIds: partner.storefrontIds },
    });
    await recordAccessChange(query, { kind: 'PARTNER_CHANGED', partnerId: id });
    if (storefrontIds !== undefined) {
      await recordAccessChange(query, { kind: 'PARTNER_CONFINED', partnerId: id, storefrontIds });
    }
    return { partner, errors: [] };
  });
}
