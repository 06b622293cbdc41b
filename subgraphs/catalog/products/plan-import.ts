import { isDeepStrictEqual } from 'node:util';
import { newId } from '@waybill/kernel/ids.js';
import {
  type AttributeSchema,
  type Attributes,
  attributeProblems,
} from '../attributes/attribute-schema.js';
import type { VariantOption } from '../variants/option.js';
import { CatalogErrorCode as Code } from './errors.js';
import { handleOfSku } from './handle.js';
import type { ImportRow } from './import-rows.js';
import { MAX_VARIANTS } from './input.js';

/** What rows say of a product. */
export interface ProductState {
  title: string;
  description: string | null;
  /** Titles from the top. */
  category: string | null;
  attributes: Attributes;
  /** In the storefront of the import. */
  published: boolean;
}

export interface KnownProduct extends ProductState {
  id: string;
  handle: string;
  /** Whether it has ever had a price in the storefront. */
  hadPrice: boolean;
}

/** What rows say of a variant. */
export interface VariantState {
  options: VariantOption[];
  active: boolean;
  /** Minor units; null where it has no price in the storefront. */
  amount: number | null;
  /** At the main location. */
  onHand: number;
}

export interface KnownVariant extends VariantState {
  id: string;
  sku: string;
  handle: string;
  reserved: number;
}

/** The products that rows are about, with all of their variants. */
export interface Known {
  products: readonly KnownProduct[];
  variants: readonly KnownVariant[];
}

export interface PlannedProduct {
  id: string;
  handle: string;
  before: KnownProduct | null;
  after: ProductState;
  /** The first of its rows: what it says of the product counts. */
  row: ImportRow;
}

export interface PlannedVariant {
  id: string;
  sku: string;
  product: PlannedProduct;
  before: KnownVariant | null;
  after: VariantState;
  row: ImportRow;
}

/** Whether a product that was there says anything else. */
export function isEdited({ before, after }: PlannedProduct): boolean {
  if (!before) return false;
  const { id: _, handle: __, hadPrice: ___, ...was } = before;
  return !isDeepStrictEqual(was, after);
}

/** Something that keeps a row from being written; `field` is that of ImportRow. */
export interface PlanProblem {
  row: ImportRow;
  field: string[];
  code: Code | 'MISSING_VALUE' | 'CONFLICTING_LINE';
  message: string;
}

export interface ImportPlan {
  products: PlannedProduct[];
  variants: PlannedVariant[];
  problems: PlanProblem[];
}

export interface PlanRules {
  /** What the attributes of the products of a category must fit. */
  schemasOf(category: string | null): AttributeSchema[];
  /** Whether a later row of a product is wrong that says otherwise than the first; it does not count in any case. */
  strict: boolean;
}

/**
 * Holds rows against what the catalog has: a variant stays with its product, no two variants of a product have the same
 * options, reserved units are there, and attributes fit. Bad rows are left out, and the others go on.
 */
export function planImport(rows: readonly ImportRow[], known: Known, rules: PlanRules): ImportPlan {
  const planning = new Planning(known, rules);
  for (const row of rows) planning.take(row);
  return planning.plan;
}

/** A field, a code and what is wrong. */
type Wrong = [field: string[], code: PlanProblem['code'], what: string];

const PRODUCT_FIELDS = ['title', 'description', 'category', 'attributes', 'published'] as const;

class Planning {
  readonly plan: ImportPlan = { products: [], variants: [], problems: [] };
  readonly #planned = new Map<string, PlannedProduct>();
  readonly #products: Map<string, KnownProduct>;
  readonly #variants: Map<string, KnownVariant>;
  readonly #siblings: Siblings;

  constructor(
    known: Known,
    private readonly rules: PlanRules,
  ) {
    this.#products = new Map(known.products.map((product) => [product.handle, product]));
    this.#variants = new Map(known.variants.map((variant) => [variant.sku, variant]));
    this.#siblings = new Siblings(known.variants);
  }

