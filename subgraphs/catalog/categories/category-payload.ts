import { Field, ObjectType } from 'type-graphql';
import { Category, type CategoryRow, toCategory } from './category.js';
import { type CategoryError, CategoryUserError } from './errors.js';

@ObjectType({ description: 'The category, or why it stayed as it was.', simpleResolvers: true })
export class CategoryPayload {
  @Field(() => Category, { nullable: true, description: 'The category as it is now.' })
  category: Category | null;

  @Field(() => [CategoryUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: CategoryError[];
}

/** What a change of a category led to. */
export interface SavedCategory {
  category: CategoryRow | null;
  errors: CategoryError[];
}

export const refused = (...errors: CategoryError[]): SavedCategory => ({ category: null, errors });

export const presentCategory = ({ category, errors }: SavedCategory): CategoryPayload => ({
  category: category && toCategory(category),
  userErrors: errors,
});
