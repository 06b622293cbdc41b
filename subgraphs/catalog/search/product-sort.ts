import { registerEnumType } from 'type-graphql';
import { lowestPrice } from './product-filter.js';

export enum ProductSort {
  RELEVANCE = 'RELEVANCE',
  TITLE = 'TITLE',
  NEWEST = 'NEWEST',
  PRICE_ASCENDING = 'PRICE_ASCENDING',
  PRICE_DESCENDING = 'PRICE_DESCENDING',
}

registerEnumType(ProductSort, {
  name: 'ProductSort',
  description: 'In what order products are listed.',
  valuesConfig: {
    RELEVANCE: { description: 'What fits the words best; by title where none are searched for.' },
    TITLE: { description: 'By title, in any case of letters.' },
    NEWEST: { description: 'What entered the catalog last comes first.' },
    PRICE_ASCENDING: { description: 'By the lowest price of a variant; what has none comes last.' },
    PRICE_DESCENDING: {
      description: 'By the lowest price, the dearest first; what has none last.',
    },
  },
});

/** How a list is sorted: an SQL expression, the type of its value, and the direction; then by id. */
export interface Order {
  /** Begins the cursors of such a list. */
  letter: string;
  key: string;
  type: string;
  direction: 'asc' | 'desc';
}

export const BY_TITLE: Order = {
  letter: 't',
  key: 'lower(title) collate "C"',
  type: 'text',
  direction: 'asc',
};

/** More than any price: what has none comes last. */
const NO_PRICE = Number.MAX_SAFE_INTEGER;

/** `storefront` answers where in the statement the storefront stands whose prices count. */
export function orderBy(
  sort: Exclude<ProductSort, ProductSort.RELEVANCE>,
  storefront: () => string,
): Order {
  switch (sort) {
    case ProductSort.TITLE:
      return BY_TITLE;
    case ProductSort.NEWEST:
      return { letter: 'n', key: 'products.created_at', type: 'timestamptz', direction: 'desc' };
    case ProductSort.PRICE_ASCENDING:
      return byPrice('p', `coalesce(${lowestPrice(storefront())}, ${NO_PRICE})`, 'asc');
    case ProductSort.PRICE_DESCENDING:
      return byPrice('d', `coalesce(${lowestPrice(storefront())}, -1)`, 'desc');
  }
}

const byPrice = (letter: string, key: string, direction: Order['direction']): Order => ({
  letter,
  key,
  type: 'bigint',
  direction,
});
