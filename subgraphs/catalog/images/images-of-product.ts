import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { Product } from '../products/product.js';
import { ProductImage, pathOf, toImage } from './image.js';

@Resolver(() => Product)
export class ImagesOfProduct {
  @FieldResolver(() => [ProductImage], { description: 'What it looks like, by position.' })
  async images(
    @Root() { uuid }: Product,
    @Ctx() { images }: CatalogContext,
  ): Promise<ProductImage[]> {
    return (await images.load(uuid)).map(toImage);
  }
}

@Resolver(() => ProductImage)
export class ImageResolver {
  @FieldResolver(() => String, {
    description:
      'Path at the gateway of the image as WebP. Its bytes never change: keep it forever.',
  })
  path(
    @Root() { uuid, widths }: ProductImage,
    @Arg('width', () => Int, {
      nullable: true,
      description:
        'Dots that are wanted at least, where there are so many; left out, all there are.',
    })
    width: number | null,
  ): string {
    const fits = widths.find((each) => width !== null && each >= width);
    return pathOf(uuid, fits ?? widths.at(-1) ?? 0);
  }
}
