import type { Database } from '@waybill/kernel/database.js';
import DataLoader from 'dataloader';
import type { PriceNow } from '../prices/loaders.js';
import { priceInForce } from '../prices/price-row.js';
import { SHOWN_STOCK, type ShownStock } from '../stock/levels/read-levels.js';
import { type Offer, OWN_VARIANT_COLUMNS, type OwnVariantRow } from './variant.js';

/** The variants of one product, and what is to be read together with them. */
export interface VariantsKey {
  productId: string;
  /** Whose prices count. */
  storefrontId: string;
  price: boolean;
  stock: boolean;
}

export type OfferedVariant = OwnVariantRow & { offer: Offer };

/** The oldest first. */
export type OfferedVariants = DataLoader<VariantsKey, OfferedVariant[], string>;

/**
 * The variants of all products of a list in one statement, with the price and the stock of each where these are asked for,
 * so that nobody looks up each of them afterwards.
 */
export function createOfferedVariants(db: Pick<Database, 'query'>): OfferedVariants {
  return new DataLoader(
    async (keys) => {
      const pages = new Map<string, OfferedVariant[]>();
      for (const [shape, group] of Map.groupBy(keys, shapeOf)) {
        for (const row of await read(db, group)) {
          const name = row.productId + shape;
          const page = pages.get(name);
          if (page) page.push(row);
          else pages.set(name, [row]);
        }
      }
      return keys.map((key) => pages.get(nameOf(key)) ?? []);
    },
    { cacheKeyFn: nameOf },
  );
}

/** What keys have in common that one statement can answer. */
const shapeOf = ({ storefrontId, price, stock }: VariantsKey) =>
  `${storefrontId}${price ? '+price' : ''}${stock ? '+stock' : ''}`;

const nameOf = (key: VariantsKey) => key.productId + shapeOf(key);

type Row = OwnVariantRow &
  Partial<ShownStock> & { amount?: number | null; currency?: string | null };

async function read(
  { query }: Pick<Database, 'query'>,
  group: readonly VariantsKey[],
): Promise<OfferedVariant[]> {
  const [{ storefrontId = '', price = false, stock = false } = {}] = group;
  const productIds = group.map(({ productId }) => productId);
  const rows = await query<Row>(
    `variants.offered${price ? '+price' : ''}${stock ? '+stock' : ''}`,
    `select ${OWN_VARIANT_COLUMNS}${price ? ', price.*' : ''}${stock ? `, ${SHOWN_STOCK}` : ''}
     from variants ${price ? PRICE : ''} where product_id = any($1::uuid[]) order by variants.id`,
    price ? [productIds, storefrontId] : [productIds],
  );
  return rows.map((row) => ({ ...row, offer: offerOf(row, price, stock) }));
}

const PRICE = `left join ${priceInForce('variants.id', '$2::uuid', 'prices.amount::float8, prices.currency')} as price on true`;

function offerOf(row: Row, price: boolean, stock: boolean): Offer {
  return { ...(price && { price: priceOf(row) }), ...(stock && { stock: stockOf(row) }) };
}

function priceOf({ amount, currency }: Row): PriceNow | null {
  return amount == null || currency == null ? null : { amount, currency };
}

function stockOf({ free = 0, allowance = 0, expectedAt = null }: Row): ShownStock {
  return { free, allowance, expectedAt };
}
