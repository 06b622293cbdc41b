import { Field, InputType } from 'type-graphql';

/** Values of one attribute in a filter, and attributes in it, at the most. */
export const MAX_VALUES = 50;

@InputType({ description: 'One attribute, and values of which it has one.' })
export class AttributeFilter {
  @Field(() => String, { description: 'Name of the attribute.' })
  name: string;

  @Field(() => [String], {
    description: 'Its value, or one of its values where it is a list: "linen", "60", "true".',
  })
  in: string[];
}

/**
 * The filter as a JSON path, which one index answers. In an address a number or a truth value is a text: so "60" finds
 * 60 as well as "60". A list has a value where one of its items is.
 */
export function attributePath({ name, in: values }: AttributeFilter): string {
  const place = `$.${quoted(name)}`;
  const wanted = values.flatMap((value) =>
    [quoted(value), ...(IS_LITERAL.test(value) ? [value] : [])].map(
      (each) => `${place} == ${each}`,
    ),
  );
  return wanted.length > 0 ? wanted.join(' || ') : 'false == true';
}

const IS_LITERAL = /^(true|false|-?(0|[1-9]\d{0,15})(\.\d{1,15})?)$/;

const quoted = (text: string) => JSON.stringify(text.replaceAll('\0', '\uFFFD').toWellFormed());
