import { colors as pc } from '@waybill/kernel/colors.js';
import type { BulkImportFindingsQuery } from '@waybill/schema/generated/graphql.js';
import { figure } from '../command-line/figures.js';
import { drawTable } from '../command-line/table.js';

export type Findings = NonNullable<BulkImportFindingsQuery['bulkImport']>;
type Totals = NonNullable<Findings['totals']>;

/** Lines of each sort that are shown; `--json` has more, and the API all. */
const SHOWN = 20;
const WIDTH = 40;

/** What a file changes, what is wrong with it, and what came of it. */
export function showFindings(
  file: string,
  { totals, differences, problems }: Findings,
  refusals: readonly string[],
  applied: boolean,
): string {
  const changing = totals ? totals.created + totals.changed : 0;
  const wrong = totals ? totals.wrong : problems.edges.length;
  return [
    ...differences.edges.slice(0, SHOWN).flatMap(({ node }) => differenceLines(file, node)),
    ...more(changing - SHOWN, 'lines that change something'),
    ...problems.edges.slice(0, SHOWN).map(({ node }) => pc.yellow(problemLine(file, node))),
    ...more(wrong - SHOWN, 'lines that are wrong'),
    ...(totals ? [table(totals)] : []),
    ...refusals.map((refusal) => pc.red(refusal)),
    applied ? 'It is so now.' : 'Nothing has changed.',
    '',
  ].join('\n');
}

const more = (count: number, what: string) =>
  count > 0 ? [`and ${figure(count)} more ${what}`] : [];

type Difference = Findings['differences']['edges'][number]['node'];
type Problem = Findings['problems']['edges'][number]['node'];

function differenceLines(file: string, { line, sku, location, isNew, changes }: Difference) {
  const what = [sku, location && `at ${location}`, isNew && 'is new'].filter(Boolean).join(' ');
  const shown = changes.map(({ field, before, after }) => {
    const from = before === null ? '' : `${short(before)} → `;
    return `    ${field}: ${from}${after === null ? pc.dim('nothing') : short(after)}`;
  });
  return [`${file}:${line}: ${what}`, ...shown];
}

const short = (text: string) => (text.length > WIDTH ? `${text.slice(0, WIDTH)}…` : text);

const problemLine = (file: string, { line, code, message }: Problem) =>
  `${file}:${line}: ${code}: ${message}`;

function table({ lines, created, changed, unchanged, wrong, ...of }: Totals): string {
  const rows: Array<[string, number]> = [
    ['lines', lines],
    ['new', created],
    ['changed', changed],
    ['as they are', unchanged],
    ['wrong', wrong],
  ];
  return drawTable(
    ['', ''],
    [rows.map(([name, count]) => [name, figure(count)]), kindRows(of)].filter(
      (section) => section.length > 0,
    ),
  );
}

function kindRows({ products, prices, stock }: Pick<Totals, 'products' | 'prices' | 'stock'>) {
  if (products) {
    return [
      ['new products', figure(products.products)],
      ['new variants', figure(products.variants)],
      ['new categories', figure(products.categories)],
    ];
  }
  if (prices) {
    return [
      ['up', figure(prices.up)],
      ['down', figure(prices.down)],
      ['lowest and highest change', `${prices.lowest ?? '0'} %, ${prices.highest ?? '0'} %`],
    ];
  }
  if (!stock) return [];
  return [
    ['units before', figure(stock.unitsBefore)],
    ['units after', figure(stock.unitsAfter)],
  ];
}
