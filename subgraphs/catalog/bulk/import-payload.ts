import { setTimeout as delay } from 'node:timers/promises';
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

/** Milliseconds for which a caller waits; a request that takes longer would be given up on its way. */
const PATIENCE_MS = 5000;

/**
 * What work on an import has led to; where that takes long, the import as it is meanwhile: the work goes on, and asking for
 * the same again tells how it ended.
 */
export async function orMeanwhile(
  id: string,
  work: Promise<DoneImport>,
  { log }: CatalogContext,
): Promise<DoneImport> {
  const waiting = new AbortController();
  const meanwhile = delay(PATIENCE_MS, undefined, waiting).then(
    () => ({ id, errors: [], isEarly: true }),
    () => work,
  );
  try {
    const done = await Promise.race([work, meanwhile]);
    if ('isEarly' in done) {
      work.catch((error) => log.error({ err: error, bulkImport: id }, 'work on an import failed'));
    }
    return { id: done.id, errors: done.errors };
  } finally {
    waiting.abort();
  }
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
