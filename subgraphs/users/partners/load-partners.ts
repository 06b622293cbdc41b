import DataLoader from 'dataloader';
import type { UsersContext } from '../context.js';
import { PARTNER_COLUMNS, type PartnerRow } from './partner.js';
import { reaches, reachOf } from './reach.js';

type Asking = Pick<UsersContext, 'identity' | 'accounts'>;

/** The partners that the asker may see, by bare id; null in the place of any other. */
export function loadPartners(asking: Asking): DataLoader<string, PartnerRow | null> {
  return new DataLoader(async (ids) => {
    const reach = await reachOf(asking);
    const rows = await asking.accounts.db.query<PartnerRow>(
      'partners.byId',
      `select ${PARTNER_COLUMNS} from partners where id = any($1::uuid[])`,
      [ids.filter((id) => reaches(reach, id))],
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}
