/** The storefront that every deployment has: what names no other belongs to it. A bare id. */
export const MAIN_STOREFRONT_ID = '00000000-0000-7000-8000-000000000001';

/** What other contexts need to know of a storefront, for instance to write mail in its name. */
export interface StorefrontSummary {
  /** Bare id. */
  storefrontId: string;
  code: string;
  name: string;
  /** ISO 4217. */
  currency: string;
  /** BCP 47. */
  locale: string;
  /** When money is taken; null as the deployment does it. */
  captureOn: 'CONFIRMATION' | 'SHIPMENT' | null;
  /** From whom its mail comes; null from whom the deployment's mail comes. */
  sender: { name: string; address: string } | null;
}
