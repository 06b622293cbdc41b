import { Access } from '@waybill/kernel/graphql/access.js';
import { Directive, Field, InputType, ObjectType } from 'type-graphql';

/** Options of one variant, at the most. */
export const MAX_OPTIONS = 5;

@Access('ANYONE')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({
  description: 'What sets a variant apart from the others of its product: size M.',
  simpleResolvers: true,
})
export class VariantOption {
  @Field(() => String, { description: 'What differs: "size".' })
  name: string;

  @Field(() => String, { description: 'What it is of this variant: "M".' })
  value: string;
}

@InputType({ description: 'What a variant is within its product: size M.' })
export class VariantOptionInput {
  @Field(() => String, { description: 'What differs: "size".' })
  name: string;

  @Field(() => String, { description: 'What it is of this variant: "M".' })
  value: string;
}

/**
 * SQL for the title of a variant, as it stands on an order line: the title of the product and what is special about the
 * variant, "Linen shirt (M, blue)".
 */
export const variantTitle = (title: string, options: string) =>
  `${title} || coalesce((select ' (' || string_agg(o ->> 'value', ', ' order by n) || ')'
     from jsonb_array_elements(${options}) with ordinality as options (o, n)), '')`;
