import { Access } from '@waybill/kernel/graphql/access.js';
import { globalId } from '@waybill/kernel/ids.js';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

export const imageIds = globalId('ProductImage');

/** Images of one product, at the most. */
export const MAX_IMAGES = 20;

/** An image as the table holds it, once its bytes have come. */
export interface ImageRow {
  id: string;
  productId: string;
  alt: string | null;
  position: number;
  width: number;
  height: number;
  widths: number[];
}

/** The columns of an ImageRow. */
export const IMAGE_COLUMNS = `images.id, images.product_id as "productId", images.alt, images.position,
  images.width, images.height, images.widths`;

@Access('ANYONE')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType({ description: 'An image of a product.', simpleResolvers: true })
export class ProductImage {
  @Field(() => ID, { description: 'Identifies the image.' })
  id: string;

  @Field(() => String, { nullable: true, description: 'What there is to see, for who cannot.' })
  alt: string | null;

  @Field(() => Int, { description: 'The images of a product are shown by position.' })
  position: number;

  @Field(() => Int, { description: 'Width in dots, as it was sent.' })
  width: number;

  @Field(() => Int, { description: 'Height in dots, as it was sent.' })
  height: number;

  /** Bare key and widths, for resolvers; not part of the API. */
  uuid: string;
  widths: number[];
}

export function toImage({ id, productId: _, ...row }: ImageRow): ProductImage {
  return { ...row, uuid: id, id: imageIds.encode(id) };
}

/** Under which an image is served in one width: its bytes never change. */
export const pathOf = (id: string, width: number) => `/files/images/${id}/${width}.webp`;
