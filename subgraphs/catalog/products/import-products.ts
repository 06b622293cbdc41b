import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { type UserError, userError } from '@waybill/kernel/graphql/user-error.js';
import { actorOf } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { MAIN_LOCATION } from '../locations/main-location.js';
import type { CatalogContext } from './context.js';
import { CatalogErrorCode } from './errors.js';
import { ImportProductsInput, ImportProductsPayload, MAX_IMPORT } from './import-input.js';
import {
  type ImportRow,
  type KnownProduct,
  type PlannedRow,
  planRows,
  readRows,
} from './import-rows.js';
import { once } from './once.js';

/** Thousands of products in one transaction of four statements. The same import again changes nothing. */
@Resolver()
export class ImportProductsResolver {
  @Access('STAFF')
  @Mutation(() => ImportProductsPayload, {
    description: 'Adds or changes products by SKU; bad rows are reported and left out. Staff only.',
  })
  async importProducts(
    @Arg('input', () => ImportProductsInput, { description: 'The products.' })
    input: ImportProductsInput,
    @Ctx() context: CatalogContext,
  ): Promise<ImportProductsPayload> {
    if (input.products.length > MAX_IMPORT) return tooMany();
    const { rows, errors: bad } = readRows(input.products);
    if (rows.length === 0) return { ...NOTHING, userErrors: bad };
    const asked = { mutation: 'importProducts', input, nothing: NOTHING };
    const { errors, ...counts } = await once<Imported>(context, asked, (db) =>
      db.transaction((query) => importRows(query, rows, actorOf(context.identity))),
    );
    return { ...counts, userErrors: [...bad, ...errors] };
  }
}

const NOTHING = { created: 0, updated: 0 };

/** Of the errors only those that the database has found: the others follow from the request. */
interface Imported {
  created: number;
  updated: number;
  errors: UserError<CatalogErrorCode>[];
}

async function importRows(query: Query, rows: ImportRow[], actor: string): Promise<Imported> {
  const { planned, errors } = await write(query, rows, actor);
  const created = planned.filter((row) => row.isNew).length;
  return { created, updated: planned.length - created, errors };
}

function tooMany(): ImportProductsPayload {
  const message = `At most ${MAX_IMPORT} products can be imported in one call.`;
  const error = userError(CatalogErrorCode.TOO_MANY_PRODUCTS, message, ['products']);
  return { ...NOTHING, userErrors: [error] };
}

async function write(query: Query, rows: ImportRow[], actor: string) {
  const added = await addProducts(query, rows, actor);
  const known = await lockKnown(
    query,
    rows.filter(({ sku }) => !added.has(sku)),
  );
  const plan = planRows(rows, known);
  await changeProducts(
    query,
    plan.planned.filter((row) => !row.isNew),
    actor,
  );
  await savePrices(query, plan.planned);
  return plan;
}

/** Answers the SKUs that are new. What somebody else is just adding is waited for, and then known. */
async function addProducts(query: Query, rows: ImportRow[], actor: string): Promise<Set<string>> {
  const added = await query<{ sku: string }>(
    'import.add',
    `with added as (
       insert into variants (id, sku, title, category, price_minor, currency)
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[],
                            $6::text[]) as row (id, sku)
       order by sku
       on conflict (sku) do nothing
       returning id, sku
     ), level as (
       insert into stock_levels (variant_id, location_id, on_hand)
       select added.id, $8::uuid, on_hand
       from added join unnest($1::uuid[], $7::integer[]) as row (id, on_hand) using (id)
       returning variant_id, location_id, on_hand
     ), change as (
       insert into stock_changes (variant_id, location_id, reason, reference_id, delta, actor)
       select variant_id, location_id, 'RECEIVED', variant_id, on_hand, $9 from level
       where on_hand <> 0
     )
     select sku from added`,
    [
      rows.map(() => newId()),
      rows.map((row) => row.sku),
      rows.map((row) => row.title),
      rows.map((row) => row.category),
      rows.map((row) => row.priceMinor),
      rows.map((row) => row.currency),
      rows.map((row) => row.onHand ?? 0),
      MAIN_LOCATION,
      actor,
    ],
  );
  return new Set(added.map(({ sku }) => sku));
}

/** Locks by id, as the stock commands do, so that an import and a reservation cannot block each other for good. */
async function lockKnown(query: Query, rows: ImportRow[]): Promise<Map<string, KnownProduct>> {
  if (rows.length === 0) return new Map();
  const known = await query<KnownProduct>(
    'import.lock',
    `select sku, price_minor::float8 as "priceMinor", currency, on_hand as "onHand", reserved
     from variants join stock_levels on variant_id = id and location_id = $2
     where sku = any($1::text[]) order by id for no key update`,
    [rows.map((row) => row.sku), MAIN_LOCATION],
  );
  return new Map(known.map((product) => [product.sku, product]));
}

/** The products are locked: what a row says of them is what they are. */
async function changeProducts(query: Query, rows: PlannedRow[], actor: string): Promise<void> {
  if (rows.length === 0) return;
  await query(
    'import.change',
    `with wanted as (
       select id, row.*, row.on_hand - level.on_hand as delta
       from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::integer[])
         as row (sku, title, category, price_minor, on_hand)
       join variants using (sku)
       join stock_levels level on variant_id = id and location_id = $7
     ), change as (
       insert into stock_changes (variant_id, location_id, reason, reference_id, delta, actor)
       select id, $7::uuid, 'SET', $6::uuid, delta, $8 from wanted where delta <> 0
     ), level as (
       update stock_levels set on_hand = wanted.on_hand
       from wanted
       where variant_id = wanted.id and location_id = $7 and delta <> 0
     )
     update variants
     set title = wanted.title, category = wanted.category, price_minor = wanted.price_minor,
         updated_at = now()
     from wanted
     where variants.id = wanted.id
       and (delta <> 0 or (variants.title, variants.category, variants.price_minor)
         is distinct from (wanted.title, wanted.category, wanted.price_minor))`,
    [
      rows.map((row) => row.sku),
      rows.map((row) => row.title),
      rows.map((row) => row.category),
      rows.map((row) => row.priceMinor),
      rows.map((row) => row.onHand),
      newId(),
      MAIN_LOCATION,
      actor,
    ],
  );
}

async function savePrices(query: Query, rows: PlannedRow[]): Promise<void> {
  const prices = rows.flatMap((row) => row.prices);
  if (prices.length === 0) return;
  await query(
    'import.prices',
    `insert into price_history (variant_id, valid_from, price_minor, currency)
     select variants.id, coalesce(price.valid_from, now()), price.minor, variants.currency
     from unnest($1::text[], $2::timestamptz[], $3::bigint[]) as price (sku, valid_from, minor)
     join variants on variants.sku = price.sku
     on conflict (variant_id, valid_from) do update set price_minor = excluded.price_minor
     where price_history.price_minor <> excluded.price_minor`,
    [
      prices.map((price) => price.sku),
      prices.map((price) => price.validFrom?.toISOString() ?? null),
      prices.map((price) => price.priceMinor),
    ],
  );
}
