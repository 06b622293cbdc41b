import { Field, ObjectType } from 'type-graphql';
import { type UsersError, UsersUserError } from '../graphql/errors.js';
import { ApiKey, type ApiKeyRow, toApiKey } from './api-key.js';

@ObjectType({
  description: 'The key as it is now, or why nothing was changed.',
  simpleResolvers: true,
})
export class ApiKeyPayload {
  @Field(() => ApiKey, { nullable: true, description: 'The key as it is now.' })
  apiKey: ApiKey | null;

  @Field(() => [UsersUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: UsersError[];
}

/** What a change of a key led to, as it is kept under an idempotency key: without its secret. */
export interface SavedApiKey {
  apiKey: ApiKeyRow | null;
  errors: UsersError[];
}

export function presentApiKey({ apiKey, errors }: SavedApiKey): ApiKeyPayload {
  return { apiKey: apiKey && toApiKey(apiKey), userErrors: errors };
}
