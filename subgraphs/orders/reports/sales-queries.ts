import { ClientError } from '@waybill/kernel/errors.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { AskedPage } from '@waybill/kernel/graphql/asked-page.js';
import { type Connection, pageRequest, toConnection } from '@waybill/kernel/graphql/connection.js';
import { money } from '@waybill/kernel/graphql/money.js';
import type { Identity } from '@waybill/kernel/identity.js';
import { globalId } from '@waybill/kernel/ids.js';
import { isStorable } from '@waybill/kernel/storable.js';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Arg, Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import type { OrdersContext } from '../context.js';
import { storefrontsOf } from '../graphql/order-filter.js';
import { storefrontIds, variantId } from '../present.js';
import { COUNTRY, categoryBreakdown, SKU } from './breakdowns.js';
import {
  type SalesSum,
  type Scope,
  type SumsAfter,
  salesAsOf,
  salesByDay,
  salesByKey,
  salesByStorefront,
  soldSkus,
} from './read-sales.js';
import { daysBetween, periodsBetween } from './report-periods.js';
import {
  SalesByCategory,
  SalesByCountry,
  SalesByDay,
  SalesByProduct,
  SalesByStorefront,
  type SalesFigures,
  SalesFilter,
  type SalesOfCategory,
  type SalesOfCountry,
  type SalesOfDay,
  type SalesOfProduct,
  type SalesOfStorefront,
} from './report-types.js';

const categoryIds = globalId('Category');

/** What every report of sales is asked with. */
@ArgsType()
class AskedSales extends AskedPage {
  @Field(() => SalesFilter, { nullable: true, description: 'Which sales.' })
  filter?: SalesFilter | null;
}

@Resolver()
export class SalesQueries {
  @Access('STAFF')
  @Query(() => GraphQLDateTimeISO, {
    description: 'Until when the reports of sales tell what happened. Staff only.',
  })
  async salesAsOf(@Ctx() { db }: OrdersContext): Promise<Date> {
    return new Date(await salesAsOf(db));
  }

  @Access('STAFF')
  @Query(() => SalesByDay, { description: 'Sales by day, the latest first. Staff only.' })
  async salesByDay(
    @Args(() => AskedSales) asked: AskedSales,
    @Ctx() { db, identity }: OrdersContext,
  ): Promise<Connection<SalesOfDay>> {
    const page = pageRequest(asked.first, asked.after);
    const [currency = '', key = '', ...rest] = page.after?.split(' ') ?? [];
    if (page.after !== undefined && (!isDay(key) || rest.length > 0)) throw notOurs();
    const days = daysBetween(asked.filter?.from ?? null, asked.filter?.to ?? null);
    const after = page.after === undefined ? undefined : { currency, key };
    const rows = await salesByDay(db, scopeOf(asked, identity), days, { ...page, after });
    const cursorOf = (row: SalesSum) => `${row.currency} ${row.key}`;
    return toConnection(rows, page, cursorOf, (row) => ({ day: row.key, figures: toFigures(row) }));
  }

  @Access('STAFF')
  @Query(() => SalesByProduct, {
    description:
      'Sales by SKU, what brought in most comes first; charges are among them. Staff only.',
  })
  async salesByProduct(
    @Args(() => AskedSales) asked: AskedSales,
    @Ctx() { db, identity }: OrdersContext,
  ): Promise<Connection<SalesOfProduct>> {
    const { rows, page } = await keyed(asked, identity, (...how) => salesByKey(db, SKU, ...how));
    const skus = await soldSkus(
      db,
      rows.map(({ key }) => key),
    );
    return toConnection(rows, page, cursorOf, (row) => {
      const sold = skus.get(row.key);
      const variant = sold?.variantId ? { id: variantId.encode(sold.variantId) } : null;
      const title = sold?.title ?? null;
      return { sku: row.key || null, title, variant, figures: toFigures(row) };
    });
  }

