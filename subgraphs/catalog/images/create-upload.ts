import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { newId } from '@waybill/kernel/ids.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { productIds } from '../products/product.js';
import { newTicket, presentTicket, type Ticket, VALID_MINUTES } from '../ticket.js';
import { altOf, BAD_ALT, isAlt } from './alt.js';
import { ImageErrorCode as Code, type ImageError, ImageUserError, once } from './errors.js';
import { imageIds, MAX_IMAGES } from './image.js';

@InputType({ description: 'An image that will be sent.' })
export class CreateImageUploadInput {
  @Field(() => ID, { description: 'The product that it shows.' })
  productId: string;

  @Field(() => String, { nullable: true, description: 'What there is to see, for who cannot.' })
  alt?: string | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@Access('STAFF')
@ObjectType({ description: 'Where to send an image.', simpleResolvers: true })
export class ImageUpload {
  @Field(() => ID, { description: 'The image that it will be.' })
  imageId: string;

  @Field(() => String, {
    description: 'Path at the gateway: PUT the bytes there, once. Whoever has it can.',
  })
  path: string;

  @Field(() => GraphQLDateTimeISO, { description: 'Until when.' })
  expiresAt: Date;
}

@ObjectType({ description: 'Where to send the image, or why not.', simpleResolvers: true })
export class CreateImageUploadPayload {
  @Field(() => ImageUpload, { nullable: true, description: 'Where to send it.' })
  upload: ImageUpload | null;

  @Field(() => [ImageUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: ImageError[];
}

interface Created {
  upload: (Ticket & { imageId: string }) | null;
  errors: ImageError[];
}

@Resolver()
export class CreateImageUploadResolver {
  @Access('STAFF')
  @Mutation(() => CreateImageUploadPayload, {
    description: 'Awaits an image of a product, and says where to send it. Staff only.',
  })
  async createImageUpload(
    @Arg('input', () => CreateImageUploadInput, { description: 'The image.' })
    input: CreateImageUploadInput,
    @Ctx() context: CatalogContext,
  ): Promise<CreateImageUploadPayload> {
    const asked = { mutation: 'createImageUpload', input, nothing: { upload: null } };
    const { upload, errors } = await once<Created>(context, asked, (db) =>
      db.transaction((query) => createUpload(query, input)),
    );
    return { upload: presentTicket(upload), userErrors: errors };
  }
}

async function createUpload(query: Query, input: CreateImageUploadInput): Promise<Created> {
  const alt = altOf(input.alt);
  if (!isAlt(alt)) return refused(Code.INVALID_TEXT, BAD_ALT, 'alt');
  const productId = productIds.decode(input.productId);
  if (!productId || !(await lockProduct(query, productId))) {
    return refused(Code.NOT_FOUND, 'No such product.', 'productId');
  }
  if ((await countImages(query, productId)) >= MAX_IMAGES) {
    return refused(Code.TOO_MANY_IMAGES, `A product has ${MAX_IMAGES} images.`, 'productId');
  }
  return { upload: await awaitImage(query, productId, alt), errors: [] };
}

const refused = (code: Code, message: string, field: string): Created => ({
  upload: null,
  errors: [userError(code, message, [field])],
});

async function lockProduct(query: Query, id: string): Promise<boolean> {
  const rows = await query(
    'images.lockProduct',
    'select 1 from products where id = $1 for no key update',
    [id],
  );
  return rows.length > 0;
}

/** Those for which nobody waits any longer do not count: they are gone. */
async function countImages(query: Query, productId: string): Promise<number> {
  await query(
    'images.forget',
    'delete from images where token_hash is not null and expires_at < now()',
  );
  const [row] = await query<{ count: number }>(
    'images.count',
    'select count(*)::integer as count from images where product_id = $1',
    [productId],
  );
  return row?.count ?? 0;
}

async function awaitImage(query: Query, productId: string, alt: string | null) {
  const id = newId();
  const { path, hash } = newTicket('uploads');
  const [row] = await query<{ expiresAt: string }>(
    'images.await',
    `insert into images (id, product_id, alt, position, token_hash, expires_at)
     select $1, $2, $3, coalesce(max(position) + 1, 0), $4, now() + make_interval(mins => $5)
     from images where product_id = $2 returning expires_at as "expiresAt"`,
    [id, productId, alt, hash, VALID_MINUTES],
  );
  const expiresAt = new Date(row?.expiresAt ?? 0).toISOString();
  return { imageId: imageIds.encode(id), path, expiresAt };
}
