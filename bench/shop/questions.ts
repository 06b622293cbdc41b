/** What both systems are asked; each in its own words. */
export type Question =
  | { kind: 'list'; page: number }
  | { kind: 'search'; words: string }
  | { kind: 'facets'; words: string }
  | { kind: 'order'; order: number };

export type Kind = Question['kind'];

export const KINDS = ['list', 'search', 'facets', 'order'] as const satisfies readonly Kind[];

/** Products on a page, in lists and searches. */
export const PAGE = 20;

/** What an answer says, in the same words for all systems; lists of what has no order are sorted. Amounts in minor units. */
export type Content = ListContent | SearchContent | FacetsContent | OrderContent;

export interface ListContent {
  products: Array<{
    handle: string;
    title: string;
    variants: Array<{
      sku: string;
      options: string[];
      price: number;
      currency: string;
      inStock: boolean;
    }>;
  }>;
}

export interface SearchContent {
  products: Array<{ handle: string; title: string; lowest: number; highest: number }>;
}

export interface FacetsContent extends SearchContent {
  count: number;
  /** How many products have a value: "oak: 12". */
  values: string[];
}

export interface OrderContent {
  total: number;
  currency: string;
  address: string[];
  lines: Array<{ sku: string; title: string; quantity: number; unitPrice: number; total: number }>;
}

/** A GraphQL request: the JSON of its body, and whose it is. */
export interface ShopRequest {
  body: string;
  token?: string | undefined;
}

/** A system that was filled and is running. */
export interface RunningShop {
  url: string;
  /** Of the process that answers. */
  pid: number;
  request(question: Question): ShopRequest;
  stop(): Promise<void>;
}

export const SHOPS = ['vendure', 'waybill', 'caching'] as const;

export type ShopName = (typeof SHOPS)[number];

export interface Shop {
  name: ShopName;
  start(): Promise<RunningShop>;
  read(kind: Kind, data: never): Content;
}

export const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** The words of a title; "Oak mug (Small, Red)" and "Oak mug Red Small" have the same. */
export function wordsOf(title: string): string {
  return (title.match(/\p{L}+/gu) ?? []).sort(byText).join(' ');
}
