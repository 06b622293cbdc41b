import { ClientError } from '@waybill/kernel/errors.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { AskedPage } from '@waybill/kernel/graphql/asked-page.js';
import { type Connection, pageRequest, toConnection } from '@waybill/kernel/graphql/connection.js';
import { Money, money } from '@waybill/kernel/graphql/money.js';
import { isStaff, isWithin } from '@waybill/kernel/identity.js';
import { isUuid } from '@waybill/kernel/ids.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { Arg, Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { ProductVariant } from '../variants/variant.js';
import type { PriceNow } from './loaders.js';
import { lowestPrice30Days } from './lowest-price.js';
import { toPrice, VariantPrice, VariantPriceConnection } from './price.js';
import type { PriceRow } from './price-row.js';

/** Prices that are looked at for the lowest of 30 days, at the most: thirty a day. */
const LOOKED_AT = 1000;

const Storefront = () =>
  Arg('storefront', () => String, {
    nullable: true,
    description:
      'Code of the storefront; left out, that in which the variant was found, or `main`.',
  });

/** What a variant costs, cost and will cost. */
@Resolver(() => ProductVariant)
export class VariantPricesResolver {
  @Directive('@cacheControl(inheritMaxAge: true)')
  @FieldResolver(() => Money, {
    nullable: true,
    description: 'Price of one unit now; null where it has none, and cannot be ordered.',
  })
  price(
    @Root() variant: ProductVariant,
    @Storefront() code: string | null,
    @Ctx() context: CatalogContext,
  ): Money | null | Promise<Money | null> {
    const { price } = variant.offer ?? {};
    return code == null && price !== undefined ? toMoney(price) : priceIn(variant, code, context);
  }

  @Directive('@cacheControl(inheritMaxAge: true)')
  @FieldResolver(() => VariantPriceConnection, {
    description: 'Prices that have come into force, the newest first: what it cost when.',
  })
  async priceHistory(
    @Root() variant: ProductVariant,
    @Storefront() code: string | null,
    @Args(() => AskedPage) { first, after }: AskedPage,
    @Ctx() context: CatalogContext,
  ): Promise<Connection<VariantPrice>> {
    const page = pageRequest(first, after);
    const key = await keyOf(variant, code, context);
    const place = page.after === undefined ? undefined : placeOf(page.after);
    const rows = key
      ? await context.prices.history.load({ ...key, limit: page.limit, after: place })
      : [];
    return toConnection(rows, page, cursorOf, toPrice);
  }

  @Access('STAFF')
  @FieldResolver(() => [VariantPrice], {
    nullable: true,
    description: 'Prices that will come into force by themselves, the soonest first. Staff only.',
  })
  async upcomingPrices(
    @Root() variant: ProductVariant,
    @Storefront() code: string | null,
    @Ctx() context: CatalogContext,
  ): Promise<VariantPrice[] | null> {
    const { identity, prices } = context;
    const key = await keyOf(variant, code, context);
    if (!isStaff(identity) || !key || !isWithin(identity, key.storefrontId)) return null;
    return (await prices.upcoming.load(key)).map(toPrice);
  }

  @Directive('@cacheControl(inheritMaxAge: true)')
  @FieldResolver(() => Money, {
    nullable: true,
    description:
      'Where the price was reduced: the lowest in the 30 days before, which the European Union has shops name beside it.',
  })
  async lowestPrice30Days(
    @Root() variant: ProductVariant,
    @Storefront() code: string | null,
    @Ctx() context: CatalogContext,
  ): Promise<Money | null> {
    const key = await keyOf(variant, code, context);
    const rows = key ? await context.prices.history.load({ ...key, limit: LOOKED_AT }) : [];
    const prices = rows.map((row) => ({ ...row, validFrom: new Date(row.validFrom) }));
    const lowest = lowestPrice30Days(prices);
    return lowest === undefined ? null : money(lowest, rows[0]?.currency ?? '');
  }
}

async function priceIn(variant: ProductVariant, code: string | null, context: CatalogContext) {
  const key = await keyOf(variant, code, context);
  return toMoney(key ? await context.prices.inForce.load(key) : null);
}

const toMoney = (price: PriceNow | null): Money | null =>
  price && money(price.amount, price.currency);

/** Undefined where no storefront has the code. */
async function keyOf(
  { uuid: variantId, storefrontId }: ProductVariant,
  code: string | null,
  { storefronts }: CatalogContext,
) {
  if (code == null) return { variantId, storefrontId: storefrontId ?? MAIN_STOREFRONT_ID };
  const storefront = await storefronts.byCode.load(code);
  return storefront ? { variantId, storefrontId: storefront.id } : undefined;
}

/** Ids have one length: what follows is the time. */
const ID_LENGTH = 36;
const cursorOf = ({ id, validFrom }: PriceRow) => `${id}${new Date(validFrom).toISOString()}`;

function placeOf(cursor: string) {
  const [id, validFrom] = [cursor.slice(0, ID_LENGTH), cursor.slice(ID_LENGTH)];
  if (
    !isUuid(id) ||
    !/^[1-9]\d{3}-.{18}Z$/.test(validFrom) ||
    Number.isNaN(Date.parse(validFrom))
  ) {
    throw new ClientError('BAD_USER_INPUT', 'after is not a cursor.');
  }
  return { id, validFrom };
}
