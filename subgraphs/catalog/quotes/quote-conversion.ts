import type { Database } from '@waybill/kernel/database.js';
import { ClientError } from '@waybill/kernel/errors.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { AskedPage } from '@waybill/kernel/graphql/asked-page.js';
import {
  type Connection,
  type PageRequest,
  pageRequest,
  toConnection,
} from '@waybill/kernel/graphql/connection.js';
import { money } from '@waybill/kernel/graphql/money.js';
import { type Identity, isWithin, realmsOf } from '@waybill/kernel/identity.js';
import { isUuid } from '@waybill/kernel/ids.js';
import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { Conditions } from '../conditions.js';
import type { CatalogContext } from '../products/context.js';
import { storable } from '../storable.js';
import { storefrontIds, toStorefront } from '../storefronts/storefront.js';
import {
  ConversionBy,
  type QuoteConversion,
  QuoteConversionConnection,
  QuoteConversionFilter,
} from './conversion-types.js';

@Resolver()
export class QuoteConversionResolver {
  @Access('STAFF')
  @Query(() => QuoteConversionConnection, {
    description:
      'How many quotes were made, and of how many an order was made, by day or storefront. Staff only.',
  })
  async quoteConversion(
    @Arg('by', () => ConversionBy, { description: 'By what they are counted.' }) by: ConversionBy,
    @Args(() => AskedPage) { first, after }: AskedPage,
    @Arg('filter', () => QuoteConversionFilter, { nullable: true, description: 'Which ones.' })
    filter: QuoteConversionFilter | null,
    @Ctx() { db, identity, storefronts }: CatalogContext,
  ): Promise<Connection<QuoteConversion>> {
    const page = pageRequest(first, after);
    const rows = await countQuotes(db, by, conditions(filter ?? {}, identity), page);
    const shops =
      by === ConversionBy.STOREFRONT
        ? await storefronts.byId.loadMany(rows.map(({ key }) => key))
        : [];
    return toConnection(
      rows.map((row, i) => ({ row, shop: shops[i] })),
      page,
      ({ row }) => `${row.key} ${row.currency}`,
      ({ row, shop }) => ({
        ...toConversion(row),
        day: by === ConversionBy.DAY ? row.key : null,
        storefront: shop && !(shop instanceof Error) ? toStorefront(shop, identity) : null,
      }),
    );
  }
}

/** Amounts in minor units. */
interface Row {
  /** A day, or the bare id of a storefront. */
  key: string;
  currency: string;
  made: number;
  madeTotal: number;
  placed: number;
  placedTotal: number;
  open: number;
  openTotal: number;
}

const KEYS = { DAY: 'day::text', STOREFRONT: 'storefront_id::text' };

function conditions(
  { from, to, storefrontIds: named, currency }: QuoteConversionFilter,
  identity: Identity,
): Conditions {
  const where = new Conditions();
  const realms = realmsOf(identity);
  const ids = named?.map((id) => storefrontIds.decode(id)).filter((id) => id !== undefined);
  const shown = ids?.filter((id) => isWithin(identity, id)) ?? realms;
  if (shown) where.and('storefronts', 'storefront_id = any($?::uuid[])', shown);
  // Clients can name a year 0, which dates have not.
  if (from) where.and('from', `day >= to_date($?, 'YYYY-MM-DD')`, from);
  if (to) where.and('to', `day <= to_date($?, 'YYYY-MM-DD')`, to);
  if (currency) where.and('currency', 'currency = $?', storable(currency));
  return where;
}

/** What was made and placed is counted by day already; of what is neither placed nor open the time has passed. */
function countQuotes(
  { query }: Pick<Database, 'query'>,
  by: ConversionBy,
  where: Conditions,
  page: PageRequest,
): Promise<Row[]> {
  const after = page.after === undefined ? '' : afterCursor(by, page.after, where);
  return query<Row>(
    `quotes.conversion ${by} ${where.name}${after && ' after'}`,
    `with counted as (
       select ${KEYS[by]} as key, currency, sum(made)::float8 as made, sum(made_total)::float8 as "madeTotal",
         sum(placed)::float8 as placed, sum(placed_total)::float8 as "placedTotal"
       from quote_days ${where.text} group by 1, 2
     ), still_open as (
       select ${KEYS[by]} as key, currency, count(*)::float8 as open, sum(total)::float8 as "openTotal"
       from (
         select storefront_id, currency, (created_at at time zone 'UTC')::date as day, total from quotes
         where placed_at is null and expires_at > now()) quotes ${where.text} group by 1, 2
     )
     select counted.*, coalesce(open, 0) as open, coalesce("openTotal", 0) as "openTotal"
     from counted left join still_open using (key, currency)
     ${after} order by key desc, currency desc limit ${where.place(page.limit)}`,
    where.values,
  );
}

function afterCursor(by: ConversionBy, after: string, where: Conditions): string {
  const [key = '', currency = ''] = after.split(' ');
  const isKey = by === ConversionBy.DAY ? /^\d{4}-\d{2}-\d{2}$/.test(key) : isUuid(key);
  if (!isKey) throw new ClientError('BAD_USER_INPUT', 'after is not a cursor of this list.');
  return `where (key, currency) < (${where.place(key)}, ${where.place(storable(currency))})`;
}

function toConversion(row: Row): Pick<QuoteConversion, 'made' | 'placed' | 'expired' | 'open'> {
  const { made, madeTotal, placed, placedTotal, open, openTotal } = row;
  const some = (count: number, total: number) => ({ count, total: money(total, row.currency) });
  return {
    made: some(made, madeTotal),
    placed: some(placed, placedTotal),
    expired: some(made - placed - open, madeTotal - placedTotal - openTotal),
    open: some(open, openTotal),
  };
}
