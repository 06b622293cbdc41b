import type { Database } from '@waybill/kernel/database.js';
import { ClientError } from '@waybill/kernel/errors.js';
import type { PageRequest } from '@waybill/kernel/graphql/connection.js';
import { isUuid } from '@waybill/kernel/ids.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { Conditions } from '../conditions.js';
import { PRODUCT_COLUMNS, type ProductRow } from '../products/product.js';
import { storable } from '../storable.js';
import type { StorefrontLoaders } from '../storefronts/loaders.js';
import { byLikeness, byPrefix, type Match } from './match.js';
import { addFilter, type ProductFilter } from './product-filter.js';
import { BY_TITLE, type Order, orderBy, ProductSort } from './product-sort.js';
import { wordsOf } from './words.js';

/** A row, and what its cursor is made of. */
export type Found = ProductRow & { cursor: string };

/** What of a catalog to list, by whom it is asked. */
export interface Search {
  filter: ProductFilter;
  sort: ProductSort;
  /** Also what is not for sale. */
  all: boolean;
  /** Where it is published; undefined: anywhere; null: where nothing is. */
  storefrontId: string | null | undefined;
}

/** A page, and the search that found it: the words themselves, or words like them. */
export interface FoundProducts {
  rows: Found[];
  match: Match | undefined;
}

type Reading = { db: Pick<Database, 'query'>; storefronts: StorefrontLoaders };

/**
 * A page of products in one statement. Where no product has the words of a search, a second one looks for words like
 * them; the cursors of its pages say so.
 */
export async function searchProducts(
  context: Reading,
  search: Search,
  page: PageRequest,
): Promise<FoundProducts> {
  if (search.storefrontId === null) return { rows: [], match: undefined };
  const words = wordsOf(search.filter.search ?? '');
  if (words.length === 0) {
    // Something was searched for that has no word in it: nothing is like that.
    if (search.filter.search?.trim()) return { rows: [], match: undefined };
    return { rows: await readPage(context, search, page, undefined), match: undefined };
  }
  const prefix = byPrefix(words);
  if (!page.after?.startsWith('l')) {
    const rows = await readPage(context, search, page, prefix);
    if (rows.length > 0 || page.after !== undefined) return { rows, match: prefix };
  }
  const likeness = byLikeness(words);
  return { rows: await readPage(context, search, page, likeness), match: likeness };
}

/** The conditions of a search, without those of its page. */
export async function conditionsOf(
  { storefronts }: Pick<Reading, 'storefronts'>,
  { filter, all, storefrontId }: Search,
  match: Match | undefined,
  values: unknown[] = [],
): Promise<Conditions> {
  const where = new Conditions(values);
  if (!all) where.and('active', 'active');
  if (storefrontId !== undefined) where.and('storefront', PUBLISHED, storefrontId);
  await addFilter(where, filter, storefronts, storefrontId ?? MAIN_STOREFRONT_ID);
  match?.and(where);
  return where;
}

const PUBLISHED = 'published_in @> array[$?::uuid]';

async function readPage(
  context: Reading,
  search: Search,
  { after, limit }: PageRequest,
  match: Match | undefined,
): Promise<Found[]> {
  const where = await conditionsOf(context, search, match, [limit]);
  const { letter, key, type, direction } = orderOf(search, match, where);
  if (after !== undefined) {
    const [id, text] = placeOf(after, letter);
    const beyond = direction === 'asc' ? '>' : '<';
    where.and(
      'after',
      `(${key}, products.id) ${beyond} (($?::text[])[1]::${type}, ($?::text[])[2]::uuid)`,
      [text, id],
    );
  }
  return context.db.query<Found>(
    `products.search ${letter} ${where.name}`,
    `select ${PRODUCT_COLUMNS}, '${letter}' || products.id || (${key})::text as cursor from products
     ${where.text} order by ${key} ${direction}, products.id ${direction} limit $1`,
    where.values,
  );
}

function orderOf(
  { sort, storefrontId }: Search,
  match: Match | undefined,
  where: Conditions,
): Order {
  const byFit = sort === ProductSort.RELEVANCE;
  const order = byFit
    ? (match?.order(where) ?? BY_TITLE)
    : orderBy(sort, () => where.place(storefrontId ?? MAIN_STOREFRONT_ID));
  return { ...order, letter: `${match?.letter ?? ''}${order.letter}` };
}

/** Ids have one length: what follows is the key. */
const ID_LENGTH = 36;

function placeOf(after: string, letter: string): [id: string, key: string] {
  const id = after.slice(letter.length, letter.length + ID_LENGTH);
  const key = after.slice(letter.length + ID_LENGTH);
  if (!after.startsWith(letter) || !isUuid(id)) {
    throw new ClientError('BAD_USER_INPUT', 'after is no cursor of this list.');
  }
  return [id, storable(key)];
}