  @Access('STAFF')
  @Query(() => SalesByCategory, {
    description:
      'Sales by the categories at the top, or by those below one, with all below each. Staff only.',
  })
  async salesByCategory(
    @Args(() => AskedSales) asked: AskedSales,
    @Arg('parentId', () => ID, {
      nullable: true,
      description: 'The category of which those below it are shown.',
    })
    parentId: string | null,
    @Ctx() { db, identity }: OrdersContext,
  ): Promise<Connection<SalesOfCategory>> {
    const parent = parentId == null ? undefined : (categoryIds.decode(parentId) ?? 'none');
    const { rows, page } = await keyed(asked, identity, (...how) =>
      salesByKey(db, categoryBreakdown(parent), ...how),
    );
    return toConnection(rows, page, cursorOf, (row) => ({
      category: row.key ? { id: categoryIds.encode(row.key) } : null,
      figures: toFigures(row),
    }));
  }

  @Access('STAFF')
  @Query(() => SalesByCountry, {
    description: 'Sales by the country that orders went to, by what they brought in. Staff only.',
  })
  async salesByCountry(
    @Args(() => AskedSales) asked: AskedSales,
    @Ctx() { db, identity }: OrdersContext,
  ): Promise<Connection<SalesOfCountry>> {
    const { rows, page } = await keyed(asked, identity, (...how) =>
      salesByKey(db, COUNTRY, ...how),
    );
    return toConnection(rows, page, cursorOf, (row) => ({
      country: row.key || null,
      figures: toFigures(row),
    }));
  }

  @Access('STAFF')
  @Query(() => SalesByStorefront, {
    description: 'Sales by storefront, by what they brought in. Staff only.',
  })
  async salesByStorefront(
    @Args(() => AskedSales) asked: AskedSales,
    @Ctx() { db, identity }: OrdersContext,
  ): Promise<Connection<SalesOfStorefront>> {
    const { rows, page } = await keyed(asked, identity, (...how) => salesByStorefront(db, ...how));
    return toConnection(rows, page, cursorOf, (row) => ({
      storefront: { id: storefrontIds.encode(row.key) },
      figures: toFigures(row),
    }));
  }
}

type ReadSums = (
  scope: Scope,
  periods: ReturnType<typeof periodsBetween>,
  page: { limit: number; after: SumsAfter | undefined },
) => Promise<SalesSum[]>;

async function keyed(asked: AskedSales, identity: Identity, read: ReadSums) {
  const page = pageRequest(asked.first, asked.after);
  const periods = periodsBetween(asked.filter?.from ?? null, asked.filter?.to ?? null);
  const after = page.after === undefined ? undefined : sumsAfter(page.after);
  const rows = await read(scopeOf(asked, identity), periods, { limit: page.limit, after });
  return { rows, page };
}

/** A key may have blanks in it, so it comes last. */
const cursorOf = ({ currency, net, key }: SalesSum) => `${currency} ${net} ${key}`;

function sumsAfter(cursor: string): SumsAfter {
  const [, currency = '', net = '', key = ''] = /^(\S+) (-?\d+) (.*)$/s.exec(cursor) ?? [];
  if (currency === '') throw notOurs();
  return { currency: storable(currency), net: Number(net), key: storable(key) };
}

const isDay = (text: string) => {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${text}T`);
};

/** No currency and no key has what the database cannot keep. */
const storable = (text: string) => (isStorable(text) ? text : '');

const notOurs = () => new ClientError('BAD_USER_INPUT', 'after is not a cursor of this list.');

const scopeOf = ({ filter }: AskedSales, identity: Identity): Scope => ({
  storefrontIds: storefrontsOf(identity, filter?.storefrontIds) ?? null,
  currency: filter?.currency == null ? null : storable(filter.currency),
});

function toFigures(row: SalesSum): SalesFigures {
  const { currency, orders, units, gross, takenOff, refunded, net } = row;
  return {
    ...{ orders, units },
    gross: money(gross, currency),
    takenOff: money(takenOff, currency),
    refunded: money(refunded, currency),
    net: money(net, currency),
  };
}
