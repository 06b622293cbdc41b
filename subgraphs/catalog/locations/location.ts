import { Access } from '@waybill/kernel/graphql/access.js';
import { connectionOf } from '@waybill/kernel/graphql/connection.js';
import { globalId } from '@waybill/kernel/ids.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

export const locationIds = globalId('Location');

/** What of a location can be edited. */
export interface LocationValues {
  name: string;
  country: string | null;
  address: string | null;
  priority: number;
  active: boolean;
}

/** A location as the table holds it. */
export interface LocationRow extends LocationValues {
  id: string;
  code: string;
  createdAt: string;
}

/** The columns of a LocationRow. */
export const LOCATION_COLUMNS =
  'id, code, name, country, address, priority, active, created_at as "createdAt"';

@Access('STAFF')
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A place that keeps stock. Staff only.', simpleResolvers: true })
export class Location {
  @Field(() => ID, { description: 'Identifies the location everywhere.' })
  id: string;

  @Field(() => String, { description: 'Its handle: "main"; never changed.' })
  code: string;

  @Field(() => String, { description: 'What it is called.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-2 code of its country.' })
  country: string | null;

  @Field(() => String, { nullable: true, description: 'Where it is, in lines of text.' })
  address: string | null;

  @Field(() => Int, {
    description: 'Of locations that could serve an order, those with lower numbers come first.',
  })
  priority: number;

  @Field(() => Boolean, {
    description:
      'Whether it serves new orders; what is held there already still leaves from there.',
  })
  active: boolean;

  @Field(() => GraphQLDateTimeISO, { description: 'Since when it is known.' })
  createdAt: Date;
}

export const LocationConnection = connectionOf('Location', () => Location);

export function toLocation({ id, createdAt, ...row }: LocationRow): Location {
  return { ...row, id: locationIds.encode(id), createdAt: new Date(createdAt) };
}
