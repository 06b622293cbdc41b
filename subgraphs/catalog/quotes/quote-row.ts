import { accountOf, type Identity, isStaff, isWithin } from '@waybill/kernel/identity.js';

/** A quote with its lines, as SQL answers it; amounts in minor units, ids bare. */
export interface QuoteRow {
  id: string;
  storefrontId: string;
  ownerKind: 'user' | 'partner';
  ownerId: string;
  currency: string;
  reason: string | null;
  createdBy: string;
  createdAt: string;
  expiresAt: string;
  hasExpired: boolean;
  lines: QuoteLineRow[];
}

export interface QuoteLineRow {
  lineNumber: number;
  variantId: string;
  sku: string;
  title: string;
  quantity: number;
  unitPrice: number;
  /** The price that it was made from, and whether somebody named another. */
  priceId: string;
  isOwn: boolean;
}

/** The columns of a QuoteRow. */
export const QUOTE_COLUMNS = `quotes.id, quotes.storefront_id as "storefrontId", quotes.owner_kind as "ownerKind",
  quotes.owner_id as "ownerId", quotes.currency, quotes.reason, quotes.created_by as "createdBy",
  quotes.created_at as "createdAt", quotes.expires_at as "expiresAt", quotes.expires_at <= now() as "hasExpired", (
    select json_agg(json_build_object('lineNumber', line_number, 'variantId', variant_id, 'sku', sku, 'title', title,
      'quantity', quantity, 'unitPrice', unit_price, 'priceId', price_id, 'isOwn', is_own) order by line_number)
    from quote_lines line join variants on variants.id = variant_id where quote_id = quotes.id) as lines`;

/** Whose quote it is sees it, and staff of its storefront; to anybody else it looks as if there were none. */
export function maySee(
  identity: Identity,
  { ownerId, storefrontId }: Pick<QuoteRow, 'ownerId' | 'storefrontId'>,
): boolean {
  return isWithin(identity, storefrontId) && (isStaff(identity) || accountOf(identity) === ownerId);
}
