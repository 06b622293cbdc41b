import type { Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import { handleWithHash, slug } from '../products/handle.js';
import { CATEGORY_COLUMNS, type CategoryRow } from './category.js';
import { insertCategory } from './create-category.js';
import { SEPARATOR } from './limits.js';
import { holdTree, lockTree } from './tree.js';

export type CategoryTree = Map<string, CategoryRow>;

/**
 * The categories that rows of an import name by their titles from the top, those that are there. With `lock` nobody moves
 * one until the end of the transaction, and where some are missing nobody else makes them meanwhile.
 */
export async function findCategories(
  query: Query,
  texts: ReadonlyArray<string | null | undefined>,
  lock: boolean,
): Promise<CategoryTree> {
  const wanted = namesIn(texts);
  if (!lock) return readTree(query, wanted);
  if (wanted.length > 0) await query('categories.beforeHold', 'savepoint tree');
  await holdTree(query);
  const held = await readTree(query, wanted);
  if (wanted.every((text) => held.has(text))) return held;
  // Two that hold the tree, and want it alone, would wait for each other.
  await query('categories.letGo', 'rollback to savepoint tree');
  await lockTree(query);
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
async function readTree(query: Query, texts: string[]): Promise<CategoryTree> {
  if (texts.length === 0) return new Map();
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

async function makeMissing(query: Query, tree: CategoryTree, text: string): Promise<void> {
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
  const handle = await freeHandle(query, place, id);
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

/** Of its titles, as long as no other has that: one that was made for the same place may have moved since. */
async function freeHandle(query: Query, place: string, id: string): Promise<string> {
  const wanted = [slug(place), handleWithHash(place), handleWithHash(`${place} ${id}`)];
  const rows = await query<{ handle: string }>(
    'categories.handles',
    'select handle from categories where handle = any($1::text[])',
    [wanted],
  );
  const taken = new Set(['', ...rows.map(({ handle }) => handle)]);
  return wanted.find((handle) => !taken.has(handle)) ?? id;
}
