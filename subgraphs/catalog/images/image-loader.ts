import type { Database } from '@waybill/kernel/database.js';
import DataLoader from 'dataloader';
import { IMAGE_COLUMNS, type ImageRow } from './image.js';

/** By bare product id: its images by position. */
export type ImageLoader = DataLoader<string, ImageRow[]>;

/** One statement per batch; made anew for each operation. */
export function createImageLoader({ query }: Pick<Database, 'query'>): ImageLoader {
  return new DataLoader(async (productIds) => {
    const rows = await query<ImageRow>(
      'images.ofProducts',
      `select ${IMAGE_COLUMNS} from images
       where product_id = any($1::uuid[]) and token_hash is null order by position, id`,
      [productIds],
    );
    const byProduct = Map.groupBy(rows, ({ productId }) => productId);
    return productIds.map((id) => byProduct.get(id) ?? []);
  });
}
