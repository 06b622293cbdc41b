import type { Database, Query } from '@waybill/kernel/database.js';
import { newId } from '@waybill/kernel/ids.js';
import type { StockError } from '../errors.js';
import { watchStock } from '../low/watch-stock.js';
import {
  type AskedChange,
  type KnownPlaces,
  type LevelChange,
  type LockedLevel,
  planChanges,
} from './plan-changes.js';
import type { LevelRow } from './stock.js';

/** Who changes stock and why: what the ledger says of each change. */
export interface Cause {
  /** Below how many units variants are low of which nobody said. */
  threshold: number;
  /** `user:<uuid>` and the like. */
  actor: string;
  reason: string;
  note: string | null;
  /** What caused it, by bare id; made up where it is nothing that can be found. */
  reference?: string;
}

/** The levels as they are afterwards, in the order in which they were named; none where there are errors. */
export interface ChangedLevels {
  levels: LevelRow[];
  errors: StockError[];
}

/** Changes what is on hand at many places, all or nothing, and writes down each change. */
export function changeLevels(
  db: Pick<Database, 'transaction'>,
  asked: AskedChange[],
  cause: Cause,
): Promise<ChangedLevels> {
  return db.transaction(async (query) => {
    const { changes, errors } = await findChanges(query, asked, true);
    if (errors.length > 0) return { levels: [], errors };
    await writeChanges(query, changes, cause);
    return { levels: changes.map(levelOf), errors };
  });
}

/** What would change, and why some of it cannot; with `lock` it stays so until the end of the transaction. */
export async function findChanges<Asked extends AskedChange>(
  query: Query,
  asked: Asked[],
  lock: boolean,
) {
  if (lock) await openLevels(query, asked);
  const levels = await (lock ? lockLevels(query, asked) : readLevels(query, asked));
  return planChanges(asked, levels, await knownPlaces(query, asked, levels));
}

const levelOf = ({ variantId, sku, locationId, onHand, reserved }: LevelChange): LevelRow => ({
  variantId,
  sku,
  locationId,
  onHand,
  reserved,
});

/** What a location never had of a variant it has none of. Before any lock, as everywhere, so that none is waited for. */
async function openLevels(query: Query, asked: AskedChange[]): Promise<void> {
  await query(
    'levels.open',
    `insert into stock_levels (variant_id, location_id)
     select variants.id, locations.id
     from unnest($1::text[], $2::text[]) as place (sku, code)
     join variants using (sku) join locations using (code)
     order by 1, 2 on conflict do nothing`,
    places(asked),
  );
}

function lockLevels(query: Query, asked: AskedChange[]): Promise<LockedLevel[]> {
  return query<LockedLevel>(
    'levels.lock',
    `select variant_id as "variantId", sku, location_id as "locationId", code as location,
            on_hand as "onHand", reserved
     from unnest($1::text[], $2::text[]) as place (sku, code)
     join variants using (sku) join locations using (code)
     join stock_levels level on level.variant_id = variants.id and location_id = locations.id
     order by variant_id, location_id for no key update of level`,
    places(asked),
  );
}

/** The same without waiting for anybody. */
function readLevels(query: Query, asked: AskedChange[]): Promise<LockedLevel[]> {
  return query<LockedLevel>(
    'levels.read',
    `select variants.id as "variantId", sku, locations.id as "locationId", code as location,
            coalesce(on_hand, 0) as "onHand", coalesce(reserved, 0) as reserved
     from unnest($1::text[], $2::text[]) as place (sku, code)
     join variants using (sku) join locations using (code)
     left join stock_levels level on level.variant_id = variants.id and location_id = locations.id`,
    places(asked),
  );
}

const places = (asked: AskedChange[]) => [
  asked.map(({ sku }) => sku),
  asked.map(({ location }) => location),
];

/** What has a level is known; of the rest the catalog is asked. */
async function knownPlaces(
  query: Query,
  asked: AskedChange[],
  levels: LockedLevel[],
): Promise<KnownPlaces> {
  const skus = new Set(levels.map(({ sku }) => sku));
  const locations = new Set(levels.map(({ location }) => location));
  if (asked.every(({ sku, location }) => skus.has(sku) && locations.has(location)))
    return { skus, locations };
  const rows = await query<{ sku: string | null; code: string | null }>(
    'levels.known',
    `select sku, null as code from variants where sku = any($1::text[])
     union all select null, code from locations where code = any($2::text[])`,
    places(asked),
  );
  return {
    skus: new Set(rows.flatMap(({ sku }) => sku ?? [])),
    locations: new Set(rows.flatMap(({ code }) => code ?? [])),
  };
}

export async function writeChanges(
  query: Query,
  changes: LevelChange[],
  cause: Cause,
): Promise<void> {
  const made = changes.filter(({ delta }) => delta !== 0);
  if (made.length === 0) return;
  await query(
    'levels.change',
    `with change as (
       insert into stock_changes (variant_id, location_id, reason, reference_id, delta, actor, note)
       select variant_id, location_id, reason, $4::uuid, delta, $5, note
       from unnest($1::uuid[], $2::uuid[], $3::integer[], $6::text[], $7::text[])
         as made (variant_id, location_id, delta, reason, note)
       returning variant_id, location_id, delta
     )
     update stock_levels level set on_hand = on_hand + delta
     from change
     where level.variant_id = change.variant_id and level.location_id = change.location_id`,
    [
      made.map(({ variantId }) => variantId),
      made.map(({ locationId }) => locationId),
      made.map(({ delta }) => delta),
      cause.reference ?? newId(),
      cause.actor,
      made.map(({ asked }) => asked.reason ?? cause.reason),
      made.map(({ asked }) => asked.note ?? cause.note),
    ],
  );
  const variantIds = made.map(({ variantId }) => variantId);
  await watchStock(query, variantIds, cause.threshold);
}
