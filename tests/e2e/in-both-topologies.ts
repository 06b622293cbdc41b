import type { Shop } from '../support/shop.js';

/** What a story has that is told in one process and in six: a shop that is open already, with other people in it. */
export interface InBoth {
  shop(): Shop;
  /** What the gateway has asked of its subgraphs; nothing where they are processes of their own. */
  fetches: readonly unknown[];
}
