import type { Query } from '@waybill/kernel/database.js';
import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { isStorable } from '@waybill/kernel/storable.js';
import type { Accounts } from '../context.js';
import { type UsersError, UsersErrorCode } from '../graphql/errors.js';
import { maxCostOf, type RateClass } from '../partners/partner.js';
import { noSuchPartner } from '../partners/partner-payload.js';
import type { CheckedOperation } from './check-operations.js';

/** Operations in one manifest, at the most. */
export const MAX_OPERATIONS = 500;

const MAX_ID = 200;

export type CheckedManifest =
  | { checked: CheckedOperation[]; error?: undefined }
  | { checked?: undefined; error: UsersError };

/** Holds a manifest against the schema and the partner, and against what it has registered already. */
export async function checkManifest(
  { db: { query }, checker, partnerMaxCost }: Accounts,
  partnerId: string | undefined,
  manifest: object,
): Promise<CheckedManifest> {
  const operations = checker.read(manifest);
  const fault = operations ? manifestFault(operations) : 'This is no manifest of operations.';
  if (fault || !operations) return { error: invalidManifest(fault ?? '') };
  const rateClass = partnerId && (await rateClassOf(query, partnerId));
  if (!rateClass) return { error: noSuchPartner() };
  const checked = await checker.check(operations, maxCostOf(rateClass, partnerMaxCost));
  const others = await textsOf(query, partnerId, operations);
  return {
    checked: checked.map((each) => {
      const other = others.get(each.id);
      if (other === undefined || other === each.text) return each;
      return { ...each, problems: [...each.problems, OTHER_TEXT] };
    }),
  };
}

/** What people agreed to must not change under its id. */
const OTHER_TEXT = {
  code: UsersErrorCode.OPERATION_CHANGED,
  message: 'Another text is registered under this id: give this one an id of its own.',
};

function manifestFault(operations: ReadonlyArray<{ id: string; text: string }>) {
  if (operations.length === 0) return 'There is no operation in it.';
  if (operations.length > MAX_OPERATIONS) return `It has more than ${MAX_OPERATIONS} operations.`;
  if (new Set(operations.map(({ id }) => id)).size < operations.length) {
    return 'Two operations in it have the same id.';
  }
  const unfit = operations.find(({ id, text }) => !isFit(id) || !isStorable(text));
  return unfit && `The operation ${JSON.stringify(unfit.id.slice(0, MAX_ID))} cannot be kept.`;
}

const isFit = (id: string) => id.length > 0 && id.length <= MAX_ID && isStorable(id);

function invalidManifest(message: string): UserError<UsersErrorCode> {
  return userError(UsersErrorCode.INVALID_MANIFEST, message, ['manifest']);
}

async function rateClassOf(query: Query, partnerId: string): Promise<RateClass | undefined> {
  const [row] = await query<{ rateClass: RateClass }>(
    'partners.rateClass',
    'select rate_class as "rateClass" from partners where id = $1 and closed_at is null',
    [partnerId],
  );
  return row?.rateClass;
}

/** What is registered already, in whatever state. */
export async function textsOf(
  query: Query,
  partnerId: string,
  operations: ReadonlyArray<{ id: string }>,
): Promise<Map<string, string>> {
  const rows = await query<{ id: string; text: string }>(
    'operations.texts',
    'select id, text from registered_operations where partner_id = $1 and id = any($2::text[])',
    [partnerId, operations.map(({ id }) => id)],
  );
  return new Map(rows.map(({ id, text }) => [id, text]));
}
