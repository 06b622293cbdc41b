import type { Database } from '@waybill/kernel/database.js';
import { ClientError } from '@waybill/kernel/errors.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { AskedPage } from '@waybill/kernel/graphql/asked-page.js';
import {
  type Connection,
  type PageRequest,
  pageRequest,
  toConnection,
} from '@waybill/kernel/graphql/connection.js';
import type { Identity } from '@waybill/kernel/identity.js';
import type { ReferenceResolver } from '@waybill/kernel/subgraph-schema.js';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { Storefront, toStorefront } from '../storefronts/storefront.js';
import {
  type BulkDifference,
  BulkDifferenceConnection,
  BulkImport,
  type BulkProblem,
  BulkProblemConnection,
  toBulkImport,
} from './bulk-import.js';
import { bulkImportIds, IMPORT_COLUMNS, type ImportRow, maySee, STATUS_NOW } from './import-row.js';

@Resolver(() => BulkImport)
export class FindImportsResolver {
  @Access('STAFF')
  @Query(() => BulkImport, {
    nullable: true,
    description:
      'The import with this id; null where there is none in your storefronts. Staff only.',
  })
  bulkImport(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() { db, identity }: CatalogContext,
  ): Promise<BulkImport | null> {
    return findImport(db, identity, id);
  }

  @FieldResolver(() => Storefront, {
    nullable: true,
    description: 'Whose products or prices they are; stock is of no storefront.',
  })
  async storefront(
    @Root() { storefrontId }: BulkImport,
    @Ctx() { storefronts, identity }: CatalogContext,
  ): Promise<Storefront | null> {
    const row = storefrontId && (await storefronts.byId.load(storefrontId));
    return row ? toStorefront(row, identity) : null;
  }

  @FieldResolver(() => BulkDifferenceConnection, {
    description: 'What the lines change, or changed, in the order of the file.',
  })
  async differences(
    @Root() { uuid }: BulkImport,
    @Args(() => AskedPage) { first, after }: AskedPage,
    @Ctx() { db }: CatalogContext,
  ): Promise<Connection<BulkDifference>> {
    const page = pageRequest(first, after);
    const rows = await db.query<BulkDifference & { position: number }>(
      'bulk.differences',
      `select position, line, sku, location, is_new as "isNew", changes from bulk_differences
       where import_id = $1 and position > $2 order by position limit $3`,
      [uuid, positionOf(page.after), page.limit],
    );
    return byPosition(rows, page);
  }

  @FieldResolver(() => BulkProblemConnection, {
    description: 'What is wrong, in the order of the file.',
  })
  async problems(
    @Root() { uuid }: BulkImport,
    @Args(() => AskedPage) { first, after }: AskedPage,
    @Ctx() { db }: CatalogContext,
  ): Promise<Connection<BulkProblem>> {
    const page = pageRequest(first, after);
    const rows = await db.query<BulkProblem & { position: number }>(
      'bulk.problems',
      `select position, line, column_name as "column", code, message from bulk_problems
       where import_id = $1 and position > $2 order by position limit $3`,
      [uuid, positionOf(page.after), page.limit],
    );
    return byPosition(rows, page);
  }
}

const byPosition = <Row>(rows: Array<Row & { position: number }>, page: PageRequest) =>
  toConnection(
    rows,
    page,
    ({ position }) => String(position),
    ({ position: _, ...row }) => row as Row,
  );

function positionOf(after: string | undefined): number {
  if (after === undefined) return 0;
  if (/^\d{1,9}$/.test(after)) return Number(after);
  throw new ClientError('BAD_USER_INPUT', 'after is not a cursor of this list.');
}

/** The import with this API id; null where there is none that the caller may see. */
export async function findImport(
  { query }: Pick<Database, 'query'>,
  identity: Identity,
  id: string,
): Promise<BulkImport | null> {
  const uuid = bulkImportIds.decode(id);
  if (!uuid) return null;
  const [row] = await query<ImportRow>(
    'bulk.import',
    `select ${IMPORT_COLUMNS}, ${STATUS_NOW} as status from bulk_imports where id = $1`,
    [uuid],
  );
  return row && maySee(identity, row) ? toBulkImport(row) : null;
}

/** Finds the import that another subgraph, or `node(id)`, refers to. */
export const resolveImportReference: ReferenceResolver<CatalogContext> = (
  { id },
  { db, identity },
) => findImport(db, identity, String(id));
