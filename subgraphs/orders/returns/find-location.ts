import { userError } from '@waybill/kernel/graphql/user-error.js';
import type { OrdersDependencies } from '../dependencies.js';
import { NO_UUID } from '../graphql/account.js';
import { locationId as globalId } from '../graphql/entities.js';
import { OrdersErrorCode as Code, type OrdersUserError } from '../user-errors.js';

/** The bare id of a location that somebody may have named by its global id, if there is such a location. */
export async function findLocation(
  { commands }: Pick<OrdersDependencies, 'commands'>,
  named: string | null | undefined,
): Promise<{ locationId: string | null; errors: OrdersUserError[] }> {
  if (named == null) return { locationId: null, errors: [] };
  const locationId = globalId.decode(named) ?? NO_UUID;
  if (await commands.catalog.findLocation({ locationId })) return { locationId, errors: [] };
  const error = userError(Code.UNKNOWN_LOCATION, 'There is no such location.', ['locationId']);
  return { locationId: null, errors: [error] };
}
