import type { Query } from '@waybill/kernel/database.js';
import { schemasByPlace } from '../attributes/import-attributes.js';
import {
  type CategoryTree,
  findCategories,
  makeCategories,
  missingCategories,
} from '../categories/import-categories.js';
import type { ImportRow } from '../products/import-rows.js';
import { knownProducts } from '../products/known-products.js';
import {
  type ImportPlan,
  type PlannedVariant,
  type PlanProblem,
  planImport,
} from '../products/plan-import.js';
import { JustAdded, writeImport } from '../products/write-import.js';
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

interface ProductPlan extends ImportPlan {
  tree: CategoryTree;
}

/** Products and their variants, a line for each variant; the first of a product says what the product is. */
export const productFile: BulkKind<ProductPlan> = {
  columns: PRODUCT_COLUMNS,

  async compare(query, lines, setting, lock): Promise<Findings<ProductPlan>> {
    const { rows, problems } = readAll(lines, setting);
    const named = await findCategories(query, categoriesIn(rows), lock);
    const known = await knownProducts(query, rows, setting.storefront.id, lock);
    const tree = await withStanding(query, named, known.products);
    const schemasOf = await schemasByPlace(query, tree);
    const plan = planImport(rows, known, { schemasOf, strict: true });
    return {
      differences: differencesOf(plan, setting),
      problems: [...problems, ...plan.problems.map(toProblem)],
      totals: { products: totalsOf(plan, tree) },
      plan: { ...plan, tree },
    };
  },

  async write(query, { tree, ...plan }, { storefront, actor, lowStockThreshold }) {
    await makeCategories(query, tree, wantedCategories(plan));
    const left = await writeImport(query, plan, tree, { storefront, actor }).catch((error) => {
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

const categoriesIn = (rows: readonly ImportRow[]) => rows.map(({ category }) => category);

/** With the categories in which products stand, and may stay. */
async function withStanding(
  query: Query,
  tree: CategoryTree,
  products: ReadonlyArray<{ category: string | null }>,
): Promise<CategoryTree> {
  const texts = products.map(({ category }) => category);
  return new Map([...(await findCategories(query, texts, false)), ...tree]);
}

const wantedCategories = ({ products }: ImportPlan) => products.map(({ after }) => after.category);

function totalsOf(plan: ImportPlan, tree: CategoryTree) {
  return {
    products: plan.products.filter(({ before }) => !before).length,
    variants: plan.variants.filter(({ before }) => !before).length,
    categories: missingCategories(tree, wantedCategories(plan)).length,
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
