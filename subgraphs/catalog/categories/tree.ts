import type { Query } from '@waybill/kernel/database.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { isHandle } from '../products/handle.js';
import { MAX_TITLE } from '../products/input.js';
import { CATEGORY_COLUMNS, type CategoryRow, categoryIds } from './category.js';
import { type CategoryError, CategoryErrorCode as Code } from './errors.js';
import { MAX_DEPTH } from './limits.js';

/** One change of the tree at a time, so that none is made from what another is just changing. Readers do not wait. */
export async function lockTree(query: Query): Promise<void> {
  await query('categories.lockTree', 'lock table categories in share row exclusive mode');
}

/** Nobody changes the tree until the end of the transaction, and many may rely on that at once. */
export async function holdTree(query: Query): Promise<void> {
  await query('categories.holdTree', 'lock table categories in row exclusive mode');
}

/**
 * Nobody puts a product into a category, or below it, until the end of the transaction; those who are just doing it are
 * waited for. Categories are locked before products.
 */
export async function lockBranch(query: Query, id: string): Promise<void> {
  await query(
    'categories.lockBranch',
    'select 1 from categories where path @> array[$1::uuid] order by id for no key update',
    [id],
  );
}

export async function findCategory(query: Query, id: string): Promise<CategoryRow | undefined> {
  const uuid = categoryIds.decode(id);
  if (!uuid) return undefined;
  const [row] = await query<CategoryRow>(
    'categories.find',
    `select ${CATEGORY_COLUMNS} from categories where id = $1`,
    [uuid],
  );
  return row;
}

/** What is wrong with a category as it shall be; nobody else changes the tree meanwhile. */
export async function problemsOf(query: Query, wanted: CategoryRow): Promise<CategoryError[]> {
  const errors = problemsOfTexts(wanted);
  if (errors.length > 0) return errors;
  const [taken] = await query<{ handle: boolean; title: boolean }>(
    'categories.taken',
    `select bool_or(handle = $2) as handle, bool_or(parent_id is not distinct from $3::uuid and title = $4) as title
     from categories where id <> $1 and (handle = $2 or title = $4)`,
    [wanted.id, wanted.handle, wanted.parentId, wanted.title],
  );
  if (taken?.handle) errors.push(userError(Code.HANDLE_TAKEN, 'The handle is taken.', ['handle']));
  if (taken?.title) {
    errors.push(userError(Code.TITLE_TAKEN, 'One beside it is called the same.', ['title']));
  }
  return errors;
}

function problemsOfTexts({ handle, title }: CategoryRow): CategoryError[] {
  const errors: CategoryError[] = [];
  if (!isHandle(handle)) {
    errors.push(userError(Code.INVALID_HANDLE, 'This is no handle.', ['handle']));
  }
  if (title.length < 1 || title.length > MAX_TITLE || /\p{Cc}/u.test(title)) {
    const message = `title is not 1 to ${MAX_TITLE} characters.`;
    errors.push(userError(Code.INVALID_TEXT, message, ['title']));
  }
  return errors;
}

/**
 * Whether a category may stand below another: `height` counts the levels below it that come along. Answers the path it
 * has then.
 */
export function pathBelow(
  id: string,
  parent: Pick<CategoryRow, 'path'> | null,
  height = 0,
): { path: string[] } | { error: CategoryError } {
  const above = parent?.path ?? [];
  if (above.includes(id)) {
    return { error: userError(Code.CYCLE, 'It cannot stand below itself.', ['parentId']) };
  }
  if (above.length + 1 + height > MAX_DEPTH) {
    return { error: userError(Code.TOO_DEEP, 'The tree would be too deep.', ['parentId']) };
  }
  return { path: [...above, id] };
}
