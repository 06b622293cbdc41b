import type { Database } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { newId } from '@waybill/kernel/ids.js';
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { AuditAction } from '../audit-log/audit-action.js';
import { type Actor, actorIn, recordAudit } from '../audit-log/record-audit.js';
import type { UsersContext } from '../context.js';
import { type UsersError, UsersErrorCode } from '../graphql/errors.js';
import { cleanText } from '../input.js';
import { once } from '../once.js';
import { PARTNER_COLUMNS, type PartnerRow, partnerIds, RateClass } from './partner.js';
import { PartnerPayload, presentPartner, type SavedPartner } from './partner-payload.js';

@InputType({ description: 'A new partner.' })
class CreatePartnerInput {
  @Field(() => String, { description: 'What the organization is called; no two have one name.' })
  name: string;

  @Field(() => RateClass, { nullable: true, description: 'STANDARD unless said.' })
  rateClass?: RateClass | null;

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
    const asked = { mutation: 'createPartner', input, nothing: { partner: null } };
    const rateClass = input.rateClass ?? RateClass.STANDARD;
    const created = await once<SavedPartner>(ctx, asked, (db) =>
      createPartner(db, { name, rateClass, by: actorIn(ctx) }),
    );
    return presentPartner(created);
  }
}

interface NewPartner {
  name: string;
  rateClass: RateClass;
  by: Actor;
}

async function createPartner(
  db: Database,
  { name, rateClass, by }: NewPartner,
): Promise<SavedPartner> {
  return db.transaction(async (query) => {
    const [partner] = await query<PartnerRow>(
      'partners.insert',
      `insert into partners (id, name, rate_class) values ($1, $2, $3)
       on conflict (name) do nothing returning ${PARTNER_COLUMNS}`,
      [newId(), name, rateClass],
    );
    if (!partner) return { partner: null, errors: [nameTaken()] };
    await recordAudit(query, {
      ...by,
      action: AuditAction.PARTNER_CREATED,
      subject: partnerIds.encode(partner.id),
      data: { name, rateClass },
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
