import type { Database } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { newId } from '@waybill/kernel/ids.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { AuditAction } from '../audit-log/audit-action.js';
import { type Actor, actorIn, recordAudit } from '../audit-log/record-audit.js';
import type { UsersContext } from '../context.js';
import { type UsersError, UsersErrorCode } from '../graphql/errors.js';
import { cleanText } from '../input.js';
import { once } from '../once.js';
import { readStorefronts } from '../storefronts.js';
import { PARTNER_COLUMNS, type PartnerRow, partnerIds, RateClass } from './partner.js';
import { PartnerPayload, presentPartner, type SavedPartner } from './partner-payload.js';

@InputType({ description: 'A new partner.' })
class CreatePartnerInput {
  @Field(() => String, { description: 'What the organization is called; no two have one name.' })
  name: string;

  @Field(() => RateClass, { nullable: true, description: 'STANDARD unless said.' })
  rateClass?: RateClass | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'The storefronts that it sells for; all of them unless said.',
  })
  storefrontIds?: string[] | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class CreatePartnerMutation {
  @Access('ADMIN')
  @Mutation(() => PartnerPayload, { description: 'Takes in a partner. For administrators.' })
  async createPartner(
    @Arg('input', () => CreatePartnerInput, { description: 'The partner.' })
    input: CreatePartnerInput,
    @Ctx() ctx: UsersContext,
  ): Promise<PartnerPayload> {
    const name = cleanText(input.name);
    if (!name) return { partner: null, userErrors: [invalidName()] };
    const storefronts = await readStorefronts(ctx.accounts, input.storefrontIds);
    if (storefronts.error) return { partner: null, userErrors: [storefronts.error] };
    const storefrontIds = storefronts.ids ?? null;
    const asked = { mutation: 'createPartner', input, nothing: { partner: null } };
    const rateClass = input.rateClass ?? RateClass.STANDARD;
    const created = await once<SavedPartner>(ctx, asked, (db) =>
      createPartner(db, { name, rateClass, storefrontIds, by: actorIn(ctx) }),
    );
    return presentPartner(created);
  }
}

interface NewPartner {
  name: string;
  rateClass: RateClass;
  storefrontIds: string[] | null;
  by: Actor;
}

async function createPartner(
  db: Database,
  { name, rateClass, storefrontIds, by }: NewPartner,
): Promise<SavedPartner> {
  return db.transaction(async (query) => {
    const [partner] = await query<PartnerRow>(
      'partners.insert',
      `insert into partners (id, name, rate_class, storefront_ids) values ($1, $2, $3, $4)
       on conflict (name) do nothing returning ${PARTNER_COLUMNS}`,
      [newId(), name, rateClass, storefrontIds],
    );
    if (!partner) return { partner: null, errors: [nameTaken()] };
    await recordAudit(query, {
      ...by,
      action: AuditAction.PARTNER_CREATED,
      subject: partnerIds.encode(partner.id),
      data: { name, rateClass, storefrontIds },
    });
    return { partner, errors: [] };
  });
}

function invalidName(): UsersError {
  return userError(UsersErrorCode.INVALID_TEXT, 'Say what the partner is called.', ['name']);
}

function nameTaken(): UsersError {
  return userError(UsersErrorCode.NAME_TAKEN, 'There is a partner of this name.', ['name']);
}
