import { ALL, COUNTRY, categoryBreakdown, SKU } from '@waybill/orders/reports/breakdowns.js';
import {
  type SalesSum,
  type Scope,
  type SumsAfter,
  salesByDay,
  salesByKey,
} from '@waybill/orders/reports/read-sales.js';
import { daysBetween, periodsBetween } from '@waybill/orders/reports/report-periods.js';
import { STOREFRONTS } from '@waybill/orders/testing/generated-orders.js';
import type { ReadPage } from './measure-pages.js';

export interface ReportCase {
  title: string;
  read: ReadPage;
}

const EVERYWHERE: Scope = { storefrontIds: null, currency: null };
const SMALL: Scope = { storefrontIds: STOREFRONTS.slice(2), currency: null };

const dayAgo = (days: number) =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Reports of sales; a year is a whole one, and what begins and ends in the middle of months is read from days as well. */
export function reportCases(): ReportCase[] {
  const lastYear = new Date().getUTCFullYear() - 1;
  const year = [`${lastYear}-01-01`, `${lastYear}-12-31`] as const;
  const odd = [`${lastYear}-01-10`, `${lastYear}-12-20`] as const;
  const days = [dayAgo(60), dayAgo(31)] as const;
  return [
    { title: 'sales by product, a year', read: byKey(SKU, EVERYWHERE, ...year) },
    { title: 'sales by product, a year, a storefront', read: byKey(SKU, SMALL, ...year) },
    { title: 'sales by product, 10 January to 20 December', read: byKey(SKU, EVERYWHERE, ...odd) },
    { title: 'sales by product, 30 days', read: byKey(SKU, EVERYWHERE, ...days) },
    { title: 'sales by category, a year', read: byKey(categoryBreakdown(), EVERYWHERE, ...year) },
    { title: 'sales by country, 30 days', read: byKey(COUNTRY, EVERYWHERE, ...days) },
    { title: 'sales of all time', read: byKey(ALL, EVERYWHERE, null, null) },
    { title: 'sales by day, all', read: byDay },
  ];
}

function byKey(breakdown: string, scope: Scope, from: string | null, to: string | null): ReadPage {
  const periods = periodsBetween(from, to);
  return async (db, { limit, after }) => {
    const page = {
      limit,
      after: after === undefined ? undefined : (JSON.parse(after) as SumsAfter),
    };
    return cursors(await salesByKey(db, breakdown, scope, periods, page));
  };
}

const byDay: ReadPage = async (db, { limit, after }) => {
  const page = { limit, after: after === undefined ? undefined : (JSON.parse(after) as SumsAfter) };
  return cursors(await salesByDay(db, EVERYWHERE, daysBetween(null, null), page));
};

const cursors = (sums: SalesSum[]) =>
  sums.map(({ currency, net, key }) => JSON.stringify({ currency, net, key }));
