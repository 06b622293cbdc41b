import type { Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { handleWithHash, slug } from '../products/handle.js';
import { CATEGORY_COLUMNS, type CategoryRow } from './category.js';
import { insertCategory } from './create-category.js';
import { SEPARATOR } from './limits.js';
import { holdTree, lockTree } from './tree.js';

export type CategoryTree = Map<string, CategoryRow>;

/**
 * The categories that rows of an import name by their titles from the top; those that are missing are made. They are kept
 * from moving until the import is over.
 */
export async function importCategories(
  query: Query,
  texts: ReadonlyArray<string | null | undefined>,
): Promise<CategoryTree> {
  const tree = await findCategories(query, texts, true);
  await makeCategories(query, tree, texts);
  return tree;
}

/** Those of them that are there, by their titles from the top. With `lock` the tree stays as it is. */
export async function findCategories(
  query: Query,
  texts: ReadonlyArray<string | null | undefined>,
  lock: boolean,
): Promise<CategoryTree> {
  const wanted = namesIn(texts);
  if (wanted.length === 0) return new Map();
  const before = await readTree(query, wanted);
  if (!lock) return before;
  if (wanted.some((text) => !before.has(text))) await lockTree(query);
  else await holdTree(query);
  return readTree(query, wanted);
}

/** Makes what is missing of a tree that is locked. */
export async function makeCategories(
  query: Query,
  tree: CategoryTree,
  texts: ReadonlyArray<string | null | undefined>,
): Promise<void> {
  for (const text of namesIn(texts)) await makeMissing(query, tree, text);
}

const namesIn = (texts: ReadonlyArray<string | null | undefined>) => [
  ...new Set(texts.flatMap((text) => text ?? [])),
];

/** Categories that would have to be made, by their titles from the top. */
export function missingCategories(
  tree: CategoryTree,
  texts: ReadonlyArray<string | null | undefined>,
): string[] {
  const missing = namesIn(texts).flatMap((text) => placesAbove(text));
  return [...new Set(missing)].filter((place) => !tree.has(place));
}

/** A category and those above it, the top first. */
export function placesAbove(text: string): string[] {
  const titles = text.split(SEPARATOR);
  return titles.map((_, i) => titles.slice(0, i + 1).join(SEPARATOR));
}

/** By titles from the top, all categories that have one of these titles, and those above them. */
async function readTree(query: Query, texts: string[]): Promise<Map<string, CategoryRow>> {
  const titles = [...new Set(texts.flatMap((text) => text.split(SEPARATOR)))];
  const rows = await query<CategoryRow>(
    'categories.byTitle',
    `select ${CATEGORY_COLUMNS} from categories where title = any($1::text[])`,
    [titles],
  );
  const titleOf = new Map(rows.map(({ id, title }) => [id, title]));
  // One whose ancestors have other titles is none that was asked for.
  const named = rows.filter(({ path }) => path.every((id) => titleOf.has(id)));
  return new Map(named.map((row) => [row.path.map((id) => titleOf.get(id)).join(SEPARATOR), row]));
}

async function makeMissing(
  query: Query,
  tree: Map<string, CategoryRow>,
  text: string,
): Promise<void> {
  const titles = text.split(SEPARATOR);
  let parent: CategoryRow | undefined;
  for (const [i, title] of titles.entries()) {
    const place = titles.slice(0, i + 1).join(SEPARATOR);
    parent = tree.get(place) ?? (await makeCategory(query, title, place, parent));
    tree.set(place, parent);
  }
}

async function makeCategory(
  query: Query,
  title: string,
  place: string,
  parent: CategoryRow | undefined,
): Promise<CategoryRow> {
  const id = newId();
  const path = [...(parent?.path ?? []), id];
  const handle = await freeHandle(query, place);
  const category = {
    id,
    handle,
    title,
    parentId: parent?.id ?? null,
    path,
    position: 0,
    attributeSchema: null,
  };
  await insertCategory(query, category);
  return category;
}

async function freeHandle(query: Query, place: string): Promise<string> {
  const handle = slug(place);
  const taken = await query('categories.hasHandle', 'select 1 from categories where handle = $1', [
    handle,
  ]);
  return handle === '' || taken.length > 0 ? handleWithHash(place) : handle;
}
