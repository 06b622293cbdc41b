import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { actorOf } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { STOREFRONT, sellerIn, unknownStorefront } from '../storefronts/seller.js';
import { newTicket, presentTicket, type Ticket, VALID_MINUTES } from '../ticket.js';
import { hasLocation } from './create-import.js';
import { type BulkError, BulkUserError, BulkErrorCode as Code, once } from './errors.js';
import { BulkFormat, BulkKindName } from './import-row.js';

@InputType({ description: 'What is to be in the file.' })
export class CreateBulkExportInput {
  @Field(() => BulkKindName, { description: 'What it is about.' })
  kind: BulkKindName;

  @Field(() => BulkFormat, { defaultValue: BulkFormat.CSV, description: 'How it is written.' })
  format: BulkFormat;

  @Field(() => String, STOREFRONT)
  storefront: string;

  @Field(() => String, {
    nullable: true,
    description: 'Of stock: code of the only location that it is about; absent, all are.',
  })
  location?: string | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Access('STAFF')
@ObjectType({ description: 'Where to fetch a file.', simpleResolvers: true })
export class BulkDownload {
  @Field(() => String, {
    description:
      'Path at the gateway: GET it, as often as you like; each time it says what is so then. Whoever has it can.',
  })
  path: string;

  @Field(() => GraphQLDateTimeISO, { description: 'Until when.' })
  expiresAt: Date;
}

@ObjectType({ description: 'Where to fetch the file, or why not.', simpleResolvers: true })
export class CreateBulkExportPayload {
  @Field(() => BulkDownload, { nullable: true, description: 'Where to fetch it.' })
  download: BulkDownload | null;

  @Field(() => [BulkUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: BulkError[];
}

interface Created {
  download: Ticket | null;
  errors: BulkError[];
}

@Resolver()
export class CreateBulkExportResolver {
  @Access('STAFF')
  @Mutation(() => CreateBulkExportPayload, {
    description:
      'Says where all products, prices or stock can be fetched as a file that an import takes. Staff only.',
  })
  async createBulkExport(
    @Arg('input', () => CreateBulkExportInput, { description: 'What is to be in it.' })
    input: CreateBulkExportInput,
    @Ctx() context: CatalogContext,
  ): Promise<CreateBulkExportPayload> {
    const asked = { mutation: 'createBulkExport', input, nothing: { download: null } };
    const { download, errors } = await once<Created>(context, asked, ({ query }) =>
      createExport(query, input, context),
    );
    return { download: presentTicket(download), userErrors: errors };
  }
}

async function createExport(
  query: Query,
  input: CreateBulkExportInput,
  context: CatalogContext,
): Promise<Created> {
  const isStock = input.kind === BulkKindName.STOCK;
  const seller = isStock ? undefined : await sellerIn(context, input.storefront);
  if (!isStock && !seller) return refused(unknownStorefront(Code.UNKNOWN_STOREFRONT));
  if (input.location != null && !(await hasLocation(query, input.location))) {
    return refused(userError(Code.LOCATION_NOT_FOUND, 'There is no such location.', ['location']));
  }
  await query('bulk.forgetExports', 'delete from bulk_exports where expires_at < now()');
  const storefrontId = seller?.storefront.id ?? MAIN_STOREFRONT_ID;
  return offer(query, input, storefrontId, actorOf(context.identity));
}

const refused = (error: BulkError): Created => ({ download: null, errors: [error] });

async function offer(
  query: Query,
  { kind, format, location = null }: CreateBulkExportInput,
  storefrontId: string,
  actor: string,
): Promise<Created> {
  const { path, hash } = newTicket('exports');
  const [row] = await query<{ expiresAt: string }>(
    'bulk.offer',
    `insert into bulk_exports (id, kind, format, storefront_id, location, created_by, token_hash, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(mins => $8))
     returning expires_at as "expiresAt"`,
    [newId(), kind, format, storefrontId, location, actor, hash, VALID_MINUTES],
  );
  const expiresAt = new Date(row?.expiresAt ?? 0).toISOString();
  return { download: { path, expiresAt }, errors: [] };
}
