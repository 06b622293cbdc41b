import type { Database } from '@waybill/kernel/database.js';
import type { PageRequest } from '@waybill/kernel/graphql/connection.js';
import { orderRow, type ReadOrder } from '../order-row.js';
import type { OrderRow } from '../tables.js';
import { isByTotal, type OrderQuery, type Sought, soughtBy } from './order-query.js';
import {
  collectStatement,
  countStatement,
  FEW,
  type Statement,
  walkEachStatement,
  walkStatement,
} from './page-statements.js';
import { searchTerms } from './search-terms.js';
import { allByTotal, allOrders, byColumn, type Source, sourcesOf } from './sources.js';

/**
 * A page of the orders that are asked for. It begins after the order that its cursor names, found by index, so that page
 * 1,000 costs what page 1 costs. Where several conditions are named, the index of the one that holds for the fewest
 * orders leads, and the others are looked at row by row.
 */
export async function listOrders(
  db: Pick<Database, 'query'>,
  query: OrderQuery,
  page: PageRequest,
): Promise<OrderRow[]> {
  const terms = await searchTerms(db.query, query);
  if (!terms) return [];
  return read(db, await pageStatement(db, query, soughtBy(query, terms), page));
}

/** The same list for many customers in one statement; pages come back in the order of `customerIds`. */
export async function listOrdersOfCustomers(
  db: Pick<Database, 'query'>,
  customerIds: string[],
  query: OrderQuery,
  page: PageRequest,
): Promise<OrderRow[][]> {
  const terms = await searchTerms(db.query, query);
  const sources = terms ? byColumn(soughtBy(query, terms), 'customerId', customerIds) : [];
  const rows = await Promise.all(
    sources.map((source) => read(db, walkEachStatement(source, query.sort, page))),
  );
  const byCustomer = Map.groupBy(rows.flat(), ({ customerId }) => customerId);
  return customerIds.map((customerId) => byCustomer.get(customerId) ?? []);
}

async function pageStatement(
  db: Pick<Database, 'query'>,
  { sort, total }: OrderQuery,
  sought: Sought,
  page: PageRequest,
): Promise<Statement> {
  const sources = sourcesOf(sought);
  const [only, ...others] = sources;
  if (only?.isByPlacement && others.length === 0 && !isByTotal(sort)) {
    return walkStatement(only, sort, page);
  }
  const rare = sources.length > 0 ? await rarest(db, sources) : undefined;
  if (rare) return collectStatement(rare, sort, page);
  const sorted = total && isByTotal(sort) ? [allByTotal(sought, total)] : sources;
  const leading = sorted.find((source) => isByTotal(sort) || source.isByPlacement);
  return walkStatement(leading ?? allOrders(sought), sort, page);
}

/** The source that leads to the fewest orders, where they are few. */
async function rarest(
  db: Pick<Database, 'query'>,
  sources: readonly Source[],
): Promise<Source | undefined> {
  const { name, text, values } = countStatement(sources);
  const [counts = {}] = await db.query<Record<string, number>>(name, text, values);
  const counted = sources.map((source, i) => ({ source, count: counts[`n${i}`] ?? FEW }));
  const [least] = counted.toSorted((a, b) => a.count - b.count);
  return least && least.count < FEW ? least.source : undefined;
}

async function read(
  db: Pick<Database, 'query'>,
  { name, text, values }: Statement,
): Promise<OrderRow[]> {
  return (await db.query<ReadOrder>(name, text, values)).map(orderRow);
}
