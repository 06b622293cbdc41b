import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { altOf, BAD_ALT, isAlt } from './alt.js';
import { ImageErrorCode as Code, type ImageError, ImageUserError, once } from './errors.js';
import { IMAGE_COLUMNS, type ImageRow, imageIds, ProductImage, toImage } from './image.js';

@InputType({ description: 'What to change about an image; what is left out stays.' })
export class UpdateImageInput {
  @Field(() => ID, { description: 'The image.' })
  id: string;

  @Field(() => String, {
    nullable: true,
    description: 'What there is to see, for who cannot; null takes it away.',
  })
  alt?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Before how many images of its product it is to have its place: 0 is the first. Beyond the last it is the last.',
  })
  position?: number | null;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The changed image, or why it is as it was.', simpleResolvers: true })
export class UpdateImagePayload {
  @Field(() => ProductImage, { nullable: true, description: 'The image.' })
  image: ProductImage | null;

  @Field(() => [ImageUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: ImageError[];
}

interface Updated {
  row: ImageRow | null;
  errors: ImageError[];
}

@Resolver()
export class UpdateImageResolver {
  @Access('STAFF')
  @Mutation(() => UpdateImagePayload, {
    description: 'Describes an image of a product, or moves it among the others. Staff only.',
  })
  async updateImage(
    @Arg('input', () => UpdateImageInput, { description: 'The changes.' })
    input: UpdateImageInput,
    @Ctx() context: CatalogContext,
  ): Promise<UpdateImagePayload> {
    const asked = { mutation: 'updateImage', input, nothing: { row: null } };
    const { row, errors } = await once<Updated>(context, asked, (db) =>
      db.transaction((query) => updateImage(query, input)),
    );
    return { image: row && toImage(row), userErrors: errors };
  }
}

async function updateImage(query: Query, input: UpdateImageInput): Promise<Updated> {
  const alt = altOf(input.alt);
  if (!isAlt(alt)) return refused(Code.INVALID_TEXT, BAD_ALT, 'alt');
  const uuid = imageIds.decode(input.id);
  const images = uuid ? await lockBeside(query, uuid) : [];
  const image = images.find(({ id }) => id === uuid);
  if (!image) return refused(Code.NOT_FOUND, 'No such image.', 'id');
  const position = input.position ?? images.indexOf(image);
  const order = images.filter(({ id }) => id !== image.id).map(({ id }) => id);
  order.splice(Math.max(0, position), 0, image.id);
  const rows = await query<ImageRow>(
    'images.update',
    `update images set position = place - 1, alt = case when id = $2 then $3 else alt end
     from unnest($1::uuid[]) with ordinality as ordered (image_id, place) where id = image_id
     returning ${IMAGE_COLUMNS}`,
    [order, image.id, input.alt === undefined ? image.alt : alt],
  );
  return { row: rows.find(({ id }) => id === image.id) ?? null, errors: [] };
}

/** The images of its product that are here, by position. Who moves another of them waits. */
async function lockBeside(query: Query, imageId: string): Promise<ImageRow[]> {
  await query(
    'images.lockProductOf',
    `select 1 from products where id = (select product_id from images where id = $1) for no key update`,
    [imageId],
  );
  return query<ImageRow>(
    'images.beside',
    `select ${IMAGE_COLUMNS} from images
     where product_id = (select product_id from images where id = $1) and token_hash is null
     order by position, id`,
    [imageId],
  );
}

const refused = (code: Code, message: string, field: string): Updated => ({
  row: null,
  errors: [userError(code, message, [field])],
});
