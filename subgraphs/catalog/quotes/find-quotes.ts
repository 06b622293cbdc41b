import type { Database } from '@waybill/kernel/database.js';
import { unauthenticated } from '@waybill/kernel/errors.js';
import { Access } from '@waybill/kernel/graphql/access.js';
import { AskedPage } from '@waybill/kernel/graphql/asked-page.js';
import {
  type Connection,
  type PageRequest,
  pageRequest,
  toConnection,
} from '@waybill/kernel/graphql/connection.js';
import { accountOf, type Identity, isStaff, realmsOf } from '@waybill/kernel/identity.js';
import { isUuid } from '@waybill/kernel/ids.js';
import type { ReferenceResolver } from '@waybill/kernel/subgraph-schema.js';
import DataLoader from 'dataloader';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Conditions } from '../conditions.js';
import type { CatalogContext } from '../products/context.js';
import { Storefront, toStorefront } from '../storefronts/storefront.js';
import { Quote, QuoteConnection, quoteIds, toQuote } from './quote.js';
import { maySee, QUOTE_COLUMNS, type QuoteRow } from './quote-row.js';

@Resolver(() => Quote)
export class FindQuotesResolver {
  @Access('OWNER')
  @Query(() => Quote, {
    nullable: true,
    description: 'The quote with this id; null where there is none that is yours to see.',
  })
  quote(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() context: CatalogContext,
  ): Promise<Quote | null> {
    return findQuote(id, context);
  }

  @Access('SIGNED_IN')
  @Query(() => QuoteConnection, {
    description: 'Your quotes, the latest first; for staff all of their storefronts.',
  })
  async quotes(
    @Args(() => AskedPage) { first, after }: AskedPage,
    @Arg('storefront', () => String, {
      nullable: true,
      description: 'Only those of the storefront with this code.',
    })
    code: string | null,
    @Ctx() { db, identity, storefronts }: CatalogContext,
  ): Promise<Connection<Quote>> {
    const page = pageRequest(first, after);
    const storefront = code == null ? undefined : await storefronts.byCode.load(code);
    const none = storefront === null || (page.after !== undefined && !isUuid(page.after));
    const rows = none ? [] : await listQuotes(db, identity, page, storefront?.id);
    return toConnection(rows, page, ({ id }) => id, toQuote);
  }

  @FieldResolver(() => Storefront, { description: 'In which it can be placed.' })
  async storefront(
    @Root() { storefrontUuid }: Quote,
    @Ctx() { storefronts, identity }: CatalogContext,
  ): Promise<Storefront> {
    const row = await storefronts.byId.load(storefrontUuid);
    if (!row) throw new Error(`a quote has no storefront ${storefrontUuid}`);
    return toStorefront(row, identity);
  }
}

/** Finds the quote that another subgraph refers to. */
export const resolveQuoteReference: ReferenceResolver<CatalogContext> = ({ id }, context) =>
  findQuote(String(id), context);

async function findQuote(id: string, { quotes, identity }: CatalogContext): Promise<Quote | null> {
  const uuid = quoteIds.decode(id);
  const row = uuid ? await quotes.load(uuid) : null;
  return row && maySee(identity, row) ? toQuote(row) : null;
}

function listQuotes(
  { query }: Pick<Database, 'query'>,
  identity: Identity,
  page: PageRequest,
  storefrontId: string | undefined,
): Promise<QuoteRow[]> {
  const where = new Conditions([page.limit]);
  const owner = accountOf(identity);
  if (!isStaff(identity) && owner === undefined) throw unauthenticated();
  if (!isStaff(identity)) where.and('owner', 'owner_id = $?', owner);
  const realms = realmsOf(identity);
  if (realms) where.and('realms', 'storefront_id = any($?::uuid[])', realms);
  if (storefrontId) where.and('storefront', 'storefront_id = $?', storefrontId);
  if (page.after !== undefined) where.and('after', 'id < $?', page.after);
  const text = `select ${QUOTE_COLUMNS} from quotes ${where.text} order by id desc limit $1`;
  return query<QuoteRow>(`quotes.list ${where.name}`, text, where.values);
}

export type QuoteLoader = DataLoader<string, QuoteRow | null>;

/** By bare id; one statement per batch, made anew for each operation. */
export function createQuoteLoader({ query }: Pick<Database, 'query'>): QuoteLoader {
  return new DataLoader(async (ids) => {
    const rows = await query<QuoteRow>(
      'quotes.byId',
      `select ${QUOTE_COLUMNS} from quotes where id = any($1::uuid[])`,
      [ids],
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}
