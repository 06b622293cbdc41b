import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { actorOf } from '@waybill/kernel/identity.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { compareFile } from './check-file.js';
import { type BulkError, BulkErrorCode as Code, once } from './errors.js';
import { forgetFile } from './file-parts.js';
import { ChangedSince } from './findings.js';
import {
  BulkImportPayload,
  type DoneImport,
  orMeanwhile,
  presentImport,
  refused,
} from './import-payload.js';
import { BulkImportStatus, bulkImportIds, type ImportRow, lockImport } from './import-row.js';

@InputType({ description: 'Which import to apply.' })
export class ApplyBulkImportInput {
  @Field(() => ID, { description: 'The import, which has been checked.' })
  id: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Leave out the lines that are wrong; otherwise they keep all from being applied.',
  })
  skipWrong: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Apply changes of stock (`delta`) of a file that has been applied before, once more.',
  })
  again: boolean;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class ApplyBulkImportResolver {
  @Access('STAFF')
  @Mutation(() => BulkImportPayload, {
    description:
      'Makes the catalog as the file says: exactly what the check has shown, all of it in one transaction. Where that takes longer than some seconds, the import is WORKING meanwhile. Staff only.',
  })
  async applyBulkImport(
    @Arg('input', () => ApplyBulkImportInput, { description: 'Which import.' })
    input: ApplyBulkImportInput,
    @Ctx() context: CatalogContext,
  ): Promise<BulkImportPayload> {
    const asked = { mutation: 'applyBulkImport', input, nothing: { id: null } };
    const work = once<DoneImport>(context, asked, (db) =>
      db
        .transaction((query) => applyImport(query, input, context))
        .catch((error) => {
          if (error instanceof ChangedSince) return refused(CHANGED_SINCE);
          throw error;
        }),
    );
    return presentImport(await orMeanwhile(input.id, work, context), context);
  }
}

async function applyImport(
  query: Query,
  input: ApplyBulkImportInput,
  { identity, lowStockThreshold }: CatalogContext,
): Promise<DoneImport> {
  const row = await lockImport(query, identity, input.id);
  if (row?.status === BulkImportStatus.APPLIED) return { id: input.id, errors: [] };
  const error = row ? unfit(row, input) : userError(Code.NOT_FOUND, 'No such import.', ['id']);
  if (!row || error) return refused(error as BulkError);
  const actor = actorOf(identity);
  const compared = await compareFile({ query, actor, lowStockThreshold }, row, true);
  if (compared.hash !== row.findingsHash) return refused(CHANGED_SINCE);
  const earlier = input.again || !compared.addsUp ? undefined : await sameFile(query, row);
  if (earlier) return refused(appliedAs(earlier));
  await compared.write();
  await setApplied(query, row, actor);
  return { id: input.id, errors: [] };
}

function unfit({ status, totals }: ImportRow, { skipWrong }: ApplyBulkImportInput) {
  if (status !== BulkImportStatus.CHECKED) {
    return userError(Code.NOT_CHECKED, 'No file has come that could be read.', ['id']);
  }
  const wrong = totals?.wrong ?? 0;
  if (wrong === 0 || skipWrong) return undefined;
  return userError(Code.LINES_WRONG, `Lines that are wrong: ${wrong}.`, ['skipWrong']);
}

const CHANGED_SINCE = userError(
  Code.CHANGED_SINCE,
  'The catalog has changed since the file was checked: check it again.',
  ['id'],
);

const appliedAs = (id: string) =>
  userError(
    Code.ALREADY_APPLIED,
    `The same file was applied as ${bulkImportIds.encode(id)}: say \`again\` if its changes are to count twice.`,
    ['id'],
  );

/** Another import by which the very same file has been applied. */
async function sameFile(query: Query, { id, kind, fileHash, location }: ImportRow) {
  const [row] = await query<{ id: string }>(
    'bulk.sameFile',
    `select id from bulk_imports
     where file_hash = $1 and kind = $2 and location = $3 and status = 'APPLIED' and id <> $4 limit 1`,
    [fileHash, kind, location, id],
  );
  return row?.id;
}

async function setApplied(query: Query, { id, fileId }: ImportRow, actor: string): Promise<void> {
  await query(
    'bulk.applied',
    `update bulk_imports set status = 'APPLIED', applied_at = now(), applied_by = $2, file_id = null
     where id = $1`,
    [id, actor],
  );
  if (fileId) await forgetFile(query, fileId);
}
