import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { actorOf, isWithin } from '@waybill/kernel/identity.js';
import { toMinor } from '@waybill/kernel/money.js';
import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { CatalogContext } from '../products/context.js';
import { storable } from '../storable.js';
import type { StorefrontRow } from '../storefronts/storefront.js';
import { PriceErrorCode as Code, once, type PriceError, PriceUserError } from './errors.js';
import { toPrice, VariantPrice } from './price.js';
import { MAX_PRICES, type PriceInput, SetPricesInput } from './price-input.js';
import type { PriceRow } from './price-row.js';
import { insertPrices, type NewPrice } from './write-prices.js';

@ObjectType({ description: 'The prices, or why none was set.', simpleResolvers: true })
export class SetPricesPayload {
  @Field(() => [VariantPrice], {
    description: 'In the order of the lines; none where there are errors.',
  })
  prices: VariantPrice[];

  @Field(() => [PriceUserError], { description: 'What is wrong, with the path of each line.' })
  userErrors: PriceError[];
}

interface SetPrices {
  prices: PriceRow[];
  errors: PriceError[];
}

@Resolver()
export class SetPricesResolver {
  @Access('STAFF')
  @Mutation(() => SetPricesPayload, {
    description:
      'Sets what variants cost in a storefront, from now on or from a time to come: all of the lines or, with an error in any, none. Staff only.',
  })
  async setPrices(
    @Arg('input', () => SetPricesInput, { description: 'The prices, and of which storefront.' })
    input: SetPricesInput,
    @Ctx() context: CatalogContext,
  ): Promise<SetPricesPayload> {
    const storefront = await context.storefronts.byCode.load(input.storefront);
    if (!storefront || !isWithin(context.identity, storefront.id))
      return refuse([UNKNOWN_STOREFRONT]);
    const errors = checkInput(input, storefront.currency);
    if (errors.length > 0) return refuse(errors);
    const asked = { mutation: 'setPrices', input, nothing: { prices: [] } };
    const set = await once<SetPrices>(context, asked, (db) =>
      db.transaction((query) => setPrices(query, input, storefront, actorOf(context.identity))),
    );
    return { prices: set.prices.map(toPrice), userErrors: set.errors };
  }
}

const UNKNOWN_STOREFRONT = userError(Code.UNKNOWN_STOREFRONT, 'You work for no such storefront.', [
  'storefront',
]);

const refuse = (userErrors: PriceError[]): SetPricesPayload => ({ prices: [], userErrors });

const MAX_REASON = 500;

function checkInput({ prices, reason }: SetPricesInput, currency: string): PriceError[] {
  if (prices.length < 1 || prices.length > MAX_PRICES) {
    return [userError(Code.TOO_MANY_PRICES, `1 to ${MAX_PRICES} prices can be set.`, ['prices'])];
  }
  const errors = checkLines(prices, currency);
  if (reason != null && (reason.length > MAX_REASON || /\p{Cc}/u.test(reason))) {
    errors.push(
      userError(Code.INVALID_TEXT, `A reason has at most ${MAX_REASON} characters.`, ['reason']),
    );
  }
  return errors;
}

function checkLines(lines: readonly PriceInput[], currency: string): PriceError[] {
  const seen = new Set<string>();
  return lines.flatMap(({ sku, price, validFrom }, i) => {
    const key = `${validFrom?.getTime() ?? 'now'} ${sku}`;
    if (seen.has(key))
      return [lineError(i, 'sku', Code.DUPLICATE_LINE, `${sku} stands in an earlier line.`)];
    seen.add(key);
    if ((toMinor(price, currency) ?? -1) >= 0) return [];
    return [lineError(i, 'price', Code.INVALID_PRICE, `${price} is no price in ${currency}.`)];
  });
}

const lineError = (i: number, field: keyof PriceInput, code: Code, message: string) =>
  userError(code, message, ['prices', String(i), field]);

async function setPrices(
  query: Query,
  { prices: lines, reason = null }: SetPricesInput,
  { id: storefrontId, currency }: StorefrontRow,
  setBy: string,
): Promise<SetPrices> {
  const found = await findVariants(query, lines);
  const errors: PriceError[] = [];
  const prices: NewPrice[] = [];
  lines.forEach(({ sku, price, validFrom = null }, i) => {
    const { variantId, isPast } = found[i] ?? {};
    if (!variantId) errors.push(lineError(i, 'sku', Code.NOT_FOUND, `There is no ${sku}.`));
    else if (isPast)
      errors.push(lineError(i, 'validFrom', Code.INVALID_TIME, 'This time has passed.'));
    else
      prices.push({
        variantId,
        storefrontId,
        currency,
        validFrom,
        amount: toMinor(price, currency) ?? 0,
      });
  });
  if (errors.length > 0) return { prices: [], errors };
  return { prices: await insertPrices(query, prices, { setBy, reason }), errors: [] };
}

/** By line: its variant, and whether its time has passed by the clock of the database. */
function findVariants(query: Query, lines: readonly PriceInput[]) {
  return query<{ variantId: string | null; isPast: boolean }>(
    'prices.findVariants',
    `select variants.id as "variantId", coalesce(valid_from < now(), false) as "isPast"
     from unnest($1::text[], $2::timestamptz[]) with ordinality as line (sku, valid_from, n)
       left join variants using (sku)
     order by n`,
    [
      lines.map(({ sku }) => storable(sku)),
      lines.map(({ validFrom }) => validFrom?.toISOString() ?? null),
    ],
  );
}
