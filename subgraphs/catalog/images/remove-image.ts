import { Access } from '@waybill/kernel/graphql/access.js';
import { IDEMPOTENCY_KEY } from '@waybill/kernel/graphql/idempotency-key.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { type ImageError, ImageErrorCode, ImageUserError, once } from './errors.js';
import { imageIds } from './image.js';

@InputType({ description: 'The image to remove.' })
export class RemoveImageInput {
  @Field(() => ID, { description: 'The image, also one that is awaited.' })
  id: string;

  @Field(() => String, IDEMPOTENCY_KEY)
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'Whether the image is gone.', simpleResolvers: true })
export class RemoveImagePayload {
  @Field(() => ID, { nullable: true, description: 'The image that is no more.' })
  removedId: string | null;

  @Field(() => [ImageUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: ImageError[];
}

interface Removed {
  removedId: string | null;
  errors: ImageError[];
}

@Resolver()
export class RemoveImageResolver {
  @Access('STAFF')
  @Mutation(() => RemoveImagePayload, { description: 'Removes an image of a product. Staff only.' })
  async removeImage(
    @Arg('input', () => RemoveImageInput, { description: 'Which image.' })
    input: RemoveImageInput,
    @Ctx() context: CatalogContext,
  ): Promise<RemoveImagePayload> {
    const asked = { mutation: 'removeImage', input, nothing: { removedId: null } };
    const uuid = imageIds.decode(input.id);
    const { removedId, errors } = await once<Removed>(context, asked, async ({ query }) => {
      const rows = uuid
        ? await query('images.remove', 'delete from images where id = $1 returning id', [uuid])
        : [];
      if (rows.length > 0) return { removedId: input.id, errors: [] };
      const error = userError(ImageErrorCode.NOT_FOUND, 'No such image.', ['id']);
      return { removedId: null, errors: [error] };
    });
    // Last: a blob that stays behind by an accident is shown nowhere.
    if (removedId !== null) await context.blobs.removeAll(`images/${uuid}`);
    return { removedId, userErrors: errors };
  }
}
