import { Access } from '@waybill/kernel/graphql/access.js';
import { AskedPage } from '@waybill/kernel/graphql/asked-page.js';
import type { Connection } from '@waybill/kernel/graphql/connection.js';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { UsersContext } from '../context.js';
import { newestFirst } from '../newest-first.js';
import { API_KEY_COLUMNS, ApiKey, type ApiKeyRow, toApiKey } from './api-key.js';
import {
  PARTNER_COLUMNS,
  Partner,
  PartnerConnection,
  type PartnerRow,
  partnerIds,
  toPartner,
} from './partner.js';
import { reachOf } from './reach.js';

/** Keys that are shown of one partner, the newest first. */
const SHOWN_KEYS = 100;

@Resolver(() => Partner)
export class PartnerResolver {
  @Access('OWNER', 'READ OPERATIONS')
  @Query(() => Partner, {
    nullable: true,
    description: 'A partner by id, or the one who asks. Staff see all, a partner itself.',
  })
  async partner(
    @Ctx() ctx: UsersContext,
    @Arg('id', () => ID, { nullable: true, description: 'Id of the partner.' }) id?: string | null,
  ): Promise<Partner | null> {
    const { identity } = ctx;
    const own = identity.kind === 'partner' ? identity.partnerId : undefined;
    const wanted = id == null ? own : partnerIds.decode(id);
    const row = wanted ? await ctx.partners.load(wanted) : null;
    return row && toPartner(row);
  }

  @Access('STAFF')
  @Query(() => PartnerConnection, {
    description:
      'All partners, the newest first. For staff; to staff of certain storefronts those who sell for no others.',
  })
  async partners(
    @Ctx() ctx: UsersContext,
    @Args(() => AskedPage) page: AskedPage,
  ): Promise<Connection<Partner>> {
    const reach = await reachOf(ctx);
    const read = (before: string, limit: number) =>
      ctx.accounts.db.query<PartnerRow>(
        'partners.page',
        `select ${PARTNER_COLUMNS} from partners
         where id < $1 and ($3 or id = any($4::uuid[])) order by id desc limit $2`,
        [before, limit, reach.all, reach.all ? null : reach.partnerIds],
      );
    return newestFirst(partnerIds, page, read, toPartner);
  }

  @FieldResolver(() => [ApiKey], {
    description: `Its API keys, the newest first, also those that count no more: at most ${SHOWN_KEYS}.`,
  })
  async apiKeys(@Root() { uuid }: Partner, @Ctx() ctx: UsersContext): Promise<ApiKey[]> {
    const rows = await ctx.accounts.db.query<ApiKeyRow>(
      'apiKeys.ofPartner',
      `select ${API_KEY_COLUMNS} from api_keys where partner_id = $1 order by id desc limit $2`,
      [uuid, SHOWN_KEYS],
    );
    return rows.map(toApiKey);
  }
}

/** As the rest of the graph refers to partners; null for one that the asker may not see. */
export async function resolvePartner(
  reference: Record<string, unknown>,
  ctx: UsersContext,
): Promise<Partner | null> {
  const id = partnerIds.decode(String(reference.id));
  const row = id ? await ctx.partners.load(id) : null;
  return row && toPartner(row);
}
