import { missingCategories } from '../categories/import-categories.js';
import type { ImportRow } from '../products/import-rows.js';
import type { ImportPlan, PlannedVariant, PlanProblem } from '../products/plan-import.js';
import { planRows, type RowsPlan, wantedCategories, writeRows } from '../products/plan-rows.js';
import { JustAdded } from '../products/write-import.js';
import { watchStock } from '../stock/low/watch-stock.js';
import {
  type BulkKind,
  type Change,
  ChangedSince,
  type Difference,
  type Findings,
  type Line,
  type Problem,
  type Setting,
} from './findings.js';
import { LineReader } from './line-reader.js';
import { BulkProblemCode as Code } from './problem-code.js';
import { PRODUCT_COLUMNS, productCells, readProduct, variantCells } from './product-cells.js';

type ProductRow = ImportRow & { line: number };

/** Products and their variants, a line for each variant; the first of a product says what the product is. */
export const productFile: BulkKind<RowsPlan> = {
  columns: PRODUCT_COLUMNS,

  async compare(query, lines, setting, lock): Promise<Findings<RowsPlan>> {
    const { rows, problems } = readAll(lines, setting);
    const asked = { storefrontId: setting.storefront.id, strict: true, lock };
    const plan = await planRows(query, rows, asked);
    return {
      differences: differencesOf(plan, setting),
      problems: [...problems, ...plan.problems.map(toProblem)],
      totals: { products: totalsOf(plan) },
      plan,
    };
  },

  async write(query, plan, { storefront, actor, lowStockThreshold }) {
    const left = await writeRows(query, plan, { storefront, actor }).catch((error) => {
      throw error instanceof JustAdded ? new ChangedSince() : error;
    });
    if (left.length > 0) throw new ChangedSince();
    const counted = plan.variants.filter(
      ({ before, after }) => before && before.onHand !== after.onHand,
    );
    const ids = counted.map(({ id }) => id);
    await watchStock(query, ids, lowStockThreshold);
  },
};

function readAll(lines: readonly Line[], { storefront }: Setting) {
  const rows: ProductRow[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [index, line] of lines.entries()) {
    const read = new LineReader(line);
    const row = readProduct(read, line, index, storefront.currency);
    if (seen.has(row.sku))
      read.wrong('sku', Code.DUPLICATE_LINE, 'stands in an earlier line as well');
    seen.add(row.sku);
    if (read.problems.length > 0) problems.push(...read.problems);
    else rows.push(row);
  }
  return { rows, problems };
}

function totalsOf(plan: RowsPlan) {
  return {
    products: plan.products.filter(({ before }) => !before).length,
    variants: plan.variants.filter(({ before }) => !before).length,
    categories: missingCategories(plan.tree, wantedCategories(plan)).length,
  };
}

function differencesOf(plan: ImportPlan, { storefront }: Setting): Difference[] {
  return plan.variants
    .map((variant) => differenceOf(variant, storefront.currency))
    .filter(({ isNew, changes }) => isNew || changes.length > 0);
}

function differenceOf(variant: PlannedVariant, currency: string): Difference {
  const { sku, product, before, after, row } = variant;
  const ofProduct =
    product.row === row
      ? changesOf(product.before && productCells(product.before), productCells(product.after))
      : [];
  const ofVariant = changesOf(
    before && variantCells(before, currency),
    variantCells(after, currency),
  );
  const handle = before ? [] : [{ field: 'handle', before: null, after: product.handle }];
  return {
    ...{ line: (row as ProductRow).line, sku, location: null, isNew: !before },
    changes: [...handle, ...ofProduct, ...ofVariant],
  };
}

type Cells = Record<string, string | null>;

function changesOf(before: Cells | null, after: Cells): Change[] {
  return Object.entries(after)
    .map(([field, value]) => ({ field, before: before?.[field] ?? null, after: value }))
    .filter((change) => change.before !== change.after);
}

function toProblem({ row, field, code, message }: PlanProblem): Problem {
  const column = field[0] === 'onHand' ? 'on_hand' : (field[0] ?? null);
  return { line: (row as ProductRow).line, column, code: code as string as Code, message };
}