  take(row: ImportRow): void {
    const before = this.#variants.get(row.sku) ?? null;
    const handle = before?.handle ?? row.handle ?? handleOfSku(row.sku);
    const after = variantAfter(row, before);
    const product =
      this.#planned.get(handle) ?? plannedProduct(row, handle, this.#products.get(handle));
    const wrong = [
      ...variantProblems(row, before, after),
      ...this.#siblings.problems({ sku: row.sku, handle, options: after.options }),
      ...(product.row === row ? this.#newProblems(product) : this.#laterProblems(row, product)),
    ];
    if (wrong.length > 0) this.plan.problems.push(...wrong.map((each) => toProblem(row, each)));
    else this.#put({ id: before?.id ?? newId(), sku: row.sku, product, before, after, row });
  }

  #put(variant: PlannedVariant): void {
    const { product, sku, after } = variant;
    if (!this.#planned.has(product.handle)) this.plan.products.push(product);
    this.#planned.set(product.handle, product);
    this.#siblings.put({ sku, handle: product.handle, options: after.options });
    this.plan.variants.push(variant);
  }

  #newProblems({ row, before, after }: PlannedProduct): Wrong[] {
    if (!before && row.title === undefined) return [[['title'], 'MISSING_VALUE', 'needs a title']];
    const fits =
      before !== null &&
      before.category === after.category &&
      isDeepStrictEqual(before.attributes, after.attributes);
    if (fits) return [];
    const problems = attributeProblems(this.rules.schemasOf(after.category), after.attributes);
    return problems.map(({ path, message }) => {
      const field = ['attributes', ...path];
      return [field, Code.INVALID_ATTRIBUTES, `${field.join('.')} ${message}`];
    });
  }

  #laterProblems(row: ImportRow, product: PlannedProduct): Wrong[] {
    if (!this.rules.strict) return [];
    return PRODUCT_FIELDS.filter((field) => {
      const said = row[field];
      const isEmpty = said == null || (field === 'attributes' && isDeepStrictEqual(said, {}));
      return !isEmpty && !isDeepStrictEqual(said, product.after[field]);
    }).map((field) => [
      [field],
      'CONFLICTING_LINE',
      `says another ${field} than the first line of its product`,
    ]);
  }
}

const toProblem = (row: ImportRow, [field, code, what]: Wrong): PlanProblem => ({
  row,
  field,
  code,
  message: code === Code.INVALID_ATTRIBUTES ? `${what}.` : `${row.sku} ${what}.`,
});

function plannedProduct(
  row: ImportRow,
  handle: string,
  before: KnownProduct | null = null,
): PlannedProduct {
  return { id: before?.id ?? newId(), handle, before, after: productAfter(row, before), row };
}

function productAfter(row: ImportRow, before: KnownProduct | null): ProductState {
  const { title, description, category, attributes } = row;
  return {
    title: title ?? before?.title ?? '',
    description: description === undefined ? (before?.description ?? null) : description,
    category: category === undefined ? (before?.category ?? null) : category,
    attributes: attributes ?? before?.attributes ?? {},
    published: publishedAfter(row, before),
  };
}

/** What is new is published; what was taken out of a storefront stays out unless a row says otherwise. */
function publishedAfter({ published }: ImportRow, before: KnownProduct | null): boolean {
  if (typeof published === 'boolean') return published;
  if (!before || published === undefined) return before?.published ?? true;
  return before.published || !before.hadPrice;
}

function variantAfter(row: ImportRow, before: KnownVariant | null): VariantState {
  return {
    options: row.options ?? before?.options ?? [],
    active: row.active ?? before?.active ?? true,
    amount: row.amount ?? before?.amount ?? null,
    onHand: row.onHand ?? before?.onHand ?? 0,
  };
}

function variantProblems(
  { handle }: ImportRow,
  before: KnownVariant | null,
  { onHand }: VariantState,
): Wrong[] {
  if (!before) return [];
  if (handle !== null && handle !== before.handle) {
    return [[['handle'], Code.PRODUCT_FIXED, 'belongs to another product']];
  }
  if (onHand >= before.reserved) return [];
  return [[['onHand'], Code.STOCK_BELOW_RESERVED, 'has more units reserved than that']];
}

type Sibling = Pick<KnownVariant, 'sku' | 'handle' | 'options'>;

/** The variants of each product, as they are so far. */
class Siblings {
  readonly #byHandle = new Map<string, Map<string, string>>();

  constructor(siblings: readonly Sibling[]) {
    for (const each of siblings) this.put(each);
  }

  put({ sku, handle, options }: Sibling): void {
    const ofProduct = this.#byHandle.get(handle) ?? new Map<string, string>();
    this.#byHandle.set(handle, ofProduct.set(sku, JSON.stringify(options)));
  }

  problems({ sku, handle, options }: Sibling): Wrong[] {
    const ofProduct = this.#byHandle.get(handle) ?? new Map<string, string>();
    if (ofProduct.size >= MAX_VARIANTS && !ofProduct.has(sku)) {
      return [[['handle'], Code.INVALID_VARIANTS, 'is one variant too many']];
    }
    const wanted = JSON.stringify(options);
    for (const [other, theirs] of ofProduct) {
      if (other !== sku && theirs === wanted) {
        return [
          [['options'], Code.OPTIONS_TAKEN, 'has the options of another variant of its product'],
        ];
      }
    }
    return [];
  }
}
