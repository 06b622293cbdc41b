import type { Query } from '@waybill/kernel/database.js';
import { toDecimal } from '@waybill/kernel/money.js';
import { LATEST_FIRST } from '../prices/price-row.js';
import { insertPrices, type NewPrice } from '../prices/write-prices.js';
import { MAX_SKU } from '../products/input.js';
import type { BulkKind, Difference, Findings, Line, Problem, Setting } from './findings.js';
import { LineReader } from './line-reader.js';
import { BulkProblemCode as Code } from './problem-code.js';

interface AskedPrice {
  line: number;
  sku: string;
  /** Minor units. */
  amount: number;
  /** Null: from now on. */
  validFrom: Date | null;
}

/** What the storefront has of a SKU, for one line. */
interface KnownPrice {
  variantId: string | null;
  isPast: boolean;
  /** What it costs from the very time of the line on; for a line without one, what it costs now. */
  same: number | null;
  /** What it would cost then. */
  otherwise: number | null;
}

/** What SKUs cost in the storefront, from now on or from `valid_from` on. */
export const priceFile: BulkKind<NewPrice[]> = {
  columns: ['sku', 'price', 'valid_from'],

  async compare(query, lines, setting, lock): Promise<Findings<NewPrice[]>> {
    const { asked, problems } = readAll(lines, setting);
    if (lock) await lockVariants(query, asked);
    const known = await knownPrices(query, asked, setting);
    const differences: Difference[] = [];
    const plan: NewPrice[] = [];
    const ratios: number[] = [];
    for (const [i, price] of asked.entries()) {
      const found = known[i];
      if (found?.variantId == null) problems.push(unknown(price));
      else if (found.same === price.amount) continue;
      else if (found.isPast) problems.push(past(price));
      else {
        differences.push(differenceOf(price, found, setting));
        plan.push(planned(price, found.variantId, setting));
        if (found.otherwise) ratios.push(price.amount / found.otherwise - 1);
      }
    }
    return {
      differences,
      problems: problems.toSorted((a, b) => a.line - b.line),
      totals: { prices: changesOf(ratios) },
      plan,
    };
  },

  async write(query, plan, { actor, note }) {
    if (plan.length > 0) await insertPrices(query, plan, { setBy: actor, reason: note });
  },
};

function readAll(lines: readonly Line[], { storefront }: Setting) {
  const asked: AskedPrice[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const line of lines) {
    const read = new LineReader(line);
    const price = readLine(read, line, storefront.currency);
    const key = `${price.validFrom?.getTime() ?? 'now'} ${price.sku}`;
    if (seen.has(key)) read.wrong('sku', Code.DUPLICATE_LINE, 'stands in an earlier line as well');
    seen.add(key);
    if (read.problems.length > 0) problems.push(...read.problems);
    else asked.push(price);
  }
  return { asked, problems };
}

function readLine(read: LineReader, line: Line, currency: string): AskedPrice {
  const validFrom = read.cell('valid_from');
  return {
    line: line.number,
    sku: read.input.text('sku', read.needed('sku'), MAX_SKU),
    amount: read.input.price('price', read.needed('price'), currency),
    validFrom: validFrom == null ? null : read.time('valid_from', validFrom),
  };
}

const unknown = ({ line, sku }: AskedPrice): Problem => ({
  line,
  column: 'sku',
  code: Code.NOT_FOUND,
  message: `There is no SKU ${sku}.`,
});

const past = ({ line }: AskedPrice): Problem => ({
  line,
  column: 'valid_from',
  code: Code.INVALID_TIME,
  message: 'This time has passed.',
});

/** Other files that set the prices of these variants wait, so that each is held against what the one before has set. */
async function lockVariants(query: Query, asked: AskedPrice[]): Promise<void> {
  await query(
    'bulk.lockVariants',
    'select 1 from variants where sku = any($1::text[]) order by id for no key update',
    [asked.map(({ sku }) => sku)],
  );
}

/** The latest price of a variant that counts at a time; of a line without a time, now. */
const AMOUNT = `select amount::float8 from prices
  where variant_id = variants.id and storefront_id = $3 and withdrawn_at is null`;

function knownPrices(
  query: Query,
  asked: AskedPrice[],
  { storefront }: Setting,
): Promise<KnownPrice[]> {
  return query<KnownPrice>(
    'bulk.knownPrices',
    `select variants.id as "variantId", coalesce(line.valid_from < now(), false) as "isPast",
       case when line.valid_from is null then otherwise.amount else (
         ${AMOUNT} and valid_from = line.valid_from order by prices.id desc limit 1) end as same,
       otherwise.amount as otherwise
     from unnest($1::text[], $2::timestamptz[]) with ordinality as line (sku, valid_from, n)
       left join variants using (sku)
       left join lateral (
         ${AMOUNT} and valid_from <= coalesce(line.valid_from, now())
         order by ${LATEST_FIRST} limit 1) as otherwise on true
     order by n`,
    [
      asked.map(({ sku }) => sku),
      asked.map(({ validFrom }) => validFrom?.toISOString() ?? null),
      storefront.id,
    ],
  );
}

function differenceOf(
  { line, sku, amount, validFrom }: AskedPrice,
  { otherwise }: KnownPrice,
  { storefront: { currency } }: Setting,
): Difference {
  const before = otherwise === null ? null : toDecimal(otherwise, currency);
  const price = { field: 'price', before, after: toDecimal(amount, currency) };
  const from = { field: 'valid_from', before: null, after: validFrom?.toISOString() ?? null };
  const isNew = otherwise === null;
  return { line, sku, location: null, isNew, changes: validFrom ? [price, from] : [price] };
}

const planned = (
  { amount, validFrom }: AskedPrice,
  variantId: string,
  { storefront: { id: storefrontId, currency } }: Setting,
): NewPrice => ({ variantId, storefrontId, amount, currency, validFrom });

/** By how much prices change, of what they were. */
function changesOf(ratios: number[]) {
  const sorted = ratios.toSorted((a, b) => a - b);
  return {
    up: ratios.filter((ratio) => ratio > 0).length,
    down: ratios.filter((ratio) => ratio < 0).length,
    lowest: percent(sorted.at(0)),
    highest: percent(sorted.at(-1)),
  };
}

const percent = (ratio: number | undefined) =>
  ratio === undefined ? null : (100 * ratio).toFixed(2);
