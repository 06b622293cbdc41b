import { Access } from '@waybill/kernel/graphql/access.js';
import { connectionOf } from '@waybill/kernel/graphql/connection.js';
import { globalId } from '@waybill/kernel/ids.js';
import { HIGH_FACTOR } from '@waybill/schema/front-door.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Storefront, toStorefronts } from '../storefronts.js';

export const partnerIds = globalId('Partner');

export enum RateClass {
  STANDARD = 'STANDARD',
  HIGH = 'HIGH',
}

/** What one operation of a partner may cost; `standard` is that of the class STANDARD. */
export function maxCostOf(rateClass: RateClass, standard: number): number {
  return rateClass === RateClass.HIGH ? HIGH_FACTOR * standard : standard;
}

registerEnumType(RateClass, {
  name: 'RateClass',
  description: 'How much a partner may ask for.',
  valuesConfig: {
    STANDARD: { description: 'As much as the settings say, per minute and per operation.' },
    HIGH: { description: 'Ten times as much of either.' },
  },
});

@Access('OWNER')
@Directive('@key(fields: "id")')
@ObjectType({
  description: 'An organization that comes with API keys and runs operations of its own.',
  simpleResolvers: true,
})
export class Partner {
  @Field(() => ID, { description: 'Identifies the partner everywhere.' })
  id: string;

  @Field(() => String, { description: 'What the organization is called.' })
  name: string;

  @Field(() => RateClass, { description: 'How much it may ask for.' })
  rateClass: RateClass;

  @Field(() => [Storefront], {
    nullable: true,
    description: 'The storefronts that it sells for; null for all of them.',
  })
  storefronts: Storefront[] | null;

  @Field(() => GraphQLDateTimeISO, { description: 'Since when it is a partner.' })
  createdAt: Date;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it was closed; null where it was not.',
  })
  closedAt: Date | null;

  /** The bare key, for resolvers; not part of the API. */
  uuid: string;
}

export const PartnerConnection = connectionOf('Partner', () => Partner);

/** A partner as SQL answers it. */
export interface PartnerRow {
  id: string;
  name: string;
  rateClass: RateClass;
  /** Null for all. */
  storefrontIds: string[] | null;
  createdAt: string;
  closedAt: string | null;
}

/** The columns of a PartnerRow. */
export const PARTNER_COLUMNS = `partners.id, partners.name, partners.rate_class as "rateClass",
  partners.storefront_ids as "storefrontIds", partners.created_at as "createdAt",
  partners.closed_at as "closedAt"`;

export function toPartner({ storefrontIds, ...row }: PartnerRow): Partner {
  return {
    ...row,
    storefronts: toStorefronts(storefrontIds),
    uuid: row.id,
    id: partnerIds.encode(row.id),
    createdAt: new Date(row.createdAt),
    closedAt: row.closedAt === null ? null : new Date(row.closedAt),
  };
}
