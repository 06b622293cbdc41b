import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { actorOf } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { storable } from '../storable.js';
import { STOREFRONT, sellerIn, unknownStorefront } from '../storefronts/seller.js';
import { newTicket, presentTicket, type Ticket, VALID_MINUTES } from '../ticket.js';
import { BulkImport } from './bulk-import.js';
import { type BulkError, BulkUserError, BulkErrorCode as Code, once } from './errors.js';
import { findImport } from './find-imports.js';
import { BulkFormat, BulkKindName, bulkImportIds } from './import-row.js';

const MAX_NOTE = 500;
/** Days after which what was never applied is forgotten, and of what was, all but the totals. */
const KEPT_DAYS = 30;

@InputType({ description: 'A file that will be sent.' })
export class CreateBulkImportInput {
  @Field(() => BulkKindName, { description: 'What it is about.' })
  kind: BulkKindName;

  @Field(() => BulkFormat, { defaultValue: BulkFormat.CSV, description: 'How it is written.' })
  format: BulkFormat;

  @Field(() => String, STOREFRONT)
  storefront: string;

  @Field(() => String, {
    defaultValue: 'main',
    description: 'Code of the location of lines of stock that name none.',
  })
  location: string;

  @Field(() => String, {
    nullable: true,
    description: 'Why: kept with each price and change of stock, at most 500 characters.',
  })
  note?: string | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Access('STAFF')
@ObjectType({ description: 'Where to send a file.', simpleResolvers: true })
export class BulkUpload {
  @Field(() => String, {
    description:
      'Path at the gateway: PUT the bytes there, again in place of what was sent before. Whoever has it can.',
  })
  path: string;

  @Field(() => GraphQLDateTimeISO, { description: 'Until when.' })
  expiresAt: Date;
}

@ObjectType({ description: 'Where to send the file, or why not.', simpleResolvers: true })
export class CreateBulkImportPayload {
  @Field(() => BulkImport, { nullable: true, description: 'The import, which awaits its file.' })
  bulkImport: BulkImport | null;

  @Field(() => BulkUpload, { nullable: true, description: 'Where to send it.' })
  upload: BulkUpload | null;

  @Field(() => [BulkUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: BulkError[];
}

interface Created {
  id: string | null;
  upload: Ticket | null;
  errors: BulkError[];
}

const NOTHING = { id: null, upload: null };

@Resolver()
export class CreateBulkImportResolver {
  @Access('STAFF')
  @Mutation(() => CreateBulkImportPayload, {
    description:
      'Awaits a file of products, prices or stock, and says where to send it. It is checked when it has come; nothing changes until it is applied. Staff only.',
  })
  async createBulkImport(
    @Arg('input', () => CreateBulkImportInput, { description: 'What will be sent.' })
    input: CreateBulkImportInput,
    @Ctx() context: CatalogContext,
  ): Promise<CreateBulkImportPayload> {
    const asked = { mutation: 'createBulkImport', input, nothing: NOTHING };
    const { id, upload, errors } = await once<Created>(context, asked, ({ query }) =>
      createImport(query, input, context),
    );
    return {
      bulkImport: id === null ? null : await findImport(context.db, context.identity, id),
      upload: presentTicket(upload),
      userErrors: errors,
    };
  }
}

async function createImport(
  query: Query,
  input: CreateBulkImportInput,
  context: CatalogContext,
): Promise<Created> {
  const note = input.note?.trim() || null;
  const isStock = input.kind === BulkKindName.STOCK;
  const seller = isStock ? undefined : await sellerIn(context, input.storefront);
  const errors: BulkError[] = [];
  if (!isStock && !seller) errors.push(unknownStorefront(Code.UNKNOWN_STOREFRONT));
  if (note && (note.length > MAX_NOTE || /\p{Cc}/u.test(note))) {
    errors.push(userError(Code.INVALID_TEXT, `note is not 1 to ${MAX_NOTE} characters.`, ['note']));
  }
  if (!(await hasLocation(query, input.location))) {
    errors.push(userError(Code.LOCATION_NOT_FOUND, 'There is no such location.', ['location']));
  }
  if (errors.length > 0) return { ...NOTHING, errors };
  await forgetOld(query);
  return awaitFile(
    query,
    { ...input, note },
    seller?.storefront.id ?? null,
    actorOf(context.identity),
  );
}

export async function hasLocation(query: Query, code: string): Promise<boolean> {
  const rows = await query('bulk.location', 'select 1 from locations where code = $1', [
    storable(code),
  ]);
  return rows.length > 0;
}

async function awaitFile(
  query: Query,
  { kind, format, location, note }: CreateBulkImportInput,
  storefrontId: string | null,
  actor: string,
): Promise<Created> {
  const id = newId();
  const { path, hash } = newTicket('imports');
  const [row] = await query<{ expiresAt: string }>(
    'bulk.await',
    `insert into bulk_imports (id, kind, format, storefront_id, location, note, created_by, token_hash, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(mins => $9))
     returning expires_at as "expiresAt"`,
    [id, kind, format, storefrontId, location, note, actor, hash, VALID_MINUTES],
  );
  const expiresAt = new Date(row?.expiresAt ?? 0).toISOString();
  return {
    id: bulkImportIds.encode(id),
    upload: { path, expiresAt },
    errors: [],
  };
}

async function forgetOld(query: Query): Promise<void> {
  await query(
    'bulk.forgetOld',
    `with old as (
       select id, status from bulk_imports where created_at < now() - make_interval(days => $1)
     ), differences as (
       delete from bulk_differences using old where import_id = old.id
     ), problems as (
       delete from bulk_problems using old where import_id = old.id and status = 'APPLIED'
     ), files as (
       delete from bulk_files where created_at < now() - make_interval(days => $1)
     )
     delete from bulk_imports using old where bulk_imports.id = old.id and old.status <> 'APPLIED'`,
    [KEPT_DAYS],
  );
}
