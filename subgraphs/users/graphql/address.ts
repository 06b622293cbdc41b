import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { globalId } from '@waybill/kernel/ids.js';
import { Field, ID, InputType, ObjectType } from 'type-graphql';

export const addressIds = globalId('UserAddress');

@Access('OWNER')
@ObjectType('UserAddress', {
  description: 'A place to which a user has goods sent.',
  simpleResolvers: true,
})
export class Address {
  @Field(() => ID, { description: 'Identifies the address everywhere.' })
  id: string;

  @Field(() => String, { description: 'Who receives the parcel.' })
  name: string;

  @Field(() => String, { description: 'Street and number.' })
  line1: string;

  @Field(() => String, { nullable: true, description: 'Flat, floor, building.' })
  line2: string | null;

  @Field(() => String, { description: 'Town or city.' })
  city: string;

  @Field(() => String, { nullable: true, description: 'State, county or province.' })
  region: string | null;

  @Field(() => String, { description: 'Postal code as the country writes it.' })
  postalCode: string;

  @Field(() => String, { description: 'ISO 3166-1 alpha-2 code: "GB".' })
  country: string;
}

@InputType('UserAddressInput', { description: 'A place to which a user has goods sent.' })
export class AddressInput {
  @Field(() => String, { description: 'Who receives the parcel.' })
  name: string;

  @Field(() => String, { description: 'Street and number.' })
  line1: string;

  @Field(() => String, { nullable: true, description: 'Flat, floor, building.' })
  line2?: string | null;

  @Field(() => String, { description: 'Town or city.' })
  city: string;

  @Field(() => String, { nullable: true, description: 'State, county or province.' })
  region?: string | null;

  @Field(() => String, { description: 'Postal code as the country writes it.' })
  postalCode: string;

  @Field(() => String, { description: 'ISO 3166-1 alpha-2 code: "GB".' })
  country: string;
}

@InputType({ description: 'An address to add to your own.' })
export class AddAddressInput extends AddressInput {
  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

/** An address as the table holds it, without its key. */
export interface AddressFields {
  name: string;
  line1: string;
  line2?: string | null;
  city: string;
  region?: string | null;
  postalCode: string;
  country: string;
}

export interface AddressRow extends AddressFields {
  id: string;
  userId: string;
}

/** The columns of an AddressRow. */
export const ADDRESS_COLUMNS = `id, user_id as "userId", name, line1, line2, city, region,
  postal_code as "postalCode", country`;

/** The columns of AddressFields, and their values. */
export const ADDRESS_FIELDS = 'name, line1, line2, city, region, postal_code, country';

export function addressValues(fields: AddressFields): unknown[] {
  const { name, line1, line2, city, region, postalCode, country } = fields;
  return [name, line1, line2, city, region, postalCode, country];
}

export function toAddress(row: AddressFields & { id: string }): Address {
  const { name, line1, line2 = null, city, region = null, postalCode, country } = row;
  const id = addressIds.encode(row.id);
  return { id, name, line1, line2, city, region, postalCode, country };
}
