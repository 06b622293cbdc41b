import { hash } from 'node:crypto';
import type { PageRequest } from '@waybill/kernel/graphql/connection.js';
import { ORDER_ROW } from '../order-row.js';
import { conditions, Parameters } from './conditions.js';
import { following, indexRange, keyOf, sorted } from './index-range.js';
import type { OrderSort } from './order-query.js';
import type { Source } from './sources.js';

export interface Statement {
  name: string;
  text: string;
  values: unknown[];
}

/** Conditions that hold for fewer orders are looked up and sorted; others are met often enough on the way. */
export const FEW = 1000;

/** For each source how many orders it leads to, up to FEW, as `n0` and so on. */
export function countStatement(sources: readonly Source[]): Statement {
  const parameters = new Parameters();
  const counts = sources.map(
    (source, i) => `(select count(*)::int from (
       select from ${keysOf(source, parameters)}, lateral (
         select from ${source.table} ${aliasOf(source)} where ${conditionOf(source, parameters)} limit ${FEW}) part
       limit ${FEW}) few) as n${i}`,
  );
  return statement('count', `select ${counts.join(', ')}`, parameters);
}

/** A page from an index that has the rows as the list wants them: it reads no more than it shows, and what it skips. */
export function walkStatement(
  source: Source,
  sort: OrderSort | undefined,
  page: PageRequest,
): Statement {
  const parameters = new Parameters();
  const parts = partsOf(source, sort, page, parameters);
  const key = keyOf(sort);
  const text = `
    select ${ORDER_ROW} from (
      select distinct part.key, part.id from ${parts}
      order by ${sorted(sort, 'key', 'id')} limit ${parameters.add(page.limit)}
    ) page join orders o on o.id = page.id
    order by ${sorted(sort, 'page.key', 'page.id')}`;
  return statement(`list-by-${source.name}-${key}`, text, parameters);
}

/** A page for each key of the source, in one statement. */
export function walkEachStatement(
  source: Source,
  sort: OrderSort | undefined,
  page: PageRequest,
): Statement {
  const parameters = new Parameters();
  const text = `
    select ${ORDER_ROW} from ${partsOf(source, sort, page, parameters)} join orders o on o.id = part.id
    order by ${sorted(sort, 'part.key', 'part.id')}`;
  return statement(`lists-by-${source.name}`, text, parameters);
}

/** A page of the few orders that the source leads to. */
export function collectStatement(
  source: Source,
  sort: OrderSort | undefined,
  page: PageRequest,
): Statement {
  const parameters = new Parameters();
  const alias = aliasOf(source);
  const key = `o.${keyOf(sort)}`;
  const range = following({ sort, key, id: 'o.id', page }, parameters);
  const text = `
    select ${ORDER_ROW} from (
      select distinct part.id from ${keysOf(source, parameters)}, lateral (
        select ${idOf(source)} as id from ${source.table} ${alias}
        where ${conditionOf(source, parameters)}) part
    ) few join orders o on o.id = few.id
    where ${[...range.where, conditions(source.left, 'o', parameters)].join(' and ')}
    order by ${range.orderBy} limit ${parameters.add(page.limit)}`;
  return statement(`few-by-${source.name}`, text, parameters);
}

/** The first rows after the cursor in each part of the index. */
function partsOf(
  source: Source,
  sort: OrderSort | undefined,
  page: PageRequest,
  parameters: Parameters,
): string {
  const listed = aliasOf(source);
  const [key, id] = [`${listed}.${keyOf(sort)}`, idOf(source)];
  const { where, orderBy } = indexRange(source, { sort, key, id, page }, parameters);
  const left = conditions(source.left, listed, parameters);
  return `${keysOf(source, parameters)}, lateral (
    select ${key} as key, ${id} as id from ${rowsOf(source)}
    where ${[...where, ...source.also(parameters), left].join(' and ')}
    order by ${orderBy} limit ${parameters.add(page.limit)}) part`;
}

const keysOf = ({ keys, type }: Source, parameters: Parameters): string =>
  `unnest(${parameters.add(keys)}::${type}[]) as k(key)`;

/** What holds of the rows that a key leads to. */
const conditionOf = ({ column, also }: Source, parameters: Parameters): string =>
  [...(column ? [`${column} = k.key`] : []), ...also(parameters), 'true'].join(' and ');

const aliasOf = ({ table }: Source): string => (table === 'orders' ? 'o' : 's');
const idOf = ({ table }: Source): string => (table === 'orders' ? 'o.id' : 's.order_id');
const rowsOf = ({ table }: Source): string =>
  table === 'orders' ? 'orders o' : 'order_terms s join orders o on o.id = s.order_id';

/** A name stands for one text alone, so that it is planned once. */
function statement(name: string, text: string, { values }: Parameters): Statement {
  return { name: `orders.${name}.${hash('md5', text).slice(0, 8)}`, text, values };
}
