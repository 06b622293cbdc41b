import { isDeepStrictEqual } from 'node:util';
import type { Query } from '@waybill/kernel/database.js';
import { importPrices } from '../prices/import-prices.js';
import type { Seller } from '../storefronts/seller.js';
import { type CategoryIds, insertProducts, saveProducts } from './import-save.js';
import { addVariants, changeVariants } from './import-variants.js';
import { type ImportPlan, isEdited, type PlannedVariant } from './plan-import.js';

/** Somebody else has just added a product with the same handle: what was planned is about something else. */
export class JustAdded extends Error {}

/**
 * Writes what was planned, and nothing else. What is there already is locked. Answers the variants whose SKUs somebody
 * else has just added to another product: they are left out. Throws JustAdded.
 */
export async function writeImport(
  query: Query,
  plan: ImportPlan,
  categories: CategoryIds,
  seller: Seller,
): Promise<PlannedVariant[]> {
  const { variants } = plan;
  const added = plan.products.filter(({ before }) => !before);
  const { length } = await insertProducts(query, added, variants, categories, seller);
  if (length < added.length) throw new JustAdded();
  // What is new may have the options that another variant gives up.
  const changed = variants.filter(hasChanged);
  await changeVariants(query, changed, seller.actor);
  const newVariants = variants.filter(({ before }) => !before);
  const skus = await addVariants(query, newVariants, seller.actor);
  const written = variants.filter(({ before, sku }) => before || skus.has(sku));
  await saveProducts(query, productsToSave(plan, changed), categories, seller);
  await importPrices(query, written.filter(hasPrices).map(pricesOf), seller);
  return newVariants.filter(({ sku }) => !skus.has(sku));
}

/** What of a variant was there and is another now. */
function hasChanged({ before, after }: PlannedVariant): boolean {
  if (!before) return false;
  const { options, active, onHand } = before;
  return (
    active !== after.active || onHand !== after.onHand || !isDeepStrictEqual(options, after.options)
  );
}

/** Products that say something else now, or are found by something else since their variants have changed. */
function productsToSave({ products, variants }: ImportPlan, changed: PlannedVariant[]) {
  const joined = variants.filter(({ before }) => !before);
  const touched = new Set([...joined, ...changed].map(({ product }) => product));
  return products.filter(
    (product) => product.before && (touched.has(product) || isEdited(product)),
  );
}

const costsAnother = ({ before, after }: PlannedVariant) =>
  after.amount !== (before?.amount ?? null);

const hasPrices = (variant: PlannedVariant) =>
  costsAnother(variant) || (variant.row.prices ?? []).length > 0;

/** What is said of earlier times may change what holds today. */
const pricesOf = ({ sku, after, row: { prices = [] } }: PlannedVariant) => ({
  ...{ sku, amount: after.amount, prices },
});
