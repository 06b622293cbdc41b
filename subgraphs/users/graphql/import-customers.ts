import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import type { UserError } from '@waybill/kernel/graphql/user-error.js';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { type UsersErrorCode, UsersUserError } from './errors.js';
import { User } from './user.js';

@InputType({ description: 'A customer kept in another system until now.' })
export class CustomerInput {
  @Field(() => String, { description: 'The key in the system the customer comes from.' })
  externalId: string;

  @Field(() => String, { description: 'What the customer is called.' })
  name: string;

  @Field(() => String, {
    nullable: true,
    description: 'Country in any spelling; what is stored stays when left out.',
  })
  country?: string | null;
}

@InputType({ description: 'Customers from another system.' })
export class ImportCustomersInput {
  @Field(() => [CustomerInput], { description: 'At most 10,000 in one call.' })
  customers: CustomerInput[];

  @Field(() => ID, {
    nullable: true,
    description:
      'Whose customers they are. Absent: of the only storefront you work for, or the main one.',
  })
  storefrontId?: string | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'What an import has done.', simpleResolvers: true })
export class ImportCustomersPayload {
  @Field(() => Int, { description: 'Customers that are new.' })
  created: number;

  @Field(() => Int, { description: 'Customers that were known and have changed.' })
  updated: number;

  @Field(() => [User], { description: 'The customers named, changed or not, in that order.' })
  users: User[];

  @Field(() => [UsersUserError], {
    description: 'What is wrong, by the place in the input: ["customers", "17", "name"].',
  })
  userErrors: UserError<UsersErrorCode>[];
}
