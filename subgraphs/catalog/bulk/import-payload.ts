import { Field, ObjectType } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { BulkImport } from './bulk-import.js';
import { type BulkError, BulkUserError } from './errors.js';
import { findImport } from './find-imports.js';

@ObjectType({
  description: 'The import as it is now, or why nothing was done.',
  simpleResolvers: true,
})
export class BulkImportPayload {
  @Field(() => BulkImport, { nullable: true, description: 'The import.' })
  bulkImport: BulkImport | null;

  @Field(() => [BulkUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: BulkError[];
}

/** What is kept of an answer: the import is read when it is given. */
export interface DoneImport {
  id: string | null;
  errors: BulkError[];
}

export const refused = (error: BulkError): DoneImport => ({ id: null, errors: [error] });

export async function presentImport(
  { id, errors }: DoneImport,
  { db, identity }: CatalogContext,
): Promise<BulkImportPayload> {
  return {
    bulkImport: id === null ? null : await findImport(db, identity, id),
    userErrors: errors,
  };
}
