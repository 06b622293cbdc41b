import type { Query } from '@waybill/kernel/database.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { userError } from '@waybill/kernel/graphql/user-error.js';
import { actorOf, type Identity, isWithin, realmsOf } from '@waybill/kernel/identity.js';
import { newId } from '@waybill/kernel/ids.js';
import { toMinor } from '@waybill/kernel/money.js';
import { MAIN_STOREFRONT_ID } from '@waybill/schema/storefronts.js';
import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import { priceInForce } from '../prices/price-row.js';
import type { CatalogContext } from '../products/context.js';
import { storable } from '../storable.js';
import type { StorefrontRow } from '../storefronts/storefront.js';
import { QuoteErrorCode as Code, once, type QuoteError, QuoteUserError } from './errors.js';
import { leastPrice } from './own-prices.js';
import { Quote, toQuote } from './quote.js';
import { CreateQuoteInput, type QuoteLineInput } from './quote-input.js';
import type { QuoteLineRow } from './quote-row.js';
import { checkQuote, lineError, type Owner, ownerOf } from './read-quote.js';

@ObjectType({ description: 'The new quote, or why there is none.', simpleResolvers: true })
export class CreateQuotePayload {
  @Field(() => Quote, { nullable: true, description: 'The quote.' })
  quote: Quote | null;

  @Field(() => [QuoteUserError], { description: 'What stood in the way; empty on success.' })
  userErrors: QuoteError[];
}

@Resolver()
export class CreateQuoteResolver {
  @Access('SIGNED_IN')
  @Mutation(() => CreateQuotePayload, {
    description:
      'Keeps what goods cost now for somebody until a time; staff, and partners whose key is good for it, may name other prices.',
  })
  async createQuote(
    @Arg('input', () => CreateQuoteInput, { description: 'What is to be quoted, and for whom.' })
    input: CreateQuoteInput,
    @Ctx() context: CatalogContext,
  ): Promise<CreateQuotePayload> {
    const { identity } = context;
    const storefront = await storefrontFor(context, input.storefront);
    if (!storefront) return refused([UNKNOWN_STOREFRONT]);
    const owned = ownerOf(identity, input);
    if ('error' in owned) return refused([owned.error]);
    const errors = checkQuote(input, storefront.currency, identity);
    if (errors.length > 0) return refused(errors);
    const asked = { mutation: 'createQuote', input, nothing: { quoteId: null } };
    const created = await once<Created>(context, asked, (db) =>
      db.transaction((query) => createQuote(query, identity, storefront, owned.owner, input)),
    );
    const row = created.quoteId === null ? null : await context.quotes.load(created.quoteId);
    return { quote: row && toQuote(row), userErrors: created.errors };
  }
}

interface Created {
  quoteId: string | null;
  errors: QuoteError[];
}

const UNKNOWN_STOREFRONT = userError(
  Code.UNKNOWN_STOREFRONT,
  'There is no such storefront, or it is not yours.',
  ['storefront'],
);

const refused = (userErrors: QuoteError[]): CreateQuotePayload => ({ quote: null, userErrors });

/** The one named, else the only one that somebody is confined to, else the main one. */
async function storefrontFor(
  { storefronts, identity }: CatalogContext,
  code: string | null | undefined,
): Promise<StorefrontRow | null> {
  const realms = realmsOf(identity);
  const only = realms?.length === 1 ? realms[0] : undefined;
  const row =
    code == null
      ? await storefronts.byId.load(only ?? MAIN_STOREFRONT_ID)
      : await storefronts.byCode.load(code);
  return row && isWithin(identity, row.id) ? row : null;
}

async function createQuote(
  query: Query,
  identity: Identity,
  storefront: StorefrontRow,
  owner: Owner,
  input: CreateQuoteInput,
): Promise<Created> {
  const items = await findItems(query, storefront.id, input.lines);
  const { lines, total, errors } = priceLines(input.lines, items, identity, storefront.currency);
  if (errors.length > 0) return { quoteId: null, errors };
  const quoteId = await insertQuote(query, identity, storefront, owner, { ...input, total });
  if (quoteId === undefined) {
    const message = 'A quote expires within a year from now.';
    return { quoteId: null, errors: [userError(Code.INVALID_TIME, message, ['expiresAt'])] };
  }
  await insertLines(query, quoteId, lines);
  await countQuote(query, quoteId);
  return { quoteId, errors: [] };
}

