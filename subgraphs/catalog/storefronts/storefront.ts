import { Access } from '@waybill/kernel/graphql/access.js';
import { connectionOf } from '@waybill/kernel/graphql/connection.js';
import { type Identity, isWithin } from '@waybill/kernel/identity.js';
import { globalId } from '@waybill/kernel/ids.js';
import type { StorefrontSummary } from '@waybill/schema/storefronts.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export const storefrontIds = globalId('Storefront');

/** The same in the orders subgraph: when the money of its orders is taken. */
export enum CaptureOn {
  CONFIRMATION = 'CONFIRMATION',
  SHIPMENT = 'SHIPMENT',
}

registerEnumType(CaptureOn, {
  name: 'CaptureOn',
  description: 'When the money of an order is taken.',
  valuesConfig: {
    CONFIRMATION: { description: 'All of it, with the confirmation.' },
    SHIPMENT: { description: 'With each shipment, what its goods cost.' },
  },
});

@Access('ANYONE')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'The colours of a storefront.', simpleResolvers: true })
export class StorefrontColours {
  @Field(() => String, { nullable: true, description: 'The main one, as "#1a2b3c".' })
  primary: string | null;

  @Field(() => String, { nullable: true, description: 'The one beside it, as "#1a2b3c".' })
  secondary: string | null;
}

@Access('STAFF')
@ObjectType({ description: 'From whom the mail of a storefront comes.', simpleResolvers: true })
export class MailSender {
  @Field(() => String, { description: 'What mail programs show.' })
  name: string;

  @Field(() => String, { description: 'The address, to which answers go as well.' })
  address: string;
}

// Staff see more than customers: an answer is for whoever got it.
@Access('ANYONE')
@Directive('@cacheControl(maxAge: 30, scope: PRIVATE)')
@Directive('@key(fields: "id")')
@ObjectType({
  description: 'A shop with a face of its own; many share one deployment.',
  simpleResolvers: true,
})
export class Storefront {
  @Field(() => ID, { description: 'Identifies the storefront everywhere.' })
  id: string;

  @Field(() => String, { description: 'Its handle, in addresses and settings; never changed.' })
  code: string;

  @Field(() => String, { description: 'What it is called.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'Where its logo is.' })
  logoUrl: string | null;

  @Directive('@cacheControl(inheritMaxAge: true)')
  @Field(() => StorefrontColours, { description: 'Its colours.' })
  colours: StorefrontColours;

  @Field(() => String, { description: 'ISO 4217 code of what it sells in.' })
  currency: string;

  @Field(() => String, { description: 'BCP 47 tag of its language and region: "en-GB".' })
  locale: string;

  @Access('STAFF')
  @Field(() => CaptureOn, {
    nullable: true,
    description: 'When money of its orders is taken; null as the deployment does it. Staff only.',
  })
  captureOn: CaptureOn | null;

  @Access('STAFF')
  @Field(() => MailSender, {
    nullable: true,
    description: "From whom its mail comes; null as the deployment's. Staff only.",
  })
  sender: MailSender | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was opened.' })
  createdAt: Date;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was last edited.' })
  updatedAt: Date;
}

export const StorefrontConnection = connectionOf('Storefront', () => Storefront, {
  cacheable: true,
});

/** What of a storefront can be edited. */
export interface StorefrontValues {
  name: string;
  logoUrl: string | null;
  primaryColour: string | null;
  secondaryColour: string | null;
  currency: string;
  locale: string;
  captureOn: CaptureOn | null;
  senderName: string | null;
  senderAddress: string | null;
}

/** A storefront as the table holds it. */
export interface StorefrontRow extends StorefrontValues {
  id: string;
  code: string;
  createdAt: string;
  updatedAt: string;
}

/** The columns of a StorefrontRow. */
export const STOREFRONT_COLUMNS = `id, code, name, logo_url as "logoUrl",
  primary_colour as "primaryColour", secondary_colour as "secondaryColour", currency, locale,
  capture_on as "captureOn", sender_name as "senderName", sender_address as "senderAddress",
  created_at as "createdAt", updated_at as "updatedAt"`;

/** As somebody may see it: its policy and sender are not told to staff of other storefronts. */
export function toStorefront(row: StorefrontRow, identity: Identity): Storefront {
  const own = isWithin(identity, row.id);
  return {
    id: storefrontIds.encode(row.id),
    code: row.code,
    name: row.name,
    logoUrl: row.logoUrl,
    colours: { primary: row.primaryColour, secondary: row.secondaryColour },
    currency: row.currency,
    locale: row.locale,
    captureOn: own ? row.captureOn : null,
    sender: own ? senderOf(row) : null,
    createdAt: new Date(row.createdAt),
    updatedAt: new Date(row.updatedAt),
  };
}

export function toSummary(row: StorefrontRow): StorefrontSummary {
  const { id: storefrontId, code, name, currency, locale, captureOn } = row;
  return { storefrontId, code, name, currency, locale, captureOn, sender: senderOf(row) };
}

function senderOf({ senderName, senderAddress }: StorefrontValues): MailSender | null {
  return senderName === null || senderAddress === null
    ? null
    : { name: senderName, address: senderAddress };
}
