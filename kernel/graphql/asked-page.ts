import { ArgsType, Field, Int } from 'type-graphql';

/** Which page a client asks for, as Relay has it: arguments of each list. `pageRequest` reads them. */
@ArgsType()
export class AskedPage {
  @Field(() => Int, {
    nullable: true,
    description: 'How many to show: 1 to 100, 20 unless said.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Show what follows this cursor.' })
  after?: string | null;
}