/** What of a line is for sale, with the price in force. */
interface Item {
  variantId: string | null;
  priceId: string;
  amount: number;
}

function findItems(query: Query, storefrontId: string, lines: QuoteLineInput[]): Promise<Item[]> {
  return query<Item>(
    'quotes.items',
    `select case when price.id is not null then variants.id end as "variantId", price.id as "priceId", price.amount
     from unnest($1::text[]) with ordinality as line (sku, n)
       left join variants on variants.sku = line.sku and variants.active and exists (
         select from products where products.id = product_id and published_in @> array[$2::uuid])
       left join ${priceInForce('variants.id', '$2::uuid')} as price on true
     order by n`,
    [lines.map(({ sku }) => storable(sku)), storefrontId],
  );
}

type NewLine = Omit<QuoteLineRow, 'sku' | 'title'>;

function priceLines(
  asked: QuoteLineInput[],
  items: Item[],
  identity: Identity,
  currency: string,
): { lines: NewLine[]; total: number; errors: QuoteError[] } {
  const errors: QuoteError[] = [];
  const lines = asked.flatMap(({ sku, quantity, unitPrice }, i): NewLine[] => {
    const { variantId, priceId, amount } = items[i] as Item;
    if (variantId === null) {
      errors.push(lineError(Code.UNKNOWN_SKU, `Nothing for sale has the SKU ${sku}.`, i, 'sku'));
      return [];
    }
    const own = unitPrice == null ? undefined : toMinor(unitPrice, currency);
    if (own !== undefined && own < (leastPrice(identity, amount) ?? amount)) {
      errors.push(lineError(Code.PRICE_TOO_LOW, 'You may not quote so little.', i, 'unitPrice'));
    }
    const price = { priceId, unitPrice: own ?? amount, isOwn: own !== undefined };
    return [{ lineNumber: i + 1, variantId, quantity, ...price }];
  });
  const total = lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);
  if (!Number.isSafeInteger(total)) {
    errors.push(userError(Code.INVALID_PRICE, 'The total is too large to be counted.', ['lines']));
  }
  return { lines, total, errors };
}

/** Undefined where the time at which it is to expire has passed by the clock of the database, or is far. */
async function insertQuote(
  query: Query,
  identity: Identity,
  storefront: StorefrontRow,
  { ownerKind, ownerId }: Owner,
  { reason, expiresAt, total }: CreateQuoteInput & { total: number },
): Promise<string | undefined> {
  const [row] = await query<{ id: string }>(
    'quotes.insert',
    `insert into quotes (id, storefront_id, owner_kind, owner_id, currency, reason, created_by, total, expires_at)
     select $1::uuid, $2::uuid, $3, $4::uuid, $5, $6, $7, $9, expires_at
     from coalesce($8::timestamptz, now() + interval '14 days') as expires_at
     where expires_at between now() + interval '1 millisecond' and now() + interval '366 days'
     returning id`,
    [
      newId(),
      storefront.id,
      ownerKind,
      ownerId,
      storefront.currency,
      reason?.trim() || null,
      actorOf(identity),
      expiresAt?.toISOString() ?? null,
      total,
    ],
  );
  return row?.id;
}

async function insertLines(query: Query, quoteId: string, lines: NewLine[]): Promise<void> {
  await query(
    'quotes.insertLines',
    `insert into quote_lines (quote_id, line_number, variant_id, quantity, price_id, unit_price, is_own)
     select $1, "lineNumber", "variantId", quantity, "priceId", "unitPrice", "isOwn"
     from json_to_recordset($2::json) as line ("lineNumber" integer, "variantId" uuid, quantity integer,
                                                "priceId" uuid, "unitPrice" bigint, "isOwn" boolean)`,
    [quoteId, JSON.stringify(lines)],
  );
}

/** Last, since all that are made of a storefront on one day are counted in one row. */
async function countQuote(query: Query, quoteId: string): Promise<void> {
  await query(
    'quotes.count',
    `insert into quote_days as d (storefront_id, currency, day, made, made_total, placed, placed_total)
     select storefront_id, currency, (created_at at time zone 'UTC')::date, 1, total, 0, 0 from quotes where id = $1
     on conflict (storefront_id, currency, day) do update set
       made = d.made + excluded.made, made_total = d.made_total + excluded.made_total`,
    [quoteId],
  );
}
