import type { Query } from '@waybill/kernel/database.js';
import { schemasByPlace } from '../attributes/import-attributes.js';
import {
  type CategoryTree,
  findCategories,
  makeCategories,
} from '../categories/import-categories.js';
import type { Seller } from '../storefronts/seller.js';
import type { ImportRow } from './import-rows.js';
import { knownProducts } from './known-products.js';
import { type ImportPlan, type PlannedVariant, planImport } from './plan-import.js';
import { writeImport } from './write-import.js';

/** What rows change, and the categories that they name or leave as they are, as far as those are there. */
export interface RowsPlan extends ImportPlan {
  tree: CategoryTree;
}

export interface RowsSetting {
  storefrontId: string;
  /** As PlanRules. */
  strict: boolean;
  /** Whether all that the plan is made from stays as it is until the end of the transaction. */
  lock: boolean;
}

/** Holds rows against what the catalog has. Categories are locked before products, as everywhere. */
export async function planRows(
  query: Query,
  rows: readonly ImportRow[],
  { storefrontId, strict, lock }: RowsSetting,
): Promise<RowsPlan> {
  const named = await findCategories(
    query,
    rows.map(({ category }) => category),
    lock,
  );
  const known = await knownProducts(query, rows, storefrontId, lock);
  const standing = await findCategories(
    query,
    known.products.map(({ category }) => category),
    false,
  );
  const tree = new Map([...standing, ...named]);
  const schemasOf = await schemasByPlace(query, tree);
  return { ...planImport(rows, known, { schemasOf, strict }), tree };
}

/** Writes a plan that was made with `lock`, its missing categories first; answers and throws as writeImport does. */
export async function writeRows(
  query: Query,
  { tree, ...plan }: RowsPlan,
  seller: Seller,
): Promise<PlannedVariant[]> {
  await makeCategories(query, tree, wantedCategories(plan));
  return writeImport(query, plan, tree, seller);
}

/** Where the products will stand, by titles from the top. */
export const wantedCategories = ({ products }: ImportPlan) =>
  products.map(({ after }) => after.category);
