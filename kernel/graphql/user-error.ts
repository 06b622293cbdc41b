import 'reflect-metadata';
import { type ClassType, Field, ObjectType } from 'type-graphql';

/** A failure that the client can expect and act on. */
export interface UserError<Code extends string = string> {
  code: Code;
  /** Path of the input field at fault, e.g. `['lines', '0', 'sku']`; null when it is the whole input. */
  field: string[] | null;
  message: string;
}

/** `<Context>UserError`, with that context's enum of codes. The enum must be registered with type-graphql. */
export function userErrorOf<Code extends string>(
  name: string,
  codes: () => object,
): ClassType<UserError<Code>> {
  @ObjectType(name, { description: 'An expected failure.', simpleResolvers: true })
  class ContextUserError {
    @Field(codes, { description: 'What went wrong; the contract.' })
    code: Code;

    @Field(() => [String], { nullable: true, description: 'Path of the input field at fault.' })
    field: string[] | null;

    @Field(() => String, { description: 'The same for people; may change.' })
    message: string;
  }
  return ContextUserError;
}

export function userError<Code extends string>(
  code: Code,
  message: string,
  field: string[] | null = null,
): UserError<Code> {
  return { code, field, message };
}
