import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { actorOf } from '@waybill/kernel/identity.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { checkFile } from './check-file.js';
import { BulkErrorCode as Code, once } from './errors.js';
import {
  BulkImportPayload,
  type DoneImport,
  orMeanwhile,
  presentImport,
  refused,
} from './import-payload.js';
import { BulkImportStatus, lockImport } from './import-row.js';

@InputType({ description: 'Which import to check again.' })
export class CheckBulkImportInput {
  @Field(() => ID, { description: 'The import, whose file has come.' })
  id: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Resolver()
export class CheckBulkImportResolver {
  @Access('STAFF')
  @Mutation(() => BulkImportPayload, {
    description:
      'Holds the file of an import against the catalog as it is now; nothing else changes. Staff only.',
  })
  async checkBulkImport(
    @Arg('input', () => CheckBulkImportInput, { description: 'Which import.' })
    input: CheckBulkImportInput,
    @Ctx() context: CatalogContext,
  ): Promise<BulkImportPayload> {
    const asked = { mutation: 'checkBulkImport', input, nothing: { id: null } };
    const work = once<DoneImport>(context, asked, (db) =>
      db.transaction(async (query) => {
        const row = await lockImport(query, context.identity, input.id);
        if (!row) return refused(userError(Code.NOT_FOUND, 'No such import.', ['id']));
        if (row.status === BulkImportStatus.APPLIED) {
          return refused(userError(Code.ALREADY_APPLIED, 'It has been applied.', ['id']));
        }
        if (!row.fileId) return refused(userError(Code.NOT_CHECKED, 'No file has come.', ['id']));
        const { identity, lowStockThreshold } = context;
        await checkFile({ query, actor: actorOf(identity), lowStockThreshold }, row);
        return { id: input.id, errors: [] };
      }),
    );
    return presentImport(await orMeanwhile(input.id, work, context), context);
  }
}
