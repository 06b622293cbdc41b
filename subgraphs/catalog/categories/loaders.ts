import type { Database } from '@waybill/kernel/database.js';
import DataLoader from 'dataloader';
import { storable } from '../storable.js';
import { CATEGORY_COLUMNS, type CategoryRow } from './category.js';

export interface CategoryLoaders {
  byId: DataLoader<string, CategoryRow | null>;
  byHandle: DataLoader<string, CategoryRow | null>;
  /** Those right below, by the id of the parent, in the order in which they are shown. */
  children: DataLoader<string, CategoryRow[]>;
}

/** One statement per batch; made anew for each operation. */
export function createCategoryLoaders({ query }: Pick<Database, 'query'>): CategoryLoaders {
  const categories = (name: string, where: string, keys: readonly string[]) =>
    query<CategoryRow>(name, `select ${CATEGORY_COLUMNS} from categories where ${where}`, [keys]);
  return {
    byId: new DataLoader(async (ids) => {
      const rows = await categories('categories.byId', 'id = any($1::uuid[])', ids);
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
    byHandle: new DataLoader(async (handles) => {
      const keys = handles.map(storable);
      const rows = await categories('categories.byHandle', 'handle = any($1::text[])', keys);
      const byHandle = new Map(rows.map((row) => [row.handle, row]));
      return handles.map((handle) => byHandle.get(handle) ?? null);
    }),
    children: new DataLoader(async (ids) => {
      const rows = await categories('categories.children', CHILDREN, ids);
      const byParent = Map.groupBy(rows, ({ parentId }) => parentId ?? '');
      return ids.map((id) => byParent.get(id) ?? []);
    }),
  };
}

const CHILDREN = 'parent_id = any($1::uuid[]) order by position, title';
